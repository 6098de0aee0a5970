import { writeIndentedXml, writeXml, type XmlField } from '../../core/xml.ts'
import { encrypt, type ServerSecrets, signatureOf } from './crypto.ts'
import type { ServerMode } from './reply.ts'

/** What is said once of a push, however often it is tried. */
export interface PushContent {
  /** The `gh_…` of the account. */
  readonly original_id: string
  readonly openid: string
  /** Unix seconds. */
  readonly created: number
  readonly fields: readonly XmlField[]
}

/** What is new at each try. `random`: 16 characters. */
export interface PushProof {
  readonly timestamp: string
  readonly nonce: string
  readonly random: string
}

/** One request to an account's server. */
export interface PushRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** As recorded. */
export const push_headers = {
  'User-Agent': 'Mozilla/4.0',
  Accept: '*/*',
  Pragma: 'no-cache',
} as const

/** What WeChat sends to an account's server: parameters and elements in the order in which they were recorded. */
export function pushRequest(
  url: string,
  { mode, ...secrets }: ServerSecrets & { readonly mode: ServerMode },
  content: PushContent,
  proof: PushProof,
): PushRequest {
  const { timestamp, nonce } = proof
  const { token } = secrets
  const query: [string, string][] = [
    ['signature', signatureOf(token, timestamp, nonce)],
    ['timestamp', timestamp],
    ['nonce', nonce],
    ['openid', content.openid],
  ]
  const headers = { ...push_headers, 'Content-Type': 'text/xml' }
  const fields = allFields(content)
  const plain = plainXml(content)
  if (mode === 'plain') return { url: withParameters(url, query), headers, body: plain }
  const encrypted = encrypt(secrets, plain, proof.random)
  query.push(
    ['encrypt_type', 'aes'],
    ['msg_signature', signatureOf(token, timestamp, nonce, encrypted)],
  )
  const shown = mode === 'compat' ? fields : fields.slice(0, 1)
  const body = writeIndentedXml([...shown, ['Encrypt', encrypted]])
  return { url: withParameters(url, query), headers, body }
}

/** What is pushed, in clear. */
export function plainXml(content: PushContent): string {
  return writeXml(allFields(content))
}

/** Every element of a push, in order. */
function allFields({ original_id, openid, created, fields }: PushContent): XmlField[] {
  return [
    ['ToUserName', original_id],
    ['FromUserName', openid],
    ['CreateTime', { bare: String(created) }],
    ...fields,
  ]
}

/** Where WeChat looks whether a server is the one that its operator says, and what it must answer. */
export function verificationUrl(
  url: string,
  token: string,
  { timestamp, nonce, echostr }: Omit<PushProof, 'random'> & { readonly echostr: string },
): string {
  return withParameters(url, [
    ['signature', signatureOf(token, timestamp, nonce)],
    ['echostr', echostr],
    ['timestamp', timestamp],
    ['nonce', nonce],
  ])
}

function withParameters(url: string, parameters: readonly (readonly [string, string])[]): string {
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  const [before = ''] = url.split('#')
  const at = before.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?'
  return `${before}${at}${query}`
}
