import type { Outgoing, OutgoingAnswer, OutgoingRequest } from '../../core/outgoing.ts'
import type { XmlField } from '../../core/xml.ts'
import { realNow, sleep, toUnixSeconds } from '../../world/clock.ts'
import { deriveBase62, deriveBase64url, deriveHex, randomName } from '../../world/seed.ts'
import { decrypt, encrypt, type ServerSecrets, signatureOf } from '../push/crypto.ts'
import { nonceOf } from '../push/job.ts'
import { type PassiveReply, readReply, type ServerMode } from '../push/reply.ts'
import {
  type PushProof,
  type PushRequest,
  push_headers,
  pushRequest,
  verificationUrl,
} from '../push/request.ts'

/** A platform's handler of pushes, and what it was configured with. */
export interface Target extends ServerSecrets {
  readonly url: string
  readonly mode: ServerMode
  /** Real milliseconds within which it must answer. */
  readonly answer_ms: number
  readonly outgoing: Outgoing
}

/** One answer, and what WeChat makes of it. Undefined: there is none. */
export interface Came {
  readonly answer: OutgoingAnswer
  readonly reply: PassiveReply | undefined
  readonly text: string
}

/** What is said, and how it is sent otherwise than WeChat does. */
export interface Sent {
  readonly fields: readonly XmlField[]
  /** Unix seconds; now unless told. */
  readonly created?: number
  readonly openid?: string
  /** Milliseconds by which the signature is older than now. */
  readonly old_ms?: number
  /** What it is encrypted for, where that is somebody else. */
  readonly appid?: string
  /** Changes the request before it goes out. */
  readonly twist?: (request: PushRequest, proof: PushProof) => PushRequest
}

const answer_bytes_max = 65_536
const settle_tries_max = 10
/** Real milliseconds between two tries. */
const settle_ms = 50

/** Sends to a handler as WeChat does, unless it is told otherwise; every nonce, MsgId and openid is new. */
export class Handler {
  readonly target: Target
  readonly openid: string
  /** Nobody takes connections there: nothing else can be found out. */
  isGone = false
  /** It has answered a text as WeChat wants it: after an attack it must again. */
  isSound = false
  #isReset = false
  readonly #source = { world: 'check-push', seed: randomName() }
  readonly #original_id: string
  #count = 0

  constructor(target: Target) {
    this.target = target
    this.openid = this.newOpenid()
    this.#original_id = `gh_${this.hex().slice(0, 12)}`
  }

  /** 64 digits that nobody has seen before. */
  hex(): string {
    this.#count++
    return deriveHex(this.#source, 'drawn', this.#count)
  }

  /** A person whom the handler does not know. */
  newOpenid(): string {
    return `o${deriveBase64url(27, this.#source, 'openid', this.hex())}`
  }

  /** Nineteen digits, as messages have. */
  newMsgId(): string {
    return String(7_000_000_000_000_000_000n + BigInt(`0x${this.hex().slice(0, 12)}`))
  }

  proof(old_ms = 0): PushProof {
    return {
      timestamp: String(toUnixSeconds(realNow() - old_ms)),
      nonce: nonceOf(this.hex()),
      random: deriveBase62(16, this.#source, 'random', this.hex()),
    }
  }

  /** Asks for the text that proves whose server it is. `twist` changes the address. */
  async verify(echostr: string, twist = (url: string) => url): Promise<Came> {
    const { url, token } = this.target
    const address = twist(verificationUrl(url, token, { ...this.proof(), echostr }))
    return this.#came(await this.#send({ url: address, method: 'GET', headers: push_headers }))
  }

  async push({ fields, twist, ...sent }: Sent): Promise<Came> {
    const { url, token, aes_key, mode, appid } = this.target
    const { openid = this.openid, old_ms, created = toUnixSeconds(realNow()) } = sent
    const proof = this.proof(old_ms)
    const content = { original_id: this.#original_id, openid, created, fields }
    const secrets = { token, aes_key, mode, appid: sent.appid ?? appid }
    const made = pushRequest(url, secrets, content, proof)
    const request = twist ? twist(made, proof) : made
    const answer = await this.#send({ method: 'POST', ...request })
    return this.#came(answer, openid)
  }

  /**
   * A process that a push has ended may take one more connection on its way out, and the next push would be blamed for it:
   * whoever broke off the last connection is asked again until it answers or takes none.
   */
  async settle(): Promise<void> {
    for (let tries = 0; this.#isReset && tries < settle_tries_max; tries++) {
      await sleep(settle_ms)
      await this.verify(this.hex())
    }
  }

  /** The same request around another cipher text, with a signature that is right for it. */
  sealed(request: PushRequest, { timestamp, nonce }: PushProof, encrypted: string): PushRequest {
    const msg_signature = signatureOf(this.target.token, timestamp, nonce, encrypted)
    return {
      ...request,
      url: request.url.replace(/msg_signature=[\da-f]+/, `msg_signature=${msg_signature}`),
      body: request.body.replace(
        /<Encrypt>.*<\/Encrypt>/s,
        `<Encrypt><![CDATA[${encrypted}]]></Encrypt>`,
      ),
    }
  }

  /** The same request with other XML: what is in clear, and what is hidden. */
  rewritten(request: PushRequest, proof: PushProof, rewrite: (xml: string) => string): PushRequest {
    const clear = { ...request, body: rewrite(request.body) }
    const [, cipher] = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/s.exec(request.body) ?? []
    if (cipher === undefined) return clear
    const read = decrypt(this.target, cipher)
    const inner = 'text' in read ? read.text : ''
    return this.sealed(clear, proof, encrypt(this.target, rewrite(inner), proof.random))
  }

  async #send(request: Omit<OutgoingRequest, 'timeoutMs'>): Promise<OutgoingAnswer> {
    const { outgoing, answer_ms: timeoutMs } = this.target
    const answer = await outgoing({ ...request, timeoutMs, maxBytes: answer_bytes_max })
    this.isGone = !answer.ok && ['connect', 'dns', 'forbidden_address'].includes(answer.failure)
    this.#isReset = !answer.ok && answer.failure === 'reset'
    // The timer and the clock differ by a millisecond at times.
    const isLate = !answer.ok && answer.failure === 'timeout'
    return isLate ? { ...answer, elapsedMs: Math.max(answer.elapsedMs, timeoutMs) } : answer
  }

  #came(answer: OutgoingAnswer, openid = this.openid): Came {
    const text = answer.ok ? Buffer.from(answer.body).toString() : ''
    const whose = { ...this.target, original_id: this.#original_id, openid, isMessage: true }
    return { answer, text, reply: answer.ok ? readReply(text, whose) : undefined }
  }
}

const shown_length_max = 100

/** What came, in a few words. */
export function wordsOf({ answer, text, reply }: Came): string {
  if (!answer.ok) return `no answer: ${answer.failure}: ${answer.detail}`
  if (reply?.kind === 'message' && answer.status < 300)
    return `${answer.status} with a reply: ${shortened(JSON.stringify(reply.content))}`
  return `${answer.status} ${shortened(JSON.stringify(text))}`
}

function shortened(text: string): string {
  return text.length > shown_length_max ? `${text.slice(0, shown_length_max)}…` : text
}

/** Why WeChat does not take an answer for a good one; undefined: it does. */
export function whyBad({ answer, reply }: Came): string | undefined {
  if (!answer.ok) return `no answer: ${answer.failure}: ${answer.detail}`
  if (answer.status < 200 || answer.status > 299) return `a status of ${answer.status}`
  return reply?.kind === 'illegal' ? `a body that WeChat cannot read: ${reply.reason}` : undefined
}
