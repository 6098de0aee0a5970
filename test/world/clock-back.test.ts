import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSimulator, type Simulator } from '../../src/simulator.ts'
import { steadyClock } from '../../src/world/clock.ts'
import { onBoth } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { startSim } from '../sim.ts'

const hour_ms = 3_600_000

afterEach(() => {
  vi.useRealTimers()
})

/** Only what the machine says of the time is moved; timers go on, and so does what has passed. */
function machineSays(now: number) {
  vi.useFakeTimers({ toFake: ['Date'], now })
}

async function start(data: string): Promise<Simulator> {
  const sim = await createSimulator({ data })
  onTestFinished(() => sim.close())
  return sim
}

/** The instant of the world `default`, whose clock runs. */
async function nowOf(sim: Simulator): Promise<number> {
  const { now } = (await sim.call('clock.get', { world: 'default' })) as { now: string }
  return Date.parse(now)
}

onBoth('a running world whose machine is set back', (database) => {
  it('goes on from where it was', async () => {
    const sim = await start(await emptyPlace(database))
    const before = await nowOf(sim)
    machineSays(before - hour_ms)
    const after = await nowOf(sim)
    expect(after).toBeGreaterThanOrEqual(before)
    // It does not stand still: somebody may be waiting for what is due.
    await expect.poll(() => nowOf(sim)).toBeGreaterThan(after)
    machineSays(before + hour_ms)
    expect(await nowOf(sim)).toBeGreaterThanOrEqual(before + hour_ms)
  })

  it('goes on from where it was after a restart, too', async () => {
    const data = await emptyPlace(database)
    const first = await start(data)
    machineSays(Date.now() + 2 * hour_ms)
    const before = await nowOf(first)
    await first.close()
    machineSays(before - hour_ms)
    const second = await start(data)
    const after = await nowOf(second)
    expect(after).toBeGreaterThanOrEqual(before)
    await expect.poll(() => nowOf(second)).toBeGreaterThan(after)
  })

  it('does not go behind what it has done by itself, while nobody called', async () => {
    const data = await emptyPlace(database)
    const clock = { mode: 'running' } as const
    const { sim, acme, wang, platform, world } = await startSim({ data, world: { clock } })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT1H' })
    await platform.sends(acme, { mobile: wang.mobile })
    const due = (await nowOf(sim)) + hour_ms
    const other = await beside(data)
    machineSays(due + 60_000)
    const count = "select count(*) as n from message where state = 'delivered'"
    await expect
      .poll(async () => Number((await other.rows(count))[0]?.['n']), { timeout: 10_000 })
      .toBe(1)
    await sim.close()
    machineSays(due - hour_ms / 2)
    expect(await nowOf(await start(data))).toBeGreaterThan(due)
  })
})

describe('a steady clock', () => {
  const at = (...machine: number[]) => {
    let passed = 0
    let n = 0
    return {
      machine: () => machine[Math.min(n++, machine.length - 1)] ?? 0,
      elapsed: () => passed,
      pass: (ms: number) => {
        passed += ms
      },
    }
  }

  it('follows the machine forward, and goes by what has passed when that goes back', () => {
    const { pass, ...times } = at(1000, 1000, 5000, 2000, 2000, 5011)
    const now = steadyClock(times)
    expect(now()).toBe(1000)
    expect(now()).toBe(5000)
    pass(10)
    expect(now()).toBe(5010)
    pass(0.4)
    expect(now()).toBe(5010)
    expect(now()).toBe(5011)
  })

  it('loses nothing by being asked often', () => {
    const { pass, ...times } = at(1000, 900)
    const now = steadyClock(times)
    for (let n = 0; n < 100; n++) {
      pass(0.25)
      now()
    }
    expect(now()).toBe(1025)
  })

  it('begins after all that was told, and goes on at once if the machine was set back', () => {
    const told = { known: 1000, possible: 2000 }
    const { pass, ...back } = at(500)
    const now = steadyClock({ ...back, told })
    expect(now()).toBe(2000)
    pass(30)
    expect(now()).toBe(2030)
  })

  it('follows the machine at once where that is past what is known to have been told', () => {
    const told = { known: 1000, possible: 2000 }
    const now = steadyClock({ ...at(1500, 1500, 1700), told })
    expect([now(), now()]).toEqual([1500, 1700])
  })

  it('stands still while the machine does', () => {
    const { pass, ...times } = at(1000)
    const now = steadyClock(times)
    pass(10)
    expect(now()).toBe(1000)
  })
})
