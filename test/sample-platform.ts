import type { Account, SendAnswer } from './platform.ts'
import type { Http } from './sim.ts'

/** How a platform behaves when a message did not get through by WeChat; all but the first do something wrong. */
export const habits = [
  'falls back once',
  'never falls back',
  'falls back twice',
  'falls back although it was accepted',
  'falls back too late',
  'falls back on a failed receipt alone',
] as const
export type Habit = (typeof habits)[number]

/** Whom it notifies, as an HR system knows them. */
export interface Hire {
  readonly mobile: string
  readonly email?: string
}

interface Notice extends Hire {
  readonly message: string
  readonly msgid_str: string | undefined
}

/**
 * A small platform as a customer has one: it sends by TUPU, and by SMS what did not get through. It stands in a world of its
 * own and knows nothing of the simulator but two addresses.
 */
export class SamplePlatform {
  readonly #http: Http
  readonly #base: string
  readonly #eid: string
  readonly #habit: Habit
  readonly #accepted: Notice[] = []
  readonly #owed: Notice[] = []

  constructor(of: { http: Http; world: string; account: Account; habit?: Habit }) {
    this.#http = of.http
    this.#base = `/w/${of.world}`
    this.#eid = of.account.eid
    this.#habit = of.habit ?? 'falls back once'
  }

  /** Tells somebody something: by WeChat, else as its habit is. */
  async notifies(hire: Hire, message: string): Promise<void> {
    const body = { eid: this.#eid, ...hire, message }
    const { text } = await this.#http('POST', `${this.#base}/tupu/v1/messages`, body)
    const { errcode, msgid_str }: SendAnswer = JSON.parse(text)
    const notice = { ...hire, message, msgid_str }
    if (errcode === 0) {
      this.#accepted.push(notice)
      if (this.#habit === 'falls back although it was accepted') await this.#fallBack(notice)
    } else if (this.#habit !== 'falls back on a failed receipt alone') await this.#mustReach(notice)
  }

  /** Looks what became of what was accepted. */
  async looksAgain(): Promise<void> {
    for (const notice of this.#accepted.splice(0)) {
      const path = `${this.#base}/tupu/v1/messages/${notice.msgid_str}?eid=${this.#eid}`
      const { text } = await this.#http('GET', path)
      const { fall_back }: { fall_back: boolean | null } = JSON.parse(text)
      const isDone = this.#habit === 'falls back although it was accepted'
      if (fall_back && !isDone) await this.#mustReach(notice)
    }
  }

  /** Sends what it has put off. */
  async catchesUp(): Promise<void> {
    for (const notice of this.#owed.splice(0)) await this.#fallBack(notice)
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
