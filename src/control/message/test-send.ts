import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { locate, pathOf, wayOf } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { RawRequest } from '../../core/request.ts'
import { run } from '../../core/run.ts'
import type { Answer } from '../../core/surface.ts'
import { chooseAccount, choosePerson } from '../../phone/choose.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { sendMessage } from '../../tupu/message/endpoints.ts'
import { default_profile } from '../../tupu/profile/profile.ts'
import { our_signing, signWith } from '../../tupu/signing.ts'
import { tupuSurface } from '../../tupu/surface.ts'
import { randomToken } from '../../world/seed.ts'
import { findAsked } from '../explain/find.ts'
import { cleanText } from '../field.ts'
import { adviceFor } from './meaning.ts'

/** A call as a platform would make it, ready to be made. */
interface TestSend {
  readonly request: RawRequest
  readonly profile: string
}

/** Sends as the platform would: by a call of the partner API, which stands in the journal like every other. */
export const testMessage = endpoint({
  id: 'message.test',
  methods: ['POST'],
  path: '/worlds/{world}/messages/test',
  from: ['path', 'json'],
  summary: {
    en: 'Send a test message as the platform would, signed if it must be, and say whether a platform falls back',
    zh: '像平台一样发送一条测试消息（需要时签名），并说明平台是否应改用其他方式',
  },
  looks: true,
  journalled: false,
  input: z.strictObject({
    world: z.string(),
    account: z.string().optional(),
    mobile: z
      .string()
      .max(100)
      .optional()
      .meta(words('In any spelling, including invalid ones.', '任何写法，也可以是错误的号码。')),
    person: z
      .string()
      .optional()
      .meta(
        words('Instead of mobile: uses the mobile of this person.', '代替 mobile：此人的手机号。'),
      ),
    message: z.string().max(2000),
    keywords: z.record(z.string(), cleanText).optional(),
    name: cleanText.optional(),
    email: cleanText.optional(),
    url: cleanText.optional(),
    client_msg_id: cleanText.optional(),
  }),
  answer: z.object({
    status: z.int(),
    errcode: z.int().nullable(),
    errmsg: z.string().nullable(),
    msgid_str: z.string().nullable(),
    fall_back: z
      .boolean()
      .meta(
        words('Whether a platform should fall back to SMS or email.', '平台是否应改发短信或邮件。'),
      ),
    advice: z
      .object({ en: z.string(), zh: z.string() })
      .nullable()
      .meta(words('What a good platform does.', '好的平台会怎样做。')),
    message: z
      .string()
      .nullable()
      .meta(words('Null: the call created no message.', 'null：这次调用没有留下消息。')),
    trace: z.string(),
  }),
  example: { input: { mobile: '{wang.mobile}', message: '欢迎加入' } },
  before(call) {
    const { input } = call
    const account = chooseAccount(call, input.account)
    if (isRefusal(account)) return account
    const mobile = mobileOf(call, input)
    if (isRefusal(mobile)) return mobile
    const { message, keywords, name, email, url, client_msg_id } = input
    // What is undefined is left out of the body.
    const optional = { keywords, name, email, url, client_msg_id }
    const fields = { eid: eidOf(account), mobile: mobile ?? '', message, ...optional }
    return pending({ request: requestOf(call, account, fields), profile: account.profile })
  },
  outside: send,
  after(call, _, answer) {
    const { errcode = null, errmsg = null, msgid_str = null } = readAnswer(answer)
    const trace = answer.headers['X-Sim-Trace'] ?? ''
    return {
      status: answer.status,
      ...{ errcode, errmsg, msgid_str },
      fall_back: errcode !== 0,
      advice: errcode === null ? null : (adviceFor(errcode) ?? null),
      message: findAsked(call, { by: 'trace', value: trace })?.message?.message ?? null,
      trace,
    }
  },
})

/** What the platform says of whom it means; a person is known by the mobile of the phone. Undefined: nobody is named. */
export function mobileOf(
  call: Call,
  { mobile, person }: { mobile?: string | undefined; person?: string | undefined },
): string | undefined | Refusal {
  if (person === undefined) return mobile
  const row = choosePerson(call, person)
  if (isRefusal(row)) return row
  if (row.mobile !== null) return row.mobile
  const reason = 'the person has no mobile of their own'
  return problem('invalid_field', { field: 'person', reason, fix: 'give a mobile instead' })
}

function requestOf(
  { engine, world, request }: Call,
  { profile, partner_secret: secret }: AccountRow,
  fields: object,
): RawRequest {
  const base = engine.profiles.get(profile)?.base ?? default_profile.base
  const url = `${wayOf({ world: world.world, person: undefined })}${base}${sendMessage.path}`
  const body = Buffer.from(JSON.stringify(fields))
  const timestamp = String(Math.floor(engine.machineNow() / 1000))
  const nonce = randomToken()
  const material = { at: our_signing.at, timestamp, nonce, method: 'POST', url, body }
  const proof = secret !== null && {
    'x-tupu-timestamp': timestamp,
    'x-tupu-nonce': nonce,
    'x-tupu-signature': signWith(our_signing, { ...material, secret }).value,
  }
  const headers = { 'content-type': 'application/json', ...proof }
  return { method: 'POST', url, headers, ip: request.ip, origin: request.origin, body }
}

/** By the canonical contract, whatever the profile of the account: how a platform spells it is the platform's to test. */
function send({ request, profile: name }: TestSend, engine: Engine): Promise<Answer> {
  const base = engine.profiles.get(name)?.base ?? default_profile.base
  const surface = tupuSurface({ ...default_profile, name, base })
  const endpoint = surface.endpoints.find(({ id }) => id === sendMessage.id)
  const address = locate(pathOf(request.url))
  return run(new Call({ engine, surface, endpoint, request, address, pathFields: {} }) as Call)
}

const answered = z.object({
  errcode: z.int().optional(),
  errmsg: z.string().optional(),
  msgid_str: z.string().optional(),
})

/** What a fault has broken is no answer. */
function readAnswer({ body }: Answer): z.output<typeof answered> {
  try {
    return answered.parse(JSON.parse(body.toString('utf8')))
  } catch {
    return {}
  }
}
