import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CallError, createSimulator, WorldHandle } from '../src/simulator.ts'
import { folderWith } from './cli/in-process.ts'
import { start } from './cli/program.ts'
import { keepEnvironment } from './process.ts'
import { startSim } from './sim.ts'

describe('a simulator in process', () => {
  it('does what the documentation shows, line by line', async () => {
    keepEnvironment()
    const sim = await createSimulator({ data: ':memory:' })
    await sim.listen({ port: 0 })
    const w = await sim.world({ name: 'welcome' })
    Object.assign(process.env, w.env)
    await w.register('13800138000')
    const { TUPU_BASE_URL, TUPU_EID: eid } = process.env
    const body = JSON.stringify({ eid, mobile: '+86 138 0013 8000', message: '欢迎加入' })
    await fetch(`${TUPU_BASE_URL}/messages`, { method: 'POST', body })
    expect(await w.message({ mobile: '13800138000' })).toMatchObject({
      state: 'delivered',
      line: '欢迎加入',
    })
    await w.advance('P14D')
    await w.close()
    await sim.close()
  })

  it('is the same by either way in: a Node that does not know module-sync gets all of it', async () => {
    const [index, library] = await Promise.all([
      import('../src/index.ts'),
      import('../src/library.ts'),
    ])
    expect({ ...library }).toEqual({ ...index })
  })

  it('answers without a port too', async () => {
    const sim = await createSimulator()
    onTestFinished(() => sim.close())
    expect(sim.url).toBeUndefined()
    const world = await sim.world({ name: 'welcome' })
    const answer = await sim.fetch(
      new Request(`${world.baseUrl}/tupu/v1/messages`, { method: 'POST', body: '{}' }),
    )
    expect(await answer.json()).toMatchObject({ errcode: 100001 })
  })

  it('has no environment before it listens, and says how to get one; then worlds have it at once', async () => {
    const sim = await createSimulator()
    onTestFinished(() => sim.close())
    const [early, gone] = [await sim.world({ name: 'early' }), await sim.world({ name: 'gone' })]
    await gone.close()
    const wayOut = /await sim\.listen\(\{ port: 0 \}\) first, or stay in process with sim\.fetch/
    expect(() => early.env).toThrow(wayOut)
    await expect(sim.env()).rejects.toThrow(wayOut)
    await sim.listen()
    const later = await sim.world({ name: 'later' })
    for (const { env, baseUrl, name } of [early, later])
      expect({ env, baseUrl }).toMatchObject({
        env: { TUPU_SIM_URL: sim.url, TUPU_SIM_WORLD: name, TUPU_EID: expect.any(String) },
        baseUrl: `${sim.url}/w/${name}`,
      })
    expect(await sim.env()).toMatchObject({ TUPU_SIM_URL: sim.url, TUPU_SIM_WORLD: 'default' })
  })

  it('has one where it is mounted, when it is told its address', async () => {
    const sim = await createSimulator({ publicUrl: 'https://tupu.example.com' })
    onTestFinished(() => sim.close())
    const { env } = await sim.world({ name: 'mounted' })
    expect(env).toMatchObject({ TUPU_BASE_URL: 'https://tupu.example.com/w/mounted/tupu/v1' })
  })

  it.each([
    { options: { datas: ':memory:' }, field: 'datas', says: 'use one of: data, ' },
    { options: { limits: { world_max: 1 } }, field: 'limits.world_max', says: 'worlds_max, ' },
    { options: { journal: { bytes: 1 } }, field: 'journal.bytes', says: 'bytes_max' },
  ])('refuses an option that it does not have: $field', async ({ options, field, says }) => {
    const made = createSimulator(options as object)
    await expect(made).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining(says),
      field,
      fix: expect.stringContaining(says),
    })
  })

  it('refuses a way to listen that it does not have', async () => {
    const { sim } = await startSim()
    await expect(sim.listen({ prot: 0 } as object)).rejects.toMatchObject({
      name: 'StartError',
      field: 'prot',
      fix: expect.stringContaining('port'),
    })
    expect(sim.url).toBeUndefined()
  })

  it('refuses a world with a field that there is not, and says which was meant', async () => {
    const { sim } = await startSim()
    const made = sim.world({ name: 'x', acounts: [] } as object)
    await expect(made).rejects.toMatchObject({
      status: 422,
      problem: { field: 'acounts', fix: expect.stringContaining('use one of: accounts') },
    })
  })

  it('has no demo and no people unless asked', async () => {
    const [bare, demo] = [await createSimulator(), await createSimulator({ demo: true })]
    onTestFinished(() => bare.close())
    onTestFinished(() => demo.close())
    const world = { world: 'default' }
    expect(await bare.call('world.get', world)).toMatchObject({
      accounts: [],
      people: [],
      idle_ttl: null,
    })
    expect(await demo.call('world.get', world)).toMatchObject({
      accounts: [
        { key: 'acme', company: '晨光科技', template_id: expect.any(String) },
        { key: 'globex', appid: null },
      ],
      people: [{ key: 'wang' }, { key: 'li' }, { key: 'han' }, { key: 'fang' }],
    })
  })

  it('does not see another one', async () => {
    const [one, other] = [await startSim(), await startSim()]
    await one.platform.sends(one.acme, { mobile: one.wang.mobile })
    await one.world.call('account.create', { key: 'more' })
    expect(await one.world.messages()).toHaveLength(1)
    expect(await other.world.messages()).toEqual([])
    expect(await other.world.call('exchange.list')).toMatchObject({
      items: [{ endpoint: 'world.create' }],
    })
    await one.sim.close()
    expect(await other.platform.sends(other.acme, { mobile: other.wang.mobile })).toMatchObject({
      errcode: 0,
    })
  })

  it('touches nothing global: not by being made, not by listening, not by a second one', async () => {
    const look = () =>
      new Map(Reflect.ownKeys(globalThis).map((key) => [key, Reflect.get(globalThis, key)]))
    const before = look()
    const listeners = () => process.eventNames().map((name) => [name, process.listenerCount(name)])
    const heard = listeners()
    for (let i = 0; i < 2; i++) {
      const { sim, platform, acme } = await startSim({ listen: true })
      await platform.sends(acme, { mobile: '13900139000' })
      await sim.call('world.list')
    }
    expect(look()).toEqual(before)
    expect(listeners()).toEqual(heard)
  })

  it('listens once', async () => {
    const { sim } = await startSim({ listen: true })
    await expect(sim.listen()).rejects.toThrow(`listens already, at ${sim.url}`)
  })
})

describe('closing', () => {
  it('ends waiting calls with an answer, may be asked for twice, and is said to whoever calls later', async () => {
    const { sim, world, http } = await startSim({ listen: true })
    const waits = [
      world.call('message.list', { wait: 'PT60S' }),
      http('GET', '/_sim/v1/worlds/test/messages?wait=PT60S').then(({ json }) => json),
    ]
    // Both wait: their first look is done once the world has seen another call.
    await http('GET', '/_sim/v1/worlds/test/clock')
    await Promise.all([sim.close(), sim.close()])
    for (const answer of await Promise.all(waits)) expect(answer).toMatchObject({ items: [] })
    await expect(world.message()).rejects.toThrow('This simulator is closed.')
    await expect(sim.fetch(new Request('http://sim.localhost/livez'))).rejects.toThrow('closed')
  })

  it('answers a request that was under way on a new connection', async () => {
    const { sim, http } = await startSim({ listen: true })
    const { port, hostname } = new URL(sim.url ?? '')
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    // The connection is taken: a later one has been answered.
    await http('GET', '/livez')
    const closed = sim.close()
    socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 /u)
    await closed
  })

  it('leaves nothing open: a program that used one ends by itself', async () => {
    const program = fileURLToPath(new URL('./closes.ts', import.meta.url))
    const ended = await start([program], { cwd: folderWith({}) }).ended
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('happens by itself at the end of a block', async () => {
    let used: Awaited<ReturnType<typeof createSimulator>> | undefined
    {
      await using sim = await createSimulator()
      await using world = await sim.world({ name: 'brief' })
      expect(world).toBeInstanceOf(WorldHandle)
      used = sim
    }
    await expect(used.call('world.list')).rejects.toThrow('closed')
  })
})

describe('a control call by its id', () => {
  it('is the same as over HTTP: path, query and body fields in one object', async () => {
    const { sim, http } = await startSim()
    const list = await sim.call('message.list', {
      world: 'test',
      state: 'refused',
      mobile: undefined,
    })
    expect(list).toEqual((await http('GET', '/_sim/v1/worlds/test/messages?state=refused')).json)
    const made = await sim.call('person.create', { world: 'test', key: 'zhao' })
    expect(made).toMatchObject({ key: 'zhao' })
    expect(await sim.call('phone.follow', { world: 'test', person: 'zhao' })).toMatchObject({
      state: 'following',
    })
    expect(await sim.call('world.delete', { world: 'test' })).toBeUndefined()
    expect(await sim.call('world.list')).toMatchObject({ items: [{ world: 'default' }] })
  })

  it('sends the token that an exposed simulator needs', async () => {
    const sim = await createSimulator({ exposed: true })
    onTestFinished(() => sim.close())
    expect((await sim.fetch(new Request('http://sim.localhost/_sim/v1/worlds'))).status).toBe(401)
    expect(await sim.call('world.list')).toMatchObject({ items: [{ world: 'default' }] })
    expect(await sim.world({ name: 'x' })).toMatchObject({ name: 'x' })
  })

  it('throws what was refused, with its problem', async () => {
    const { sim } = await startSim()
    const error = await sim
      .call('world.create', { name: 'test' })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CallError)
    expect(error).toMatchObject({
      name: 'CallError',
      id: 'world.create',
      status: 409,
      problem: { type: 'world_exists', field: 'name' },
      message: expect.stringMatching(
        /^world\.create: .* \(name\): the world test exists; choose another/,
      ),
    })
  })

  it.each(['message.send', 'token.get', 'world.rename', 'toString'])('is none: %s', async (id) => {
    const { sim } = await startSim()
    await expect(sim.call(id)).rejects.toThrow(`there is no control call ${id}`)
  })
})
