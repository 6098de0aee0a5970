import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { settings } from '../../src/config.ts'
import { runHere } from './in-process.ts'
import {
  buildProgram,
  type Ended,
  emptyDirectory,
  freePort,
  type Running,
  start,
} from './program.ts'

let program: Awaited<ReturnType<typeof buildProgram>>
let cwd: string
const running: Running[] = []

beforeAll(async () => {
  program = await buildProgram()
})
afterAll(() => program.remove())

beforeEach(() => {
  cwd = emptyDirectory()
})
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGKILL')
    await one.ended
  }
  rmSync(cwd, { recursive: true })
})

/** Options of this Node that make it look as one of version 20 does. */
const older = `delete Object.groupBy
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`
const onOldNode = ['--import', `data:text/javascript,${encodeURIComponent(older)}`]

function tupuSim(args: readonly string[], env: Record<string, string> = {}): Running {
  const one = start([program.main, ...args], { cwd, env })
  running.push(one)
  return one
}

/** Starts the server in memory on a free port and waits until it has told its environment. */
async function serve(args: readonly string[] = [], env: Record<string, string> = {}) {
  const one = tupuSim(['serve', '--port', '0', '--data', ':memory:', ...args], env)
  const block = blockOf(await one.says(/^NO_PROXY=.*\n/m))
  return { ...one, block, url: block['TUPU_SIM_URL'] ?? '' }
}

function blockOf(stdout: string): Record<string, string> {
  const lines = stdout.trimEnd().split('\n')
  return Object.fromEntries(lines.map((line) => [line.split('=', 1)[0], line.replace(/^\w+=/, '')]))
}

function stop({ child, ended }: Running): Promise<Ended> {
  child.kill('SIGTERM')
  return ended
}

/** Milliseconds until a good end. */
async function stopMs(server: Running): Promise<number> {
  const since = performance.now()
  expect((await stop(server)).code).toBe(0)
  return performance.now() - since
}

const modeOf = (...path: string[]) => statSync(join(cwd, ...path)).mode & 0o777
const inNode = (script: string) => ['--', process.execPath, '-e', script]

// What needs no process of its own, no folder and no signal runs here.
describe('tupu-sim', () => {
  it('tells its version', async () => {
    expect(await tupuSim(['--version']).ended).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    })
  })

  it.each(['serve', 'exec', 'ready', 'check-push'] as const)(
    'names every option of %s when asked for help',
    async (command) => {
      const { code, stdout, stderr } = await runHere([command, '--help'])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      for (const one of settings.filter(({ commands }) => commands.includes(command))) {
        expect(stdout).toContain(one.flag ?? one.env ?? one.name)
      }
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    },
  )

  it.each([
    { args: ['sevre'], says: 'tupu-sim: Command "sevre" is unknown. Did you mean serve?\n' },
    { args: ['--prot', '1'], says: 'tupu-sim: Flag --prot is unknown. Did you mean --port?\n' },
    { args: ['exec', 'npm'], says: /^tupu-sim: "npm" was not expected\./ },
    {
      args: ['exec'],
      says: /^tupu-sim: There is no program to run\. .*tupu-sim exec -- npm test\.\n$/,
    },
    { args: ['ready', '--port', '0'], says: /^tupu-sim: Port 0 says nothing .* --url/ },
  ])('ends with one sentence for $args', async ({ args, says }) => {
    const { code, stdout, stderr } = await runHere(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(says)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  it.each([
    {
      file: 'main.js',
      says: /^tupu-sim needs Node 22\.14 or newer, and this is Node 20\.20\.2 \(.+\)\.\n$/,
    },
    {
      file: 'library.js',
      says: /^Error: tupu-simulator needs Node 22\.14 or newer, and this is Node 20\.20\.2 \(/m,
    },
  ])(
    'tells an old Node what it needs before it loads anything else: $file',
    async ({ file, says }) => {
      const needed = [file, 'chunk-old-node.js', 'chunk-needs-node.js']
      for (const name of needed) copyFileSync(join(dirname(program.main), name), join(cwd, name))
      writeFileSync(join(cwd, 'package.json'), '{"type":"module"}')
      const { code, stdout, stderr } = await start([...onOldNode, file], { cwd }).ended
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(says)
    },
  )

  it('tells it to an older Node of version 22, too, in which the binary of SQLite crashes', async () => {
    const older =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '9' } })"
    const args = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, program.main]
    const { code, stderr } = await start(args, { cwd }).ended
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^tupu-sim needs Node 22\.14 /),
    })
  })

  it('tells it so by every way in, whatever else such a Node lacks', async () => {
    const ways = ['library.js', 'index.js', 'vitest.js', 'node-test.js']
    const urls = ways.map((file) => pathToFileURL(join(dirname(program.main), file)).href)
    const code = `for (const url of ${JSON.stringify(urls)})
  await import(url).then(() => console.log(url), (error) => console.error(error.message))`
    writeFileSync(join(cwd, 'ways.mjs'), code)
    const { stdout, stderr } = await start([...onOldNode, 'ways.mjs'], { cwd }).ended
    const sentence =
      /^tupu-simulator needs Node 22\.14 or newer, and this is Node 20\.20\.2 \(.+\)\.$/
    expect(stdout).toBe('')
    expect(stderr.trimEnd().split('\n')).toEqual(ways.map(() => expect.stringMatching(sentence)))
  })
})

describe('tupu-sim serve', () => {
  it('prints the environment of the platform, and the log beside it as JSON lines', async () => {
    const server = await serve()
    expect(server.block).toMatchObject({
      TUPU_BASE_URL: `${server.block['WECHAT_API_BASE']}/tupu/v1`,
      TUPU_EID: expect.stringMatching(/./),
      TUPU_SIM_WORLD: 'default',
    })
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    const { code, stderr } = await stop(server)
    expect(code).toBe(0)
    const log = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(log.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['listening', 'stopping', 'stopped']),
    )
    expect(stderr).not.toContain(server.block['WECHAT_SECRET'])
    expect(stderr).not.toContain('"warn"')
  })

  it('warns when a public URL leads others to a server that asks for no token', async () => {
    const { stderr } = await stop(await serve(['--public-url', 'https://sim.example.com']))
    expect(stderr).toMatch(/"level":"warn","event":"open to whoever.*--host 0\.0\.0\.0/)
  })

  it('keeps its data in a folder for this user alone that git does not see', async () => {
    const one = tupuSim(['--port', '0'])
    await one.says(/^NO_PROXY=/m)
    expect(modeOf('.tupu-sim')).toBe(0o700)
    expect(readFileSync(join(cwd, '.tupu-sim/.gitignore'), 'utf8')).toBe('*\n')
    expect(existsSync(join(cwd, '.tupu-sim/sim.db'))).toBe(true)
    expect((await stop(one)).code).toBe(0)
  })

  it('leaves a folder that exists as it is', async () => {
    await stop(await serve(['--data', 'my.db']))
    expect(readdirSync(cwd)).toContain('my.db')
    expect(readdirSync(cwd)).not.toContain('.gitignore')
  })

  it('writes the ready file for this user alone and takes it away at the end', async () => {
    writeFileSync(join(cwd, 'ready.json'), 'left from an accident')
    const server = await serve(['--ready-file', 'ready.json'])
    expect(modeOf('ready.json')).toBe(0o600)
    expect(JSON.parse(readFileSync(join(cwd, 'ready.json'), 'utf8'))).toEqual({
      url: server.url,
      env: server.block,
    })
    await stop(server)
    expect(readdirSync(cwd).filter((name) => name.includes('ready'))).toEqual([])
  })

  it('prints one JSON line instead when asked to', async () => {
    const one = tupuSim(['--port=0', '--data=:memory:', '--print=json'])
    await one.says(/\n/)
    const { stdout } = await stop(one)
    expect(stdout.trimEnd()).not.toContain('\n')
    expect(JSON.parse(stdout)).toEqual({
      url: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      env: expect.objectContaining({ TUPU_SIM_WORLD: 'default' }),
    })
  })

  it('stops cleanly when a Ctrl-C comes twice at once, as it does below npm', async () => {
    const server = await serve(['--ready-file', 'ready.json'])
    server.child.kill('SIGINT')
    server.child.kill('SIGINT')
    expect((await server.ended).code).toBe(0)
    expect(existsSync(join(cwd, 'ready.json'))).toBe(false)
  })

  it('ends within a second of one that nobody called, though sockets never spoke, or said half of a request', async () => {
    const server = await serve()
    const { port } = new URL(server.url)
    const half =
      'POST /tupu/v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{'
    const closed = ['', half.slice(0, 44), half].map(async (said) => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
      await once(socket, 'connect')
      socket.write(said)
      return { socket, end: once(socket, 'close') }
    })
    const sockets = await Promise.all(closed)
    // Connections are taken in turn: this one is answered when the server has those.
    expect((await fetch(`${server.url}/livez`)).status).toBe(200)
    // One that nobody has called ends at the same time: so long does an end take on this machine.
    const idle = await serve()
    const [took, usual] = await Promise.all([server, idle].map(stopMs))
    expect((took ?? 0) - (usual ?? 0)).toBeLessThan(1000)
    await Promise.all(sockets.map(({ end }) => end))
  })

  it('names the simulator that has the port, and both ways out', async () => {
    const first = await serve()
    const { port } = new URL(first.url)
    const { code, stderr } = await tupuSim(['--port', port, '--data', ':memory:']).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(
      new RegExp(
        `^tupu-sim: Port ${port} is taken by another TUPU simulator \\(.*process ${first.child.pid}.*--port 0.*\\.\\n$`,
      ),
    )
  })

  it.each([
    { args: ['--data', 'file/x.db'], says: /^tupu-sim: The folder for the data cannot be made: E/ },
    {
      args: ['--data', ':memory:', '--ready-file', 'none/ready.json'],
      says: /^tupu-sim: The ready file none\/ready\.json cannot be written: ENOENT/m,
    },
  ])('ends with $args when it cannot keep what it must', async ({ args, says }) => {
    writeFileSync(join(cwd, 'file'), '')
    const { code, stderr } = await tupuSim(['--port', '0', ...args]).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(says)
  })

  it('leaves the ready file of a simulator that still runs alone', async () => {
    const first = await serve(['--ready-file', 'ready.json'])
    const { code, stderr } = await tupuSim(['--port', '0', '--ready-file', 'ready.json']).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^tupu-sim: The ready file ready\.json is that of another TUPU simulator/,
    )
    expect(stderr).toContain(`process ${first.child.pid}`)
    expect(existsSync(join(cwd, 'ready.json'))).toBe(true)
  })

  it('ends at once at a second signal that is no echo of the first', async () => {
    const path = fileURLToPath(new URL('../../src/cli/stop-signal.ts', import.meta.url))
    const slow = `
      import { stopSignal } from ${JSON.stringify(path)}
      setInterval(() => {}, 1000)
      const signal = stopSignal()
      console.log('up')
      await signal
      setTimeout(() => console.log('still here'), 600)`
    const one = start(['--input-type=module', '--eval', slow], { cwd })
    running.push(one)
    await one.says(/up/)
    one.child.kill('SIGTERM')
    await one.says(/still here/)
    expect((await stop(one)).code).toBe(128 + 15)
  })
})

describe('tupu-sim serve beyond loopback', () => {
  const control = (url: string, token?: string) =>
    fetch(
      `${url}/_sim/v1/worlds`,
      token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
    )

  it('asks for a token that it keeps in a file of its own and never logs', async () => {
    const first = await serve(['--host', '0.0.0.0'])
    expect(modeOf('.tupu-sim/control-token')).toBe(0o600)
    const token = readFileSync(join(cwd, '.tupu-sim/control-token'), 'utf8').trim()
    expect((await control(first.url)).status).toBe(401)
    expect((await control(first.url, token)).status).toBe(200)
    const { stdout, stderr } = await stop(first)
    expect(stdout + stderr).not.toContain(token)
    expect(stderr).toContain('control-token')
    const second = await serve(['--host', '0.0.0.0'])
    expect((await control(second.url, token)).status).toBe(200)
  })

  it('takes the token that it is given and makes no file', async () => {
    const server = await serve(['--host', '0.0.0.0'], {
      TUPU_SIM_CONTROL_TOKEN: 'a-token-of-my-own',
    })
    expect((await control(server.url, 'a-token-of-my-own')).status).toBe(200)
    expect(existsSync(join(cwd, '.tupu-sim'))).toBe(false)
  })

  it('believes no token file that others can read', async () => {
    writeFileSync(join(cwd, 'control-token'), 'laid there', { mode: 0o644 })
    const { code, stderr } = await tupuSim(['--port', '0', '--host', '0.0.0.0', '--data', 'a.db'])
      .ended
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^tupu-sim: The control token in .*control-token may be known to others.* Remove the file/,
    )
  })
})

describe('tupu-sim exec', () => {
  it('runs the program against a simulator of its own and ends with its exit code', async () => {
    const script =
      "fetch(process.env.TUPU_SIM_URL + '/readyz').then((r) => { console.log(process.env.TUPU_EID, process.env.OWN); process.exit(r.ok ? 7 : 1) })"
    const { code, stdout, stderr } = await tupuSim(['exec', ...inNode(script)], { OWN: 'kept' })
      .ended
    expect({ code, stderr }).toEqual({ code: 7, stderr: '' })
    expect(stdout).toMatch(/^[\w-]+ kept\n$/)
    expect(readdirSync(cwd)).toEqual([])
  })

  it('writes what the program has met, for tupu-sim coverage', async () => {
    const script =
      "fetch(process.env.TUPU_BASE_URL + '/messages', { method: 'POST', body: JSON.stringify({ eid: process.env.TUPU_EID, mobile: '19900100011', message: 'hi' }) })"
    const written = ['--coverage', 'met.json']
    expect((await tupuSim(['exec', ...written, ...inNode(script)]).ended).code).toBe(0)
    const { stdout } = await tupuSim(['coverage', 'met.json']).ended
    expect(stdout).toMatch(/^1 of \d+ outcomes met .*^✓ tupu\.100011 +1 /msu)
    const nowhere = await tupuSim(['exec', '--coverage', 'no/met.json', ...inNode('0')]).ended
    expect(nowhere.code).toBe(1)
    expect(nowhere.stderr).toMatch(/^tupu-sim: The coverage cannot be written to no\/met\.json: /)
  })

  it('takes a free port, whatever the environment says for serve', async () => {
    const script =
      'process.exit(new URL(process.env.TUPU_SIM_URL).port === process.env.TUPU_SIM_PORT ? 1 : 0)'
    const env = { TUPU_SIM_PORT: String(await freePort()) }
    expect((await tupuSim(['exec', ...inNode(script)], env).ended).code).toBe(0)
  })

  it('passes signals on and ends as the program ends', async () => {
    const script =
      "process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up')"
    const one = tupuSim(['exec', ...inNode(script)])
    await one.says(/up/)
    expect((await stop(one)).code).toBe(9)
  })

  it('ends as a shell would when a signal ended the program', async () => {
    const one = tupuSim(['exec', ...inNode("process.kill(process.pid, 'SIGKILL')")])
    expect((await one.ended).code).toBe(128 + 9)
  })

  it('says so when there is no such program', async () => {
    const { code, stderr } = await tupuSim(['exec', '--', 'no-such-program']).ended
    expect(code).toBe(127)
    expect(stderr).toMatch(/^tupu-sim: "no-such-program" cannot be run: .*ENOENT\n$/)
  })
})

describe('tupu-sim ready', () => {
  it('says no at once when nothing listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const { code, stdout, stderr } = await runHere(['ready', '--url', url])
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `tupu-sim: ${url} is not ready: nothing listens there\n`,
    })
  })

  it('gives up when the time is over', async () => {
    const port = String(await freePort())
    const { code, stderr } = await runHere(['ready', '--port', port, '--wait', '300ms'])
    expect(code).toBe(1)
    expect(stderr).toBe(`tupu-sim: http://localhost:${port} is not ready: nothing listens there\n`)
  })

  it('says yes to the simulator that the environment names', async () => {
    const { url } = await serve()
    const { code, stdout } = await tupuSim(['ready'], { TUPU_SIM_URL: url }).ended
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${url} is ready\n` })
  })

  it('waits for one that is still to come', async () => {
    const port = String(await freePort())
    const waiting = tupuSim(['ready', '--wait', '15s'], { TUPU_SIM_PORT: port })
    tupuSim(['--port', port, '--data', ':memory:'])
    expect((await waiting.ended).code).toBe(0)
  })
})
