import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { environmentForChildren, keepEnvironment, startChild } from './process.ts'

/** A program that says where it listens, and does so until it is killed. */
const listens = `
  const server = require('node:net').createServer(() => {})
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
/** One that starts that, as a shell or npm would, and does something when it was told the port. */
const starts = (then: string) => `
  const options = { stdio: ['ignore', 'pipe', 'inherit'] }
  const args = ['-e', ${JSON.stringify(listens)}]
  const { stdout } = require('node:child_process').spawn(process.execPath, args, options)
  stdout.once('data', (said) => process.stdout.write(said, () => { ${then} }))`
/** One that starts those two as our tests do. */
const keeps = `
  const { startKept } = await import(${JSON.stringify(new URL('./keeper.ts', import.meta.url).href)})
  startKept(process.execPath, ['-e', ${JSON.stringify(starts(''))}], {}).stdout.pipe(process.stdout)`

/** Starts such a program, and hears when it is gone whose port is told. */
async function listening(words: string, ...flags: string[]) {
  const child = startChild(process.execPath, [...flags, '-e', words])
  const [said] = await once(child.stdout, 'data')
  const socket = connect(Number(said), '127.0.0.1')
  await once(socket, 'connect')
  // Closed or reset: whoever listened is no more.
  socket.on('error', () => {})
  return { child, gone: new Promise((done) => socket.once('close', done)) }
}

describe('a program that a test starts', () => {
  let left: Promise<unknown> | undefined

  it('is left running', async () => {
    left = (await listening(starts(''))).gone
    expect(left).toBeInstanceOf(Promise)
  })

  it('is gone with the test, and what it started', async () => {
    await left
  })

  it('takes along what it started when it ends by itself', async () => {
    const { gone } = await listening(starts('process.exit()'))
    await gone
  })

  it('is gone with the process of the test, even if that was killed', async () => {
    const { child, gone } = await listening(keeps, '--input-type=module')
    child.kill('SIGKILL')
    await gone
  })

  it('is told how npm reaches its registry, and else nothing that npm and vitest told us', () => {
    const kept = {
      HTTPS_PROXY: 'http://proxy.example',
      NODE_EXTRA_CA_CERTS: 'ca.pem',
      npm_config_cache: 'cache',
      npm_config_cafile: 'ca.pem',
      NPM_CONFIG_REGISTRY: 'http://registry.example',
      npm_config_strict_ssl: '',
      'npm_config_//registry.example/:_authToken': 'a',
    }
    const told = {
      npm_command: 'test',
      npm_config_local_prefix: 'a',
      NODE_ENV: 'test',
      MODE: 'test',
    }
    expect(environmentForChildren({ ...kept, ...told, VITEST_POOL_ID: '1' })).toEqual(kept)
  })
})

describe('the environment', () => {
  const folder = tmpdir()

  it('may be changed by a test that keeps it', () => {
    keepEnvironment()
    process.env['TMPDIR'] = 'elsewhere'
    process.env['MADE_UP'] = 'here'
    expect(tmpdir()).toBe('elsewhere')
  })

  it('is then the same as before, for the process as for us', () => {
    expect(process.env['MADE_UP']).toBeUndefined()
    expect(tmpdir()).toBe(folder)
  })
})
