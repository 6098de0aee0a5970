import { describe, expect, it } from 'vitest'
import { streams_max } from '../../src/phone/pages/events.ts'
import { onEither } from '../database.ts'
import { startReplicas } from '../db/replicas.ts'
import { tagsOf } from '../page.ts'
import { type Sim, startSim } from '../sim.ts'
import { EventReader } from './reader.ts'

/** Opens a phone as a browser does: its page, and the stream that the page names. */
async function watch({ http, world }: Pick<Sim, 'http' | 'world'>, person: string) {
  const { text } = await http('GET', `/w/${world.name}/phone/${person}`)
  const path = tagsOf(text).find(({ attributes }) => attributes['data-events'])?.attributes
  return EventReader.open(new URL(path?.['data-events'] ?? '', world.baseUrl).href)
}

onEither('an open phone', (database) => {
  it('is told when a message arrives, whoever sends it', async () => {
    const sim = await startSim({ database, listen: true })
    const { acme, wang, platform } = sim
    const stream = await watch(sim, 'wang')
    expect(stream.status).toBe(200)
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    await platform.sends(acme, { mobile: wang.mobile })
    const first = await stream.next()
    expect(first).toMatchObject({ event: 'change', data: first?.id })
    await platform.sends(acme, { mobile: wang.mobile })
    const second = await stream.next()
    expect(second?.id).not.toBe(first?.id)
  })

  it('is told of an SMS where its SMS are open', async () => {
    const sim = await startSim({ database, listen: true })
    const stream = await watch(sim, 'wang/sms')
    const texts = ['Hello', 'Hello again']
    const seen: (string | undefined)[] = []
    for (const text of texts) {
      await sim.http('POST', '/w/test/sink/sms', { to: sim.wang.mobile, text })
      seen.push((await stream.next())?.id)
    }
    const { text } = await sim.http('GET', '/w/test/phone/wang/sms')
    expect(text).toContain(`seen=${seen[1]}`)
    expect(seen[0]).not.toBe(seen[1])
  })

  it('is told of everything else that it shows, and not of what others do', async () => {
    const sim = await startSim({ database, listen: true })
    const { li, wang, acme, platform, world } = sim
    await li.registers(acme)
    const stream = await watch(sim, 'li')
    const changes: (() => Promise<unknown>)[] = [
      () => li.mutes(acme),
      () => li.unmutes(acme),
      () => li.allows(acme),
      () => li.snapshots(true),
      () => platform.sends(acme, { mobile: li.mobile }),
      () => li.reads(acme),
      () => world.advance('P1D'),
      () => li.unfollows(acme),
    ]
    const seen: (string | undefined)[] = []
    for (const change of changes) {
      await platform.sends(acme, { mobile: wang.mobile })
      await change()
      seen.push((await stream.next())?.id)
    }
    expect(new Set(seen).size).toBe(changes.length)
    // What Wang got made no event of its own: the next one is that of a change of Li's.
    await wang.mutes(acme)
    await li.follows(acme)
    const last = await stream.next()
    const { text } = await sim.http('GET', '/w/test/phone/li')
    expect(text).toContain(`seen=${last?.id}`)
  })

  it('goes on where it was when the line was lost', async () => {
    const sim = await startSim({ database, listen: true })
    const { acme, wang, platform, world } = sim
    const send = () => platform.sends(acme, { mobile: wang.mobile })
    const stream = await watch(sim, 'wang')
    await send()
    const told = await stream.next()
    stream.close()
    const url = `${world.baseUrl}/phone/wang/events?seen=before`
    await send()
    const again = await EventReader.open(url, told?.id)
    const missed = await again.next()
    expect(missed?.event).toBe('change')
    again.close()
    // Nothing was missed: the next event is that of the next message.
    const third = await EventReader.open(url, missed?.id)
    await send()
    expect((await third.next())?.id).not.toBe(missed?.id)
  })

  it('is one of several: each is told of its own', async () => {
    const sim = await startSim({ database, listen: true })
    const { acme, wang, fang, platform } = sim
    const [wangs, other, fangs] = await Promise.all([
      watch(sim, 'wang'),
      watch(sim, 'wang'),
      watch(sim, 'fang'),
    ])
    await platform.sends(acme, { mobile: wang.mobile })
    const [one, two] = await Promise.all([wangs.next(), other.next()])
    expect(one).toEqual(two)
    await platform.sends(acme, { mobile: fang.mobile })
    expect((await fangs.next())?.id).not.toBe(one?.id)
  })

  it('ends with a reset, and is there again at once', async () => {
    const sim = await startSim({ database, listen: true })
    const { acme, wang, platform, world } = sim
    await platform.sends(acme, { mobile: wang.mobile })
    const stream = await watch(sim, 'wang')
    await world.reset()
    expect(await stream.next()).toBeUndefined()
    const again = await EventReader.open(`${world.baseUrl}/phone/wang/events?seen=before`)
    expect(await again.next()).toMatchObject({ event: 'change' })
  })

  it('ends with its world, and with the simulator', async () => {
    const sim = await startSim({ database, listen: true })
    const made = await sim.sim.world({ name: 'brief' })
    const brief = await watch({ ...sim, world: made }, 'wang')
    const stream = await watch(sim, 'wang')
    await made.close()
    expect(await brief.next()).toBeUndefined()
    // Cut off, it would fail instead.
    const closed = sim.sim.close()
    expect(await stream.next()).toBeUndefined()
    await closed
  })
})

describe('a stream of events', () => {
  it('is told of what is sent at another replica', async () => {
    const { one, two } = await startReplicas()
    await two.sim.listen({ port: 0 })
    const world = { name: 'test', baseUrl: `${two.sim.url}/w/test` } as Sim['world']
    const stream = await watch({ http: one.http, world }, 'wang')
    await one.platform.sends(one.acme, { mobile: one.wang.mobile })
    expect(await stream.next()).toMatchObject({ event: 'change' })
  })

  it('is there for calls in process too', async () => {
    const { sim, world, acme, wang, platform } = await startSim()
    const url = `${world.baseUrl}/phone/wang/events`
    const response = await sim.fetch(new Request(url))
    const reader = response.body?.getReader()
    const text = async () => new TextDecoder().decode((await reader?.read())?.value)
    expect(await text()).toBe('retry: 1000\n\n')
    expect(await text()).toMatch(/^event: change\nid: [\w-]{22}\ndata: [\w-]{22}\n\n$/u)
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await text()).toMatch(/^event: change\n/u)
    await sim.close()
    expect(await reader?.read()).toMatchObject({ done: true })
  })

  it('is refused when there are as many as a process watches, and free again when one closes', async () => {
    const { world } = await startSim({ listen: true })
    const url = `${world.baseUrl}/phone/wang/events`
    const streams = await Promise.all(
      Array.from({ length: streams_max }, () => EventReader.open(url)),
    )
    expect(streams.filter(({ status }) => status === 200)).toHaveLength(streams_max)
    const refused = await fetch(url)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await refused.json()).toMatchObject({ status: 503, fix: expect.any(String) })
    streams[0]?.close()
    await expect.poll(async () => (await EventReader.open(url)).status).toBe(200)
  })

  it.each(['/w/test/phone/nobody/events', '/w/nothing/phone/wang/events'])(
    'is nowhere at %s',
    async (path) => {
      const { http } = await startSim()
      expect((await http('GET', path)).status).toBe(404)
    },
  )

  it('is asked for by GET alone, and stands in no journal', async () => {
    const sim = await startSim({ listen: true })
    expect((await sim.http('POST', '/w/test/phone/wang/events', '')).status).toBe(405)
    const stream = await watch(sim, 'wang')
    expect(stream.status).toBe(200)
    const { items } = (await sim.world.call('exchange.list')) as { items: { method: string }[] }
    expect(items.filter(({ method }) => method === 'GET')).toEqual([])
  })
})
