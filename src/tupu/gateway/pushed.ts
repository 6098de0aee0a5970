import { isUtf8 } from 'node:buffer'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { ReceiptEvent } from '../../core/event.ts'
import { childOf, readXml, textIn, type XmlElement } from '../../core/xml.ts'
import { decrypt, isSignature } from '../../wechat/push/crypto.ts'
import type { StepFacts } from '../../world/step.ts'
import { gatewayOf } from './config.ts'

/** By what pushes of an account's WeChat are known. `aes_key` null: none is known, and what is encrypted cannot be read. */
export interface PushSecrets {
  readonly appid: string
  readonly token: string
  readonly aes_key: string | null
}

/** As the gateway's settings say, or our own WeChat. Undefined: the account has no token. */
export function pushSecretsOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
): PushSecrets | undefined {
  const gateway = gatewayOf(account)
  if (gateway.kind === 'local')
    return account.appid === null ? undefined : findOfficialAccount(db, world.epoch, account.appid)
  const { appid, token, aes_key = null } = gateway
  return token === undefined ? undefined : { appid, token, aes_key }
}

/** Parameters by which WeChat proves a look or a push; empty where they are missing. */
export interface PushProof {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
  readonly encrypt_type: string
  readonly msg_signature: string
}

/** Whether a look or a push comes from whoever knows the token. */
export function isProven(proof: PushProof, { token }: PushSecrets): boolean {
  return isSignature(proof.signature, token, proof.timestamp, proof.nonce)
}

/** What was pushed, as far as TUPU looks at it. */
export interface Pushed {
  readonly openid: string
  /** Of an event its name, of a message its type; as WeChat spells them. */
  readonly event: string
  /** Of TEMPLATESENDJOBFINISH alone. */
  readonly receipt?: { readonly msgid: string; readonly status: string }
}

/** Reads a push that is proven: in clear, or what is encrypted in it, beside its clear form too: that alone is signed with its content. */
export function readPushed(
  body: Buffer,
  proof: PushProof,
  secrets: PushSecrets,
): Pushed | StepFacts {
  const root = isUtf8(body) ? xmlOf(body.toString('utf8')) : 'the body is no UTF-8'
  if (typeof root === 'string') return unreadable(root)
  const encrypted = childOf(root, 'Encrypt')?.text.trim()
  if (encrypted === undefined) {
    const isMissing = proof.encrypt_type === 'aes'
    return isMissing ? unreadable('it has no Encrypt') : pushedIn(root)
  }
  const { appid, aes_key, token } = secrets
  if (!isSignature(proof.msg_signature, token, proof.timestamp, proof.nonce, encrypted)) {
    const expected = 'SHA-1 over token, timestamp, nonce and Encrypt'
    return { rule: 'pushed.msg_signature', actual: proof.msg_signature, expected }
  }
  if (aes_key === null) return unreadable('it is encrypted, and the gateway has no aes_key')
  const read = decrypt({ ...secrets, aes_key }, encrypted)
  if ('fault' in read) {
    const isForAnother = read.code === wrong_appid
    return isForAnother
      ? { rule: 'pushed.appid', actual: read.fault, expected: appid }
      : unreadable(`${read.fault} (${read.code})`)
  }
  const inner = xmlOf(read.text)
  return typeof inner === 'string' ? unreadable(`what it hides: ${inner}`) : pushedIn(inner)
}

/** Whom something says to be of that is refused: nobody has proven it, and it stands in the journal all the same. */
export function claimedOpenids(
  body: Buffer,
  { openid }: Readonly<Record<string, string>>,
  secrets: Partial<PushSecrets>,
): string[] {
  const root = isUtf8(body) ? xmlOf(body.toString('utf8')) : undefined
  const element = typeof root === 'object' ? root : undefined
  const encrypted = element && childOf(element, 'Encrypt')?.text.trim()
  const { appid, aes_key } = secrets
  const read =
    encrypted && appid && aes_key ? decrypt({ appid, aes_key, token: '' }, encrypted) : undefined
  const inner = read && 'text' in read ? xmlOf(read.text) : undefined
  const named = [element, typeof inner === 'object' ? inner : undefined].map((one) =>
    one ? textIn(one, 'FromUserName').trim() : '',
  )
  return [openid ?? '', ...named].filter((name) => name_form.test(name))
}

const wrong_appid = -40005

function unreadable(actual: string): StepFacts {
  return { rule: 'pushed.readable', actual, expected: readable }
}

const readable = 'the XML of a push, encrypted with the aes_key for the appid or in clear'

/** The element, or why there is none. */
function xmlOf(text: string): XmlElement | string {
  const root = readXml(text.trim())
  if ('fault' in root) return root.fault
  return root.name === 'xml' ? root : 'its element is not xml'
}

function pushedIn(root: XmlElement): Pushed | StepFacts {
  const of = (name: string) => textIn(root, name).trim()
  const openid = of('FromUserName')
  const type = of('MsgType')
  const event = type === 'event' ? of('Event') : type
  if (!name_form.test(openid)) return unreadable('FromUserName is no openid')
  if (!name_form.test(event)) return unreadable('it says neither an Event nor a MsgType')
  if (event !== 'TEMPLATESENDJOBFINISH') return { openid, event }
  const [msgid, status] = [of('MsgID'), of('Status')]
  if (!/^[1-9]\d{0,18}$/.test(msgid)) return unreadable('MsgID is no whole number')
  return { openid, event, receipt: { msgid, status: status.slice(0, status_length_max) } }
}

const name_form = /^[\w-]{1,64}$/
const status_length_max = 60

/** What a receipt says became of a message, blanks behind the colon or none; a failure that nobody has seen yet is the system's. Undefined: neither. */
export function statusOf(status: string): ReceiptEvent['status'] | undefined {
  const other = status.startsWith('failed') ? 'system_failed' : undefined
  return statuses.get(status.replace(/:\s*/, ':')) ?? other
}

const statuses: ReadonlyMap<string, ReceiptEvent['status']> = new Map([
  ['success', 'success'],
  ['failed:user block', 'user_block'],
  ['failed:system failed', 'system_failed'],
  ['failed:freq limit', 'freq_limit'],
])
