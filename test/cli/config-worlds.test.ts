import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSimulator, type Simulator, StartError } from '../../src/index.ts'
import { freshDatabase, onEither } from '../database.ts'
import { folderWith } from './in-process.ts'
import { buildProgram, emptyDirectory, type Running, start } from './program.ts'

/** What the control API says of a world. */
interface Shown {
  status?: number
  seed: string
  idle_ttl: string | null
  clock: { mode: string; now: string }
  accounts: { key: string; company: string; eid: string }[]
  people: { key: string }[]
}

const file = `
seed: from-file
worlds:
  - name: default
    accounts: [{ key: initech, company: 首创软件 }]
    people: [{ key: zhao, mobile: '13800138009', registered_with: [initech] }]
  - name: spring
    clock: { mode: frozen, now: 2026-03-02T01:00:00Z }
  - name: brief
    idle_ttl: PT3H
    accounts: []
`

describe('worlds of the configuration file', () => {
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

  function tupuSim(args: readonly string[], text: string): Running {
    writeFileSync(join(cwd, 'tupu-sim.config.yaml'), text)
    const one = start([program.main, ...args], { cwd })
    running.push(one)
    return one
  }

  /** Runs the server on data of its own and asks it for worlds. */
  async function serve<T>(
    text: string,
    ask: (world: (name: string) => Promise<Shown>) => Promise<T>,
  ) {
    const one = tupuSim(['--port', '0', '--print', 'json'], text)
    const { url } = JSON.parse(await one.says(/\n/))
    const answer = await ask(
      async (name) => (await fetch(`${url}/_sim/v1/worlds/${name}`)).json() as Promise<Shown>,
    )
    one.child.kill('SIGTERM')
    expect((await one.ended).code).toBe(0)
    return answer
  }

  it('are made by serve, default instead of the demo, and never end unless they say so', async () => {
    const [usual, spring, brief] = await serve(file, async (world) => [
      await world('default'),
      await world('spring'),
      await world('brief'),
    ])
    expect(usual).toMatchObject({ seed: 'from-file', idle_ttl: null })
    expect(usual?.accounts.map(({ key }) => key)).toEqual(['initech'])
    expect(usual?.people.map(({ key }) => key)).toEqual(['zhao'])
    const frozen = { mode: 'frozen', now: '2026-03-02T01:00:00.000Z' }
    expect(spring).toMatchObject({ clock: frozen, idle_ttl: null })
    expect(spring?.people.map(({ key }) => key)).toEqual(['wang', 'li', 'han'])
    expect(brief).toMatchObject({ idle_ttl: 'PT3H', accounts: [], people: [] })
  })

  it('are left as they are at the next start, and those that are new are made', async () => {
    const first = await serve(file, (world) => world('default'))
    const changed = `${file.replace('首创软件', '另一家')}  - name: late\n`
    const [again, late] = await serve(changed, async (world) => [
      await world('default'),
      await world('late'),
    ])
    expect(again?.accounts).toEqual([
      expect.objectContaining({ company: '首创软件', eid: first.accounts[0]?.eid }),
    ])
    expect(late?.people.map(({ key }) => key)).toEqual(['wang', 'li', 'han'])
  })

  it('stand beside the demo when none is called default', async () => {
    const text = 'worlds: [{ name: ci }]'
    const keys = await serve(text, async (world) => {
      const shown = [await world('default'), await world('ci')]
      return shown.map(({ accounts }) => accounts.map(({ key }) => key))
    })
    expect(keys).toEqual([['acme', 'globex'], ['acme']])
  })

  it('are made by exec, whose program gets the environment of default', async () => {
    const script = `
      const { TUPU_EID, TUPU_SIM_URL } = process.env
      fetch(TUPU_SIM_URL + '/_sim/v1/worlds/spring').then(({ status }) => console.log(TUPU_EID, status))`
    const args = ['exec', '--', process.execPath, '-e', script]
    const { code, stdout } = await tupuSim(args, file).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/^initech-\w{8} 200\n$/)
  })

  it.each(['serve', 'exec'])('with a fault stop %s, and none is made', async (command) => {
    const bad = `${file}  - name: bad\n    accounts: [{ key: a }]\n    people: [{ follows: [b] }]\n`
    const args = command === 'exec' ? ['exec', '--', 'true'] : ['serve', '--port', '0']
    const { code, stdout, stderr } = await tupuSim(args, bad).ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^tupu-sim: tupu-sim\.config\.yaml:14 worlds\.3\.people\.0\.follows\.0: /,
    )
    if (command === 'exec') return
    const there = await serve('demo: false', async (world) => (await world('spring')).status)
    expect(there).toBe(404)
  })
})

onEither('createSimulator({ worlds })', (database) => {
  const worlds = [
    { name: 'ci', seed: '7' },
    { name: 'default', accounts: [{ key: 'mine' }] },
  ]
  /** Data that outlives a simulator. */
  const lasting = () =>
    database === 'sqlite' ? join(folderWith({}), 'sim.db') : freshDatabase(database)
  const shown = (sim: Simulator, world: string) => sim.call('world.get', { world })

  it('makes what is not there, instead of the demo, and leaves alone what is', async () => {
    const data = await lasting()
    const first = await createSimulator({ data, worlds, demo: true })
    expect(await shown(first, 'default')).toMatchObject({ accounts: [{ key: 'mine' }], people: [] })
    await first.call('person.create', { world: 'ci', key: 'zhao' })
    const before = await shown(first, 'ci')
    expect(before).toMatchObject({ seed: '7', people: expect.objectContaining({ length: 4 }) })
    await first.close()
    const changed = [{ name: 'ci', people: [] }]
    const second = await createSimulator({ data, worlds: changed })
    const { clock: _, ...after } = (await shown(second, 'ci')) as Shown
    expect(before).toMatchObject(after)
    await second.close()
  })

  it('refuses all that is wrong at once, with the field of each', async () => {
    const data = await freshDatabase(database)
    const wrong = [{ name: 'a', magic: 'maybe' }, { nam: 'b' }]
    const error = await createSimulator({ data, worlds: wrong }).catch((reason: unknown) => reason)
    if (!(error instanceof StartError)) throw new Error(`no StartError: ${error}`)
    expect(error.field).toBe('worlds.0.magic')
    expect(error.faults?.map(({ field }) => field)).toEqual([
      'worlds.0.magic',
      'worlds.1.name',
      'worlds.1.nam',
    ])
  })

  it('makes none when one cannot be made', async () => {
    const data = await freshDatabase(database)
    const twice = [{ name: 'bad', accounts: [{ key: 'a' }, { key: 'a' }] }]
    await expect(createSimulator({ data, worlds: [...worlds, ...twice] })).rejects.toMatchObject({
      field: 'worlds.2.accounts.1.key',
    })
    const sim = await createSimulator({ data })
    await expect(sim.call('world.get', { world: 'ci' })).rejects.toThrow()
    await sim.close()
  })
})
