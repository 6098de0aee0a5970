import { realNow, toUnixSeconds } from '../../world/clock.ts'
import { allGood, type Check, outcome, refused, textFields } from './finding.ts'
import { type Came, type Handler, wordsOf } from './handler.ts'

const good = 'within 5 s a 2xx, empty, success or a reply that WeChat can read'

/** The signature parameters of an address with another last digit: of the right form, and nobody's. */
export function forged(url: string, name: 'signature' | 'msg_signature'): string {
  const pattern = new RegExp(`([?&]${name}=[\\da-f]{39})([\\da-f])`)
  return url.replace(pattern, (_, begin, last) => `${begin}${last === '0' ? '1' : '0'}`)
}

function newEchostr(handler: Handler): string {
  return String(10n ** 17n + BigInt(`0x${handler.hex().slice(0, 15)}`))
}

const verify: Check = {
  check: 'verify',
  sent: 'the URL verification (GET), correctly signed',
  expected: '200 and only the echostr',
  async run(handler) {
    const echostr = newEchostr(handler)
    const came = await handler.verify(echostr)
    const isRight = came.answer.ok && came.answer.status === 200 && came.text === echostr
    return outcome(isRight ? 'ok' : 'FAIL', echoed(came, echostr), came)
  },
}

/** The digits alone say nothing to whoever reads. */
function echoed(came: Came, echostr: string): string {
  return wordsOf(came).replace(echostr, 'the echostr')
}

const verifyForged: Check = {
  check: 'verify.forged',
  sent: 'the URL verification (GET) with a wrong signature',
  expected: '401, 403 or anything but the echostr',
  async run(handler) {
    const echostr = newEchostr(handler)
    const came = await handler.verify(echostr, (url) => forged(url, 'signature'))
    const { answer, text } = came
    const isEchoed = answer.ok && answer.status < 400 && text.includes(echostr)
    const isAnswered = answer.ok || answer.failure === 'reset'
    return outcome(isEchoed || !isAnswered ? 'FAIL' : 'ok', echoed(came, echostr), came)
  },
}

const text: Check = {
  check: 'text',
  sent: 'a text message',
  expected: good,
  async run(handler) {
    const all = allGood([await handler.push({ fields: textFields(handler, '你好') })])
    handler.isSound = all.verdict === 'ok'
    return all
  },
}

const event: Check = {
  check: 'event',
  sent: 'an event: somebody follows the account',
  expected: good,
  run: async (handler) => allGood([await handler.push({ fields: subscribe })]),
}

const subscribe = [
  ['MsgType', 'event'],
  ['Event', 'subscribe'],
  ['EventKey', ''],
] as const

const postForged: Check = {
  check: 'forged',
  sent: 'a text message with a wrong signature',
  expected: 'a status of 400 or more, or an empty or fail answer',
  run: async (handler) =>
    refused(
      await handler.push({
        fields: textFields(handler, '你好'),
        twist(request) {
          const url = forged(forged(request.url, 'signature'), 'msg_signature')
          return { ...request, url }
        },
      }),
    ),
}

const old_ms = 3_600_000

const replay: Check = {
  check: 'replay',
  sent: 'a text message, correctly signed an hour ago',
  expected: 'a refusal, which WeChat leaves to the handler',
  async run(handler) {
    const came = await handler.push({ fields: textFields(handler, '你好'), old_ms })
    const { verdict, came: words } = refused(came)
    if (!came.answer.ok) return outcome(verdict, words, came)
    const said = verdict === 'ok' ? words : `it is answered as if it were new: ${wordsOf(came)}`
    return outcome(verdict === 'ok' ? 'ok' : 'warn', said, came)
  },
}

const duplicate: Check = {
  check: 'duplicate',
  sent: 'the same text message three times: one MsgId',
  expected: 'the same answer each time, or success',
  async run(handler) {
    const fields = textFields(handler, '你好')
    const created = toUnixSeconds(realNow())
    const answers: Came[] = []
    for (let n = 0; n < 3; n++) answers.push(await handler.push({ fields, created }))
    const all = allGood(answers)
    // Each reply has its own CreateTime; what it says is compared.
    const said = new Set(
      answers.flatMap(({ reply }) => (reply?.kind === 'nothing' ? [] : JSON.stringify(reply))),
    )
    if (all.verdict === 'FAIL' || said.size <= 1) return all
    return outcome('warn', `the answers differ: ${all.came}`, ...answers)
  },
}

const order: Check = {
  check: 'order',
  sent: 'the receipt of a message that was never sent, a text from somebody, then the follow that preceded it',
  expected: `each time ${good}`,
  async run(handler) {
    const openid = handler.newOpenid()
    const created = toUnixSeconds(realNow())
    const receipt = [
      ['MsgType', 'event'],
      ['Event', 'TEMPLATESENDJOBFINISH'],
      ['MsgID', { bare: handler.newMsgId() }],
      ['Status', 'success'],
    ] as const
    const later = await handler.push({ openid, created, fields: receipt })
    const words = await handler.push({ openid, created, fields: textFields(handler, '你好') })
    const before = await handler.push({ openid, created: created - 60, fields: subscribe })
    return allGood([later, words, before])
  },
}

/** What WeChat sends on any day, and what somebody sends who has seen it or made it up. */
export const pushes: readonly Check[] = [
  verify,
  verifyForged,
  text,
  event,
  postForged,
  replay,
  duplicate,
  order,
]
