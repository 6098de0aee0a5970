import { z } from 'zod'
import { findAssociationOf, findOpenid } from '../../../db/association.ts'
import type { MessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { type Outcome, type Pending, pending } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import { Int64 } from '../../core/int64.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { eidOf } from '../eid.ts'
import { endpoint, refuse, type TupuCaller } from '../endpoint.ts'
import { sendLocally } from '../gateway/local.ts'
import { readMessageText } from '../message-text.ts'
import { mobileField } from '../mobile.ts'
import { accepted } from './accepted.ts'
import { composeSend, type Recipient } from './compose.ts'
import { answerMagic, findMagic } from './magic.ts'
import { optionalFields, readOptional } from './optional.ts'
import { beginRemote, concludeRemote, type RemoteSend, sendRemotely } from './remote.ts'
import {
  answerOther,
  checkRepeat,
  client_msg_id_length_max,
  isClientMsgId,
  type OtherSend,
  repeatedAnswer,
  waitForOther,
} from './repeat.ts'
import { acceptedEnd, keepMessage, keepRefused, type MessageDraft } from './row.ts'

const message_codes = { empty: 100012, too_long: 100013, illegal: 100016 }
const message = z.string().transform((text, context) => {
  const read = readMessageText(text)
  if (read.ok) return read
  const params = { errcode: message_codes[read.fault], length: read.length ?? 0 }
  context.addIssue({
    code: 'custom',
    message: 'text of 1 to 200 characters without control characters',
    params,
  })
  return z.NEVER
})

const clientMsgId = z
  .string()
  .refine(isClientMsgId, '1 to 64 characters without NUL or half a surrogate pair')
  .meta({ minLength: 1, maxLength: client_msg_id_length_max })
  .nullish()
  .meta(
    words(
      'Your own id: sent again within 24 hours, the same answer comes again.',
      '你自己的编号：24 小时内再次发送，得到同样的应答。',
    ),
  )

const sendInput = z.object({
  mobile: errcodes(
    mobileField.meta(
      words(
        'In any usual spelling; without a country code it is Chinese.',
        '常见写法都可以；不带国家代码即为中国大陆号码。',
      ),
    ),
    {
      missing: 100010,
      type: 100010,
      invalid: 100010,
    },
  ),
  message: errcodes(
    message.meta(
      words(
        '1 to 200 characters; the phone shows them as a single line.',
        '1 到 200 个字符；手机上显示为一行。',
      ),
    ),
    {
      missing: 100012,
      type: 100012,
      invalid: 100012,
    },
  ),
  client_msg_id: errcodes(clientMsgId, { missing: 47001, type: 47001, invalid: 47001 }),
})

type SendCall = Call<TupuCaller, z.output<typeof sendInput>>
/** How a send goes on when its first unit cannot end it. */
type SendState = RemoteSend | OtherSend

/** One message to whoever registered the mobile at the account; WeChat's answer is passed on. */
export const sendMessage = endpoint({
  id: 'message.send',
  methods: ['POST'],
  path: '/messages',
  from: ['json'],
  summary: {
    en: 'Send a message to whoever registered a mobile',
    zh: '向登记了某个手机号的人发送消息',
  },
  credential: 'eid, live',
  input: sendInput,
  later: optionalFields,
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    msgid: Int64,
    msgid_str: z.string(),
  }),
  refusals: [100010, 100012, 100013, 100016, 100015, 100014, 100011, 100031, 100032],
  example: {
    input: {
      mobile: '138 0013 8000',
      message: '欢迎加入，请完成入职登记',
      name: '王小雨',
      email: 'w@example.com',
      keywords: { keyword1: '王小雨' },
      url: 'https://hr.example.com/t/1',
      client_msg_id: 'order-17',
    },
    after: [{ call: 'association.create', input: { mobile: '13800138000' } }],
  },
  async before(call) {
    const checked = await checkSend(call)
    if (isRefusal(checked)) return checked
    if (!('kind' in checked)) return deliver(call, checked)
    const { eid } = call.caller.account
    call.concern({ eid, mobile: call.input.mobile })
    return checked.kind === 'repeat' ? repeatedAnswer(checked.row) : pending<SendState>(checked)
  },
  async outside(state: SendState, engine) {
    if (state.kind === 'remote') return sendRemotely(state, engine)
    await waitForOther(state, engine)
    return undefined
  },
  async after(call, state, result) {
    if (state.kind === 'other') return answerOther(call, state)
    if (!result) throw new Error('a remote send came back without a result')
    return concludeRemote(call, state, result)
  },
  refusalWrites: keepRefused,
})

/** Everything before the association, in the contract's order. */
async function checkSend(
  call: SendCall,
): Promise<MessageDraft | Refusal | { kind: 'repeat'; row: MessageRow } | OtherSend> {
  const { input, steps } = call
  const client_msg_id = input.client_msg_id ?? null
  steps.push('mobile.valid', 'message.valid')
  if (input.message.folded) steps.push({ rule: 'message.folded', expected: 'a single line' })
  const repeat = await checkRepeat(call, client_msg_id)
  if (repeat.kind !== 'new') return repeat
  const optional = readOptional(call)
  if (isRefusal(optional)) return optional
  steps.push('keywords.known')
  const { body_hash, forgets } = repeat
  return {
    mobile: input.mobile,
    text: input.message.text,
    client_msg_id,
    body_hash,
    forgets,
    ...optional,
  }
}

async function deliver(call: SendCall, draft: MessageDraft): Promise<Outcome | Pending<SendState>> {
  const { world, caller } = call
  const { account, gateway, facts } = caller
  const magic = findMagic(world, draft.mobile)
  if (magic) return answerMagic(call, draft, magic)
  const appid = account.appid ?? ''
  const recipient = await findRecipient(call, draft)
  if (!recipient) {
    const fix = {
      call: 'association.create',
      input: { account: eidOf(account), mobile: draft.mobile },
    }
    return refuse(100011, {
      rule: 'association.known',
      actual: draft.mobile,
      expected: 'a registered mobile',
      fix,
    })
  }
  call.steps.push('association.known')
  const { openid } = recipient
  if (gateway.kind === 'remote') {
    call.concern({ appid, openid })
    return pending<SendState>(await beginRemote(call, gateway, draft, recipient))
  }
  const send = composeSend({ draft, account, recipient, facts, now: world.now })
  const answer = await sendLocally(call, appid, send)
  if (isRefusal(answer)) {
    call.concern({ appid, openid })
    return answer
  }
  await keepMessage(call, draft, acceptedEnd(openid, answer.msgid, answer.receipt))
  return accepted(answer.msgid)
}

/** Whoever registered the mobile, by the name that the platform gives, else by the one that they gave. */
async function findRecipient(
  { db, world, caller }: SendCall,
  draft: MessageDraft,
): Promise<Recipient | undefined> {
  const at = { epoch: world.epoch, appid: caller.account.appid ?? '' }
  const openid = await findOpenid(db, { ...at, mobile: draft.mobile })
  if (openid === undefined) return undefined
  if (draft.name !== '') return { openid, name: draft.name }
  const association = await findAssociationOf(db, { ...at, openid })
  return { openid, name: association?.name ?? '' }
}
