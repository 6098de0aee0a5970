import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { cast, httpOf } from '../sim.ts'
import { held, list_path, send_path, startFakeWechat } from './fake-wechat.ts'
import { goThrough } from './through.ts'

const silence = { errcode: 100031, errmsg: 'wechat did not answer' }

describe('a send during which the program died', () => {
  it('is unknown after the next start, and is never sent again', async () => {
    const data = await freshFile()
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const dying = await createSimulator({ data })
    const before = await dying.world(cast)
    await goThrough({ world: before }, { base_url: wechat.url })
    await before.register('13800138002', { account: 'acme', openid: 'o-wang' })
    const eid = before.accounts[0]?.eid
    const body = { eid, mobile: '13800138002', message: 'hi', client_msg_id: 'order-17' }
    const lost = httpOf(dying)('POST', '/tupu/v1/messages', body)
    await hold.asked
    await before.advance('PT1H')
    const sim = await createSimulator({ data: await crashImage(data) })
    onTestFinished(() => sim.close())
    const again = await sim.world({ ...cast, if_exists: 'reuse' })
    expect(await again.messages()).toMatchObject([{ state: 'unknown', answer: silence }])
    const path = `/tupu/v1/messages?eid=${eid}&client_msg_id=order-17`
    expect((await httpOf(sim)('GET', path)).json).toMatchObject({
      state: 'unknown',
      fall_back: true,
      created_at: '2026-01-05T01:00:00.000Z',
      state_at: '2026-01-05T02:00:00.000Z',
    })
    const repeat = await httpOf(sim)('POST', '/tupu/v1/messages', body)
    expect(repeat.json).toEqual(silence)
    expect(wechat.calls.filter((path) => path === send_path)).toHaveLength(1)
    hold.release()
    // Only the one that did not die could still write down what came.
    expect((await lost).json).toMatchObject({ errcode: 0 })
    await dying.close()
    expect(await again.messages()).toMatchObject([{ state: 'unknown' }])
  })

  it('is not the only one: all of them are unknown', async () => {
    const data = await freshFile()
    const dying = await createSimulator({ data })
    const world = await dying.world(cast)
    const send = { eid: world.accounts[0]?.eid, mobile: '13800138002', message: 'hi' }
    for (let n = 0; n < 250; n++) await httpOf(dying)('POST', '/tupu/v1/messages', send)
    await dying.close()
    const database = new Sqlite(data)
    database.prepare("update message set state = 'sending', sending_until = 1").run()
    database.close()
    const sim = await createSimulator({ data })
    onTestFinished(() => sim.close())
    const again = await sim.world({ ...cast, if_exists: 'reuse' })
    expect(await again.messages({ state: 'sending' })).toEqual([])
    expect(await again.messages({ state: 'unknown' })).toHaveLength(250)
  })
})

describe('facts that are ten real minutes old', () => {
  it('are asked again by the next send', async () => {
    const data = await freshFile()
    const wechat = await startFakeWechat()
    const first = await createSimulator({ data })
    const world = await first.world(cast)
    await goThrough({ world }, { base_url: wechat.url })
    await world.register('13800138002', { account: 'acme', openid: 'o-wang' })
    await first.close()
    /** Sends after so long, and tells how often WeChat was asked by then. */
    const aged = async (ms: number) => {
      const database = new Sqlite(data)
      database.prepare('update account set facts_at = facts_at - ?').run(ms)
      database.close()
      const { sim, http, acme } = await startAgain(data)
      const body = { eid: acme, mobile: '13800138002', message: 'hi' }
      expect((await http('POST', '/tupu/v1/messages', body)).json).toMatchObject({ errcode: 0 })
      await sim.close()
      return wechat.calls.filter((path) => path === list_path).length
    }
    expect(await aged(0)).toBe(1)
    expect(await aged(600_000)).toBe(2)
    expect(await aged(0)).toBe(2)
    // Asked in vain, what was known counts for another ten minutes.
    wechat.answers[list_path] = { errcode: 45009, errmsg: 'reach max api daily quota limit' }
    expect(await aged(600_000)).toBe(3)
    expect(await aged(0)).toBe(3)
  })
})

async function startAgain(data: string) {
  const sim = await createSimulator({ data })
  const world = await sim.world({ ...cast, if_exists: 'reuse' })
  return { sim, http: httpOf(sim), acme: world.accounts[0]?.eid }
}

async function freshFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tupu-sim-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'sim.db')
}

/** The files of a running simulator as they would lie there if it were killed now. */
async function crashImage(data: string): Promise<string> {
  const image = await freshFile()
  for (const part of ['', '-wal']) await copyFile(data + part, image + part)
  return image
}
