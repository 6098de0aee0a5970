import { hash } from 'node:crypto'
import { countSend } from '../../../db/official-account.ts'
import type { FollowerRow, OfficialAccountRow } from '../../../db/schema.ts'
import { findClientTemplateMessage, insertTemplateMessage } from '../../../db/template-message.ts'
import type { Call } from '../../core/call.ts'
import { isCleanText } from '../../core/request.ts'
import { beijingDay } from '../../world/clock.ts'
import { makeMsgid } from '../msgid.ts'
import { type Receipt, receiptOf } from '../receipt.ts'
import { keywordsByName, renderTemplate } from '../template-content.ts'
import type { Checked, SendCall, SendInput } from './check.ts'

/** A client's own id stands for one message to one openid for so long. */
const client_msg_id_ms = 600_000
/** A longer one is kept as its hash. */
const client_msg_id_length_max = 64

/** What WeChat says of a message that it accepted; `receipt`: what it tells later, where it tells it at once. */
export interface Sent {
  readonly msgid: string
  readonly receipt: Receipt | null
}

/** Accepts a message, unless the client's own id says that it is one of the last ten minutes. */
export async function acceptOnce(
  call: SendCall,
  send: Pick<SendInput, 'url' | 'client_msg_id'>,
  checked: Checked,
): Promise<Sent> {
  const client_msg_id = ownId(send.client_msg_id)
  const url = ownText(send.url) ?? ''
  if (client_msg_id === null) return accept(call, checked, { client_msg_id, url })
  const earlier = await findEarlier(call, checked.follower, client_msg_id)
  if (earlier !== undefined) return earlier
  const msgid = await drawMsgid(call, call.caller.account)
  // Another replica may have accepted it meanwhile; from the drawing on nobody else does at this account.
  const meanwhile = await findEarlier(call, checked.follower, client_msg_id)
  return meanwhile ?? accept(call, checked, { client_msg_id, url, msgid })
}

async function findEarlier(
  call: SendCall,
  { openid }: FollowerRow,
  client_msg_id: string,
): Promise<Sent | undefined> {
  const { db, world } = call
  const earlier = await findClientTemplateMessage(db, {
    epoch: world.epoch,
    openid,
    client_msg_id,
  })
  if (!earlier || world.now - earlier.accepted_at >= client_msg_id_ms) return undefined
  call.steps.push({ rule: 'client_msg_id.repeated', row: { msgid: earlier.msgid } })
  return { msgid: earlier.msgid, receipt: null }
}

async function accept(
  call: SendCall,
  { follower, template, data }: Checked,
  own: { client_msg_id: string | null; url: string; msgid?: string },
): Promise<Sent> {
  const { db, world, caller } = call
  const { account } = caller
  const shown = renderTemplate({ content: template.content, data, rules: account.rules })
  const msgid = own.msgid ?? (await drawMsgid(call, account))
  const receipt = receiptOf(account, follower, world.now)
  await insertTemplateMessage(db, {
    epoch: world.epoch,
    msgid,
    appid: account.appid,
    openid: follower.openid,
    template_id: template.template_id,
    title: template.title,
    shown: JSON.stringify({ line: shown.line, keywords: keywordsByName(shown.keywords) }),
    url: own.url,
    on_phone: follower.state === 'blocking' ? 0 : 1,
    accepted_at: world.now,
    client_msg_id: own.client_msg_id,
    ...receipt,
  })
  if (receipt.due_at !== null) call.engine.wake(world.world, receipt.due_at)
  return { msgid, receipt: receipt.receipt }
}

/** The next msgid of an official account. */
export async function drawMsgid(
  call: Pick<Call, 'db' | 'world'>,
  account: OfficialAccountRow,
): Promise<string> {
  const { db, world } = call
  const { life } = await countSend(db, {
    epoch: world.epoch,
    appid: account.appid,
    day: beijingDay(world.now),
  })
  return makeMsgid({ now: world.now, n: life, ordinal: account.n })
}

function ownText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && isCleanText(value) ? value : null
}

/** A client's own id as it is kept: no limit of it is known, but a database's index has one. */
function ownId(value: unknown): string | null {
  const text = ownText(value)
  return text !== null && text.length > client_msg_id_length_max ? hash('sha256', text) : text
}
