import type { Call } from '../core/call.ts'
import { type DocumentedEndpoint, type Endpoint, isReply } from '../core/endpoint.ts'
import { pathOf, worldOrElse } from '../core/locate.ts'
import { type ProblemFacts, problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { body_encodings, packedBy, type RawRequest } from '../core/request.ts'
import type { Answer, Surface, TransportFault } from '../core/surface.ts'
import { unknownWorld } from '../core/unknown-world.ts'
import type { StepFacts } from '../world/step.ts'
import { default_world, namedWorld, unattributed } from '../world/world.ts'
import { actionOf, requestIdOf, sendAliyunSms } from './aliyun.ts'
import { type Dialect, refuse } from './endpoint.ts'
import { sendEmail, sendSms } from './endpoints.ts'
import { sinkErrors, statusOf } from './errors.ts'
import { sendTwilioMessage } from './twilio.ts'

const endpoints: readonly DocumentedEndpoint<undefined>[] = [
  sendSms,
  sendEmail,
  sendTwilioMessage,
  sendAliyunSms,
]

/** Where platforms send SMS and e-mails to, when they fall back: each call is answered in the words of its vendor. */
export const sinkSurface: Surface<undefined> = {
  name: 'sink',
  bases: ['/sink', '/2010-04-01'],
  prefix: '',
  area: 'open',
  table: sinkErrors,
  endpoints,
  readFields: ({ endpoint, request, fields }) =>
    endpoint?.id === sendAliyunSms.id ? { ...fields, Action: actionOf(request) } : fields,
  authenticate,
  refuseTransport: (fault, { endpoint, request }) => transportRefusals(fault, endpoint, request),
  encode(outcome, { trace, endpoint }): Answer {
    if (isReply(outcome)) throw new Error('a sink answers JSON')
    if (!isRefusal(outcome)) return answer(endpoint?.status ?? 200, outcome, 0)
    const { status, body, type } = wireShapes[dialectOf(endpoint, outcome)](outcome, trace)
    return answer(status, body, outcome.code, type)
  },
}

function answer(
  status: number,
  body: Readonly<Record<string, unknown>>,
  code: number,
  type = 'application/json; charset=utf-8',
): Answer {
  const headers = { 'Content-Type': type }
  return { status, headers, body: Buffer.from(JSON.stringify(body)), code }
}

/** The world of the path, else `default`; a world that there is not is no path of ours. */
function authenticate(call: Call<undefined>): Refusal | undefined {
  const { address, db, endpoint, request } = call
  const name = address.world ?? default_world
  const world = namedWorld(db, name, call.real_now)
  call.enter(world ?? worldOrElse(call, unattributed), { key: 'sink' })
  if (world) return undefined
  const no = transportRefusals('unknown_path', endpoint, request)
  return no.extra ? problem('not_found', unknownWorld(db, name)) : no
}

/** Twilio's codes tell a call apart that reaches no endpoint. */
function dialectOf(endpoint: Pick<Endpoint<never>, 'credential'> | undefined, { code }: Refusal) {
  const usual: Dialect = code >= twilio_codes_min ? 'sink of Twilio' : 'sink'
  return (endpoint?.credential as Dialect | undefined) ?? usual
}

const twilio_codes_min = 20_000

interface Wire {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly type?: string
}

/** How each vendor says no. */
const wireShapes: Readonly<Record<Dialect, (no: Refusal, trace: string) => Wire>> = {
  sink({ code, text, status, extra }) {
    const usual = code >= 400 && code < 600 ? code : 400
    const told = status ?? usual
    const facts = { field: null, reason: text, fix: 'try again, or look in the journal' }
    const body = { type: 'about:blank', title: text, status: told, ...facts, ...extra }
    return { status: told, body, type: 'application/problem+json; charset=utf-8' }
  },
  'sink of Twilio'({ code, text: message, status = statusOf(code).status ?? 400 }) {
    const more_info = `https://www.twilio.com/docs/errors/${code}`
    return { status, body: { code, message, more_info, status } }
  },
  'sink of Alibaba Cloud'({ text, status }, trace) {
    const [Code = '', Message = text] = text.split(/: (.*)/su)
    const isBusiness = /^is[vp]\./.test(Code)
    const usual = isBusiness ? 200 : Code.startsWith('InvalidAction') ? 404 : 400
    const host = isBusiness ? {} : { HostId: 'dysmsapi.aliyuncs.com' }
    const body = { Message, RequestId: requestIdOf(trace), ...host, Code }
    return { status: status ?? usual, body }
  },
}

/** Why a call reaches no endpoint, as its decision says it. */
function transportStep(fault: TransportFault, request: RawRequest): StepFacts {
  if (fault === 'world_was_reset') return { rule: 'world.same_epoch' }
  if (fault === 'unknown_encoding')
    return { rule: 'body.encoding', actual: packedBy(request), expected: body_encodings }
  return { rule: `request.${fault}`, actual: `${request.method} ${pathOf(request.url)}` }
}

/** What each vendor says to a call that reaches no endpoint. */
function transportRefusals(
  fault: TransportFault,
  endpoint: Pick<Endpoint<undefined>, 'credential'> | undefined,
  request: RawRequest,
): Refusal {
  const path = pathOf(request.url)
  const step = transportStep(fault, request)
  const status = statuses[fault]
  const isTwilio = endpoint
    ? endpoint.credential === 'sink of Twilio'
    : path.includes('/2010-04-01')
  if (isTwilio) {
    const code = { 404: 20_404, 405: 20_004 }[status] ?? 20_001
    return { ...refuse(code, step, { path }), status }
  }
  if (endpoint?.credential === 'sink of Alibaba Cloud')
    return { ...refuse(status === 404 || status === 405 ? 902 : 910, step), status }
  return { ...problem(fault, facts[fault]), step }
}

const statuses: Readonly<Record<TransportFault, number>> = {
  unknown_path: 404,
  wrong_method: 405,
  body_too_large: 413,
  unknown_encoding: 415,
  world_was_reset: 409,
}

const facts: Readonly<Record<TransportFault, ProblemFacts>> = {
  unknown_path: { reason: 'no sink has this path', fix: 'see /docs' },
  wrong_method: { reason: 'the path does not accept this method', fix: 'use POST' },
  body_too_large: { reason: 'the body has more than 1 MB', fix: 'send less' },
  unknown_encoding: { reason: 'the body cannot be decompressed', fix: `send ${body_encodings}` },
  world_was_reset: { reason: 'the world was reset in the meantime', fix: 'send it again' },
}
