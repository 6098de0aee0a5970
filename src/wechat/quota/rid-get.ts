import { z } from 'zod'
import { findExchangeOfTrace } from '../../../db/exchange.ts'
import { errcodes, words } from '../../core/field.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import { endpoint, ok, refuse } from '../endpoint.ts'
import { readRid } from '../rid.ts'
import { plainAddress } from '../token/app.ts'
import { namedCall } from './named-call.ts'

const kept_ms = 7 * 86_400_000

const ridText = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  .meta(
    words(
      'Of a call of this account in the last seven days.',
      '该公众号最近七天内某次调用的 rid。',
    ),
  )

const requestShape = z.object({
  invoke_time: z.int().meta(words('Unix seconds, as in the rid.', 'Unix 秒，与 rid 中的一致。')),
  cost_in_ms: z
    .int()
    .meta(
      words(
        '0: a call takes no time by the clock of its world.',
        '0：按其世界的时钟，调用不花时间。',
      ),
    ),
  request_url: z.string().meta(words('The query alone.', '只有查询串。')),
  request_body: z.string(),
  response_body: z.string(),
  client_ip: z
    .string()
    .meta(
      words(
        'Of whoever asks: the journal keeps no addresses.',
        '查询者自己的地址：日志不记录地址。',
      ),
    ),
})

/** What the journal has of a call that was refused, by the rid that its errmsg ended in. */
export const getRid = endpoint({
  id: 'rid.get',
  methods: ['POST'],
  path: '/cgi-bin/openapi/rid/get',
  from: ['json'],
  summary: { en: 'What a refused call was, by its rid', zh: '按 rid 查询一次被拒绝的调用' },
  source: 'developers.weixin.qq.com: getRidInfo',
  fidelity: 'documented',
  credential: 'access_token',
  input: z.object({
    rid: errcodes(ridText, { missing: 76002, type: 47001, invalid: 76002 }),
  }),
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    request: requestShape,
  }),
  refusals: [76002, 76004, 76001, 76022, 76003],
  example: {
    input: { rid: '{rid}' },
    after: [{ call: 'user.info', take: { rid: { at: 'errmsg', match: /[\w-]{26}$/ } } }],
  },
  async handle(call) {
    const { db, world, caller, input, steps } = call
    const { rid } = input
    const seconds = Number.parseInt(rid.slice(0, 8), 16)
    const now = toUnixSeconds(world.now)
    if (seconds > now || seconds < now - kept_ms / 1000) {
      return refuse(76004, {
        rule: 'rid.recent',
        actual: rid,
        expected: 'a rid of the last seven days',
      })
    }
    const at = readRid(rid)
    const exchange = at && (await findExchangeOfTrace(db, world.epoch, at.trace_start))
    const named = exchange && (await namedCall(call, exchange))
    if (!named)
      return refuse(76001, {
        rule: 'rid.known',
        actual: rid,
        expected: 'a rid that stands in the journal',
      })
    if (named.kind === 'web')
      return refuse(76022, { rule: 'rid.served', actual: rid, expected: 'no call under /sns' })
    if (named.appid !== caller.account.appid) {
      return refuse(76003, { rule: 'rid.own', actual: named.appid, expected: caller.account.appid })
    }
    steps.push('rid.recent', 'rid.known', 'rid.own')
    return {
      ...ok,
      request: {
        invoke_time: seconds,
        cost_in_ms: 0,
        request_url: named.request_url,
        request_body: named.request_body,
        response_body: named.response_body,
        client_ip: plainAddress(call.request.ip),
      },
    }
  },
})
