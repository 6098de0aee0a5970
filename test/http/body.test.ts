import { describe, expect, it } from 'vitest'
import type { BodyFault } from '../../src/core/request.ts'
import { type Sim, startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'

const json = '{"eid":"acme","mobile":"13800138000","message":"王小雨"}'
const gbk = Buffer.concat([
  Buffer.from('{"message":"'),
  Buffer.from([0xcd, 0xf5, 0xd0, 0xa1, 0xd3, 0xea]),
  Buffer.from('"}'),
])

/** Bodies that are no JSON object in UTF-8, each with what the journal and the control API say of it. */
const bodies: { what: string; body: Uint8Array; fault: BodyFault; reason: RegExp }[] = [
  {
    what: 'a byte order mark before JSON',
    body: Buffer.from(`\ufeff${json}`),
    fault: 'byte_order_mark',
    reason: /byte order mark/,
  },
  {
    what: 'UTF-16 with its mark',
    body: Buffer.from(`\ufeff${json}`, 'utf16le'),
    fault: 'utf_16',
    reason: /UTF-16/,
  },
  {
    what: 'UTF-16 without a mark',
    body: Buffer.from(json, 'utf16le'),
    fault: 'utf_16',
    reason: /UTF-16/,
  },
  {
    what: 'UTF-16 the other way round',
    body: Buffer.from(`\ufeff${json}`, 'utf16le').swap16(),
    fault: 'utf_16',
    reason: /UTF-16/,
  },
  { what: 'JSON in GBK', body: gbk, fault: 'gbk', reason: /GBK/ },
  {
    what: 'JSON in some other encoding',
    body: Buffer.from('{"a":"\xe9"}', 'latin1'),
    fault: 'not_utf_8',
    reason: /not UTF-8/,
  },
  {
    what: 'half of a character',
    body: Buffer.from(json).subarray(0, -4),
    fault: 'not_utf_8',
    reason: /not UTF-8/,
  },
  { what: 'broken JSON', body: Buffer.from('{"a":'), fault: 'malformed', reason: /as JSON/ },
  { what: 'an array', body: Buffer.from('[]'), fault: 'not_an_object', reason: /not an object/ },
]

/** The last step of the latest call that no world claims, or that a world claims. */
async function lastStep({ sim }: Sim, world: string): Promise<unknown> {
  const { items } = (await sim.call('exchange.list', { world })) as {
    items: { decision: unknown[] }[]
  }
  return items[0]?.decision.at(-1)
}

describe('a body that cannot be read', () => {
  it.each(bodies)('$what is told apart by every surface', async ({ body, fault, reason }) => {
    const sim = await startSim()
    const step = { rule: 'body.json', actual: fault, expected: expect.stringContaining('UTF-8') }

    const partner = await sim.http('POST', '/tupu/v1/messages', body)
    expect(partner).toMatchObject({ status: 200, json: { errcode: 47001 } })
    expect(await lastStep(sim, '_unattributed')).toEqual(step)

    const client = await acmesClient(sim)
    const wechat = await client.post('/cgi-bin/message/template/send', body)
    expect(wechat).toMatchObject({ status: 200, json: { errcode: 47001 } })
    expect(await lastStep(sim, 'test')).toEqual(step)

    const control = await sim.http('POST', '/_sim/v1/worlds/test/associations', body)
    expect(control).toMatchObject({
      status: fault === 'not_an_object' ? 422 : 400,
      json: { reason: expect.stringMatching(reason) },
    })
  })

  it('is told in the journal where WeChat takes it for an object without fields', async () => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    for (const { body, fault } of bodies) {
      const answer = await client.post('/cgi-bin/qrcode/create', body)
      expect(answer.json).toMatchObject({ errcode: 40052 })
      const { items } = (await sim.world.call('exchange.list')) as {
        items: { decision: unknown[] }[]
      }
      expect(items[0]?.decision).toContainEqual(
        expect.objectContaining({ rule: 'body.json', actual: fault }),
      )
    }
  })
})
