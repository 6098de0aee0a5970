import { z } from 'zod'
import { findMessageByMsgid, listSending, type SendingMessage } from '../../../db/message.ts'
import type { AccountRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import { type Endpoint, type Outcome, pagesOf, pending, type Reply } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { credentialElsewhere, pathOf, worldOfPath, worldOrElse } from '../../core/locate.ts'
import type { Refusal } from '../../core/refusal.ts'
import { body_encodings, isCleanText, packedBy, type RawRequest } from '../../core/request.ts'
import type { Surface, TransportFault } from '../../core/surface.ts'
import { waitFor } from '../../core/wait.ts'
import { encodePage, withPage } from '../../page/refusal.ts'
import type { StepFacts } from '../../world/step.ts'
import { claimedWorld, type Scope, unattributed } from '../../world/world.ts'
import { followEid, isRotatedAway } from '../account/eid.ts'
import {
  claimedOpenids,
  isProven,
  type PushSecrets,
  pushSecretsOf,
  readPushed,
  statusOf,
} from './pushed.ts'

/** An account whose WeChat calls, and how it proves that it is that. */
interface PushCaller {
  readonly account: AccountRow
  readonly secrets: PushSecrets
}

const page = pagesOf<PushCaller>({
  refuseField(issue) {
    throw new Error(`nobody checks the fields of a push by a schema: ${issue.field}`)
  },
})

const text = z.string().default('')
const proof = {
  eid: z.string(),
  signature: text,
  timestamp: text,
  nonce: text,
  encrypt_type: text,
  msg_signature: text,
}

/** The look by which WeChat finds out whether this is the server that its operator says. */
const verifyGateway = page({
  id: 'gateway.verify',
  methods: ['GET'],
  path: '/tupu/wechat/{eid}',
  from: ['path', 'query'],
  input: z.object({ ...proof, echostr: text }),
  handle(call) {
    const { input, caller } = call
    if (!isProven(input, caller.secrets)) return refuseProof(input.signature)
    call.steps.push('pushed.signature')
    if (input.echostr === '') return refuse({ rule: 'pushed.echostr', actual: null })
    call.steps.push('pushed.echostr')
    return said(200, input.echostr)
  },
})

/** A receipt whose message may be on its way still: WeChat is sometimes faster with it than with its answer to the send. */
interface EarlyReceipt {
  readonly world: string
  readonly epoch: number
  readonly eid: string
  readonly openid: string
  readonly msgid: string
  readonly status: string
  /** What is waited for. */
  readonly sending: readonly string[]
  readonly until: number
}

type Receipt = Pick<EarlyReceipt, 'openid' | 'msgid' | 'status'>

/** Takes what the account's WeChat pushes. Of all that, TUPU wants to know what became of messages. */
const receivePush = page({
  id: 'gateway.receive',
  methods: ['POST'],
  path: '/tupu/wechat/{eid}',
  from: ['path', 'query'],
  input: z.object(proof),
  before(call) {
    const { input, caller, request } = call
    if (!isProven(input, caller.secrets)) {
      concernClaimed(call, caller.account, caller.secrets)
      return refuseProof(input.signature)
    }
    call.steps.push('pushed.signature')
    const read = readPushed(request.body, input, caller.secrets)
    if ('rule' in read) {
      concernClaimed(call, caller.account, caller.secrets)
      return refuse(read)
    }
    const { openid, event, receipt } = read
    call.concern({ appid: caller.secrets.appid, openid })
    call.steps.push('pushed.readable')
    if (receipt) {
      const said = { openid, ...receipt }
      return takeReceipt(call, said) ?? waitForSend(call, said)
    }
    call.steps.push({ rule: 'pushed.acknowledged', row: { event } })
    return success
  },
  outside: waitForAnswer,
  after(call, early) {
    return takeReceipt(call, early) ?? refuseEarly(call, early)
  },
})

/** A push that is refused stands in the journal, too: whoever it says to be of is found there when they withdraw. */
function concernClaimed(
  call: Pick<Call, 'concern' | 'request' | 'query'>,
  { appid }: AccountRow,
  secrets: PushSecrets | undefined,
): void {
  if (appid === null) return
  for (const openid of claimedOpenids(call.request.body, call.query, secrets ?? {}))
    call.concern({ appid, openid })
}

type PushCall = Call<PushCaller, unknown>

/** What became of a message, once: whoever listens is told. Undefined: the account has no message of that MsgID. */
function takeReceipt(call: PushCall, { openid, msgid, status }: Receipt): Outcome | undefined {
  const { db, world, caller } = call
  const row = findMessageByMsgid(db, world.epoch, msgid)
  if (!row || row.eid !== caller.account.eid) return undefined
  const { message, state } = row
  call.steps.push({ rule: 'receipt.known', row: { message, msgid } })
  if (state !== 'accepted') {
    call.steps.push({ rule: 'receipt.first', actual: state, expected: 'accepted' })
    return success
  }
  const meant = statusOf(status)
  if (meant === undefined) {
    call.steps.push({ rule: 'receipt.status', actual: status, expected: 'success, or failed' })
    return success
  }
  call.steps.push('receipt.first', { rule: 'receipt.status', row: { status, meant } })
  const event = 'TEMPLATESENDJOBFINISH'
  call.events.push({ event, appid: caller.secrets.appid, openid, msgid, status: meant })
  return success
}

/** Nobody knows the MsgID: it is of a send that WeChat has not answered yet, or of none of ours. */
function waitForSend(call: PushCall, receipt: Receipt) {
  const { world, caller, engine } = call
  const { eid } = caller.account
  const { openid } = receipt
  const sending = sendingTo(call, { eid, openid })
  if (sending.length === 0) return acknowledgeUnknown(call, receipt)
  const until = world.real_now + engine.limits.answer_ms_max * wait_share
  const { world: name, epoch } = world
  return pending<EarlyReceipt>({ ...receipt, world: name, epoch, eid, sending, until })
}

/** Of the time that WeChat waits for an answer: what is left is for the answer. */
const wait_share = 0.8
/** More are not on their way at once. */
const sending_max = 1000

/** An account's messages to somebody that are on their way. */
function sendingTo(
  { db, world }: Scope,
  { eid, openid }: Pick<EarlyReceipt, 'eid' | 'openid'>,
): string[] {
  const { epoch, real_now: now } = world
  const isMeant = (row: SendingMessage) =>
    row.epoch === epoch && row.eid === eid && row.openid === openid
  return listSending(db, { now, limit: sending_max })
    .filter(isMeant)
    .map(({ message }) => message)
}

async function waitForAnswer(
  early: EarlyReceipt,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<void> {
  const topicsOf = early.sending.map((message) => topics.message(message))
  const waiting = { ...early, label: 'gateway.wait', topics: topicsOf, hungUp }
  await waitFor(engine, waiting, {
    query: early,
    look(scope, query) {
      const isKnown = findMessageByMsgid(scope.db, query.epoch, query.msgid) !== undefined
      const isOver = isKnown || sendingTo(scope, query).length === 0
      return { found: isOver || undefined, query, isLast: true }
    },
  })
}

/** WeChat will try again; by then its answer may have come. */
function refuseEarly(call: PushCall, early: EarlyReceipt): Outcome {
  const [message] = sendingTo(call, early)
  if (message === undefined) return acknowledgeUnknown(call, early)
  const { msgid: actual } = early
  return refuse({ rule: 'receipt.timely', actual, row: { message, state: 'sending' } })
}

function acknowledgeUnknown(call: PushCall, { msgid }: Receipt): Reply {
  const expected = 'the msgid of a message that was sent for this EID'
  call.steps.push({ rule: 'receipt.known', actual: msgid, expected })
  return success
}

function said(status: number, body: string): Reply {
  const headers = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' }
  return { kind: 'reply', status, body, type: 'text/plain; charset=utf-8', headers }
}

/** What WeChat takes for an acknowledgement. */
const success = said(200, 'success')

/** Status and text of the answer, by the rule that the call broke. WeChat takes each for a failed try. */
const refusals: Readonly<Record<string, readonly [status: number, text: string]>> = {
  'pushed.eid': [404, 'no account has this EID'],
  'credential.of_this_world': [404, 'another world has this EID'],
  'eid.current': [404, 'the account has another EID by now'],
  'pushed.token': [403, 'the account has no token: set token, and aes_key, of its gateway'],
  'pushed.signature': [403, 'the signature is not that of the token, the timestamp and the nonce'],
  'pushed.msg_signature': [403, 'the msg_signature is wrong'],
  'pushed.appid': [403, 'it was encrypted for another appid'],
  'pushed.echostr': [403, 'the echostr is missing'],
  'pushed.readable': [400, 'the push cannot be read'],
  'receipt.timely': [503, 'the message is on its way still: try again'],
  'path.known': [404, 'nothing is pushed here'],
  'method.known': [405, 'the look is a GET, a push a POST'],
  'body.size': [413, 'the body is over 1 MB'],
  'body.encoding': [415, 'the body cannot be decompressed'],
  'world.same_epoch': [503, 'the world was reset in the meantime'],
}

function refuse(step: StepFacts): Refusal {
  const [status, text] = refusals[step.rule] ?? [500, step.rule]
  const refusal = { kind: 'refusal', code: status, status, text, step } as const
  return withPage(refusal, said(status, text))
}

function refuseProof(actual: string): Refusal {
  const expected = 'SHA-1 over token, timestamp and nonce'
  return refuse({ rule: 'pushed.signature', actual, expected })
}

/** Where the WeChat of a remote gateway pushes to. */
export const pushedSurface: Surface<PushCaller> = {
  name: 'gateway',
  bases: ['/tupu/wechat'],
  prefix: '',
  area: 'open',
  endpoints: [verifyGateway, receivePush] as readonly Endpoint<PushCaller>[],
  authenticate,
  refuseTransport: (fault, { request }) => refuseTransport(fault, request),
  encode: encodePage,
}

/** The world and the account of the path. A suspended EID is no reason not to hear what became of its messages. */
function authenticate(call: Call<PushCaller>): Refusal | undefined {
  const { db, engine, fields } = call
  const eid = typeof fields['eid'] === 'string' ? fields['eid'] : ''
  const isText = isCleanText(eid)
  const claimed =
    worldOfPath(call) ?? (isText ? claimedWorld(db, 'eid', eid, call.real_now) : undefined)
  const world = claimed ?? worldOrElse(call, unattributed)
  const lead = claimed && isText ? followEid({ db, engine, world }, eid) : undefined
  if (!lead) {
    call.enter(world, { key: '' })
    const elsewhere = credentialElsewhere({ db, world }, 'eid', eid)
    return refuse(elsewhere ?? { rule: 'pushed.eid', actual: eid })
  }
  const { account } = lead.view
  call.enter(world, { key: `pushed ${account.eid}` })
  const secrets = pushSecretsOf({ db, world }, account)
  const isRotated = isRotatedAway(lead, world)
  if (isRotated || !secrets) concernClaimed(call, account, secrets)
  if (isRotated) return refuse({ rule: 'eid.current', actual: eid })
  if (!secrets) return refuse({ rule: 'pushed.token', actual: null })
  call.enter(world, { key: `pushed ${account.eid}`, caller: { account, secrets } })
  return undefined
}

const transport = {
  unknown_path: 'path.known',
  wrong_method: 'method.known',
  body_too_large: 'body.size',
  unknown_encoding: 'body.encoding',
  world_was_reset: 'world.same_epoch',
} as const

function refuseTransport(fault: TransportFault, request: RawRequest): Refusal {
  const rule = transport[fault]
  if (fault === 'unknown_encoding')
    return refuse({ rule, actual: packedBy(request), expected: body_encodings })
  return refuse({ rule, actual: `${request.method} ${pathOf(request.url)}` })
}
