import { X509Certificate } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ca } from '../../src/cli/ca.ts'
import { makeAuthority } from '../../src/http/tls/authority.ts'
import { createSimulator } from '../../src/simulator.ts'
import { folderWith, runHere } from './in-process.ts'

const modeOf = (path: string) => statSync(path).mode & 0o777

/** A folder for data, and the command on it. */
function place() {
  const folder = join(folderWith({}), 'data')
  const run = (...args: readonly string[]) =>
    runHere(['ca', '--data', join(folder, 'sim.db'), ...args])
  return { folder, run, key: join(folder, 'ca-key.pem'), cert: join(folder, 'ca.pem') }
}

describe('tupu-sim ca', () => {
  it('makes an authority beside the data at its first use, whose key is its user’s alone', async () => {
    const { folder, run, key, cert } = place()
    const { code, stdout } = await run()
    expect(code).toBe(0)
    expect(new X509Certificate(stdout)).toMatchObject({ ca: true })
    expect(stdout).not.toContain('PRIVATE')
    expect(readFileSync(cert, 'utf8')).toBe(stdout)
    expect(modeOf(key)).toBe(0o600)
    expect(readdirSync(folder).toSorted()).toEqual(['.gitignore', 'ca-key.pem', 'ca.pem'])
    expect((await run()).stdout).toBe(stdout)
  })

  it('hands out the one that the simulator on these data goes by', async () => {
    const { folder, run } = place()
    const { stdout } = await run()
    await using sim = await createSimulator({ data: join(folder, 'sim.db') })
    const { ca: used } = await sim.listen({ httpsPort: 0 })
    expect(used).toBe(stdout)
    expect(await sim.env()).toMatchObject({ TUPU_CA_FILE: join(folder, 'ca.pem') })
  })

  it('makes another, and says so, for a host that the one there may not vouch for', async () => {
    const { run } = place()
    const before = (await run()).stdout
    const { stdout, stderr } = await run('--public-url', 'https://sim.example.com')
    expect(stdout).not.toBe(before)
    expect(stderr).toContain('must be told to trust')
    expect((await run('--public-url', 'https://sim.example.com')).stdout).toBe(stdout)
    expect((await run()).stdout).toBe(stdout)
  })

  it('writes a file in one step, in the place of a link and not through it', async () => {
    const { folder, run } = place()
    const aside = folderWith({ mine: 'mine' })
    const out = join(aside, 'ca.p12')
    symlinkSync(join(aside, 'mine'), out)
    expect(await run('--format', 'p12', '--out', out)).toMatchObject({ code: 0, stdout: '' })
    expect(lstatSync(out).isSymbolicLink()).toBe(false)
    expect(readFileSync(join(aside, 'mine'), 'utf8')).toBe('mine')
    const certificate = new X509Certificate(readFileSync(join(folder, 'ca.pem')))
    expect(readFileSync(out).includes(certificate.raw)).toBe(true)
    expect(readdirSync(aside).toSorted()).toEqual(['ca.p12', 'mine'])
    const nowhere = await run('--out', join(aside, 'none', 'ca.pem'))
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written') })
    expect(await run('--out', folder)).toMatchObject({ code: 1 })
  })

  it.each([
    { what: 'others can read', spoil: (key: string) => chmodSync(key, 0o640) },
    {
      what: 'is a link',
      spoil: (key: string) => {
        renameSync(key, `${key}.real`)
        symlinkSync(`${key}.real`, key)
      },
    },
    {
      what: 'is a folder',
      spoil: (key: string) => {
        renameSync(key, `${key}.real`)
        mkdirSync(key)
      },
    },
    { what: 'holds no key', spoil: (key: string) => writeFileSync(key, 'x') },
    {
      what: 'holds the key of another',
      spoil: (key: string) => {
        const text = readFileSync(key, 'utf8')
        const { key: other } = makeAuthority(['localhost'], Date.now())
        writeFileSync(key, other + text.slice(text.indexOf('-----BEGIN CERT')))
      },
    },
  ])('refuses a key file that $what, and leaves it as it is', async ({ spoil }) => {
    const { run, key } = place()
    await run()
    spoil(key)
    const before = lstatSync(key)
    const { code, stdout, stderr } = await run()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`The key of the CA in ${key}`)
    expect(stderr).toContain('Remove the file')
    expect(lstatSync(key).ino).toBe(before.ino)
  })

  it('puts the certificate in the place of one that others may change', async () => {
    const { run, cert } = place()
    const { stdout } = await run()
    chmodSync(cert, 0o666)
    expect((await run()).stdout).toBe(stdout)
    expect(modeOf(cert) & 0o022).toBe(0)
  })

  it('puts the certificate in the place of a link beside the key', async () => {
    const { folder, run, cert } = place()
    const { stdout } = await run()
    writeFileSync(join(folder, 'other'), 'mine')
    renameSync(cert, `${cert}.old`)
    symlinkSync(join(folder, 'other'), cert)
    expect((await run()).stdout).toBe(stdout)
    expect(lstatSync(cert).isSymbolicLink()).toBe(false)
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('mine')
  })

  it('has nothing of a simulator in memory, and prints no key store on a terminal', async () => {
    const { code, stderr } = await runHere(['ca', '--data', ':memory:'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('GET /ca') })
    const { folder } = place()
    const args = ['--data', join(folder, 'sim.db'), '--format', 'truststore']
    const out = { isTTY: true, write: () => true }
    await expect(ca(args, { stdout: out, stderr: out })).rejects.toThrow(/no text for a terminal/)
    expect(existsSync(join(folder, 'sim.db'))).toBe(false)
    const odd = await runHere(['ca', '--data', join(folder, 'sim.db'), '--format', 'jks'])
    expect(odd.stderr).toMatch(/Give pem, p12 or truststore\./)
  })
})
