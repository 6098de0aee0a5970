import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { freshDatabase } from '../database.ts'
import { startSim } from '../sim.ts'

/** What the contract of a send says of PostgreSQL: a question that must be answered first costs a way there and back. */
const round_trips_max = 5

/** A way to the server on which every change from asking to answering is counted, by connection. */
async function countingWay(url: string) {
  const { hostname, port } = new URL(url)
  const trips: number[] = []
  const server = createServer((from) => {
    const to = connect(Number(port), hostname)
    const n = trips.push(0) - 1
    let isAsking = false
    from.on('data', (bytes) => {
      if (!isAsking) trips[n] = (trips[n] ?? 0) + 1
      isAsking = true
      to.write(bytes)
    })
    to.on('data', (bytes) => {
      isAsking = false
      from.write(bytes)
    })
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const data = new URL(url)
  data.port = String((server.address() as AddressInfo).port)
  return { data: data.href, trips }
}

it(`a send takes at most ${round_trips_max} round trips to PostgreSQL`, async () => {
  const { data, trips } = await countingWay(await freshDatabase('postgres'))
  const { platform, acme, wang } = await startSim({ data })
  await platform.sends(acme, { mobile: wang.mobile, message: '一' })
  // The first one of an account is kept in mind, and what is cached of the account is read anew.
  await platform.sends(acme, { mobile: wang.mobile, message: '二' })
  trips.fill(0)
  await platform.sends(acme, { mobile: wang.mobile, message: '三' })
  // One connection carries the unit; others tell replicas what happened, or look for due work.
  expect(Math.max(...trips)).toBeGreaterThan(0)
  expect(Math.max(...trips)).toBeLessThanOrEqual(round_trips_max)
})
