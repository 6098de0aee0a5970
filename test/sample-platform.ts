import type { Account, SendAnswer } from './platform.ts'
import type { Answer } from './sim.ts'

/** How a platform behaves when a message did not get through by WeChat; all but the first do something wrong. */
export const habits = [
  'falls back once',
  'never falls back',
  'falls back twice',
  'falls back although it was accepted',
  'falls back too late',
  'falls back on a failed receipt alone',
  'falls back before it tries again',
  'takes silence for a no',
  'takes what it does not know for a yes',
  'hears every callback',
  'takes callbacks for those of its sends in turn',
] as const
export type Habit = (typeof habits)[number]

/** Whom it notifies, as an HR system knows them. */
export interface Hire {
  readonly mobile: string
  readonly email?: string
}

interface Notice extends Hire {
  readonly message: string
  readonly client_msg_id: string
  readonly msgid_str: string | undefined
}

/** What TUPU tells of a message, as far as the platform reads it. */
interface Event {
  readonly event_id: string
  readonly msgid_str: string
  readonly state: 'delivered' | 'failed'
}

/** A call, of whose answer the platform reads the text. */
type Http = (method: string, path: string, body?: unknown) => Promise<Pick<Answer, 'text'>>

/** A send is asked for so often, as long as WeChat is busy or nothing is heard. */
const tries_max = 3
/** WeChat's end is not known. */
const unknown_codes = [100031, 100032]

/**
 * A small platform as a customer has one: it sends by TUPU, and by SMS what did not get through. It stands in a world of its
 * own and knows nothing of the simulator but two addresses.
 */
export class SamplePlatform {
  readonly #http: Http
  readonly #base: string
  readonly #eid: string
  readonly #habit: Habit
  readonly #patience_ms: number
  #sends = 0
  readonly #accepted: Notice[] = []
  readonly #owed: Notice[] = []
  readonly #heard = new Set<string>()

  constructor(of: {
    http: Http
    world: string
    account: Pick<Account, 'eid'>
    habit?: Habit
    /** How long it waits for an answer, in real time. */
    patience_ms?: number
  }) {
    this.#http = of.http
    this.#base = `/w/${of.world}`
    this.#eid = of.account.eid
    this.#habit = of.habit ?? 'falls back once'
    this.#patience_ms = of.patience_ms ?? 10_000
  }

  /** Tells somebody something: by WeChat, else as its habit is. */
  async notifies(hire: Hire, message: string): Promise<void> {
    this.#sends += 1
    const client_msg_id = `notice-${this.#sends}`
    const asked = { ...hire, message, client_msg_id, msgid_str: undefined }
    const end = await this.#send(asked)
    const notice = { ...asked, msgid_str: end.msgid_str }
    if (end.isAccepted) {
      this.#accepted.push(notice)
      if (this.#habit === 'falls back although it was accepted') await this.#fallBack(notice)
    } else if (this.#habit !== 'falls back on a failed receipt alone') await this.#mustReach(notice)
  }

  /** Looks what became of what was accepted. */
  async looksAgain(): Promise<void> {
    for (const notice of this.#accepted.splice(0)) {
      const { fall_back } = await this.#lookUp(`/${notice.msgid_str}?`)
      const isDone = this.#habit === 'falls back although it was accepted'
      if (fall_back && !isDone) await this.#mustReach(notice)
    }
  }

  /** Is told what became of a message. */
  async hears({ event_id, msgid_str, state }: Event): Promise<void> {
    if (this.#heard.has(event_id) && this.#habit !== 'hears every callback') return
    this.#heard.add(event_id)
    const inTurn = this.#habit === 'takes callbacks for those of its sends in turn'
    const notice = inTurn
      ? this.#accepted.shift()
      : this.#accepted.find((one) => one.msgid_str === msgid_str)
    if (notice && state === 'failed') await this.#mustReach(notice)
  }

  /** Sends what it has put off. */
  async catchesUp(): Promise<void> {
    for (const notice of this.#owed.splice(0)) await this.#fallBack(notice)
  }

  /** Repeats under the same client_msg_id what may get through then, and looks up what it does not know in the end. */
  async #send(notice: Notice): Promise<{ isAccepted: boolean; msgid_str?: string | undefined }> {
    let answer: SendAnswer | undefined
    for (let tries = 0; tries < tries_max; tries += 1) {
      answer = await this.#ask(notice)
      if (answer && answer.errcode !== -1) break
      if (!answer && this.#habit === 'takes silence for a no') return { isAccepted: false }
      if (tries === 0 && this.#habit === 'falls back before it tries again')
        await this.#fallBack(notice)
    }
    if (answer && !unknown_codes.includes(answer.errcode))
      return { isAccepted: answer.errcode === 0, msgid_str: answer.msgid_str }
    if (this.#habit === 'takes what it does not know for a yes') return { isAccepted: true }
    const { fall_back, msgid_str } = await this.#lookUp(`?client_msg_id=${notice.client_msg_id}&`)
    return { isAccepted: fall_back === false, msgid_str }
  }

  /** Undefined: no answer came, or not in time. */
  async #ask({ mobile, email, message, client_msg_id }: Notice): Promise<SendAnswer | undefined> {
    const body = { eid: this.#eid, mobile, email, message, client_msg_id }
    const asked = this.#http('POST', `${this.#base}/tupu/v1/messages`, body)
    const late = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => late.resolve(undefined), this.#patience_ms)
    try {
      const answer = await Promise.race([asked, late.promise])
      return answer && JSON.parse(answer.text)
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  async #lookUp(which: string): Promise<{ fall_back?: boolean | null; msgid_str?: string }> {
    const path = `${this.#base}/tupu/v1/messages${which}eid=${this.#eid}`
    return JSON.parse((await this.#http('GET', path)).text)
  }

  async #mustReach(notice: Notice): Promise<void> {
    if (this.#habit === 'never falls back') return
    if (this.#habit === 'falls back too late') {
      this.#owed.push(notice)
      return
    }
    await this.#fallBack(notice)
    if (this.#habit === 'falls back twice') await this.#fallBack(notice)
  }

  async #fallBack({ mobile, message }: Notice): Promise<void> {
    await this.#http('POST', `${this.#base}/sink/sms`, { to: mobile, text: message })
  }
}
