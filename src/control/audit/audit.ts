/** A send, as far as it says whether somebody must be reached in another way. */
export interface Send {
  /** E.164. */
  readonly mobile: string
  /** WeChat or TUPU refused it, it failed later, or nobody knows: the platform must fall back. */
  readonly needs: boolean
  /** When the platform first asked for it: what came before is no fall-back of it. */
  readonly begun_at: number
  /** Since when it needs one: its answer, or its receipt. */
  readonly since: number
}

/** An SMS or e-mail. */
export interface FallBack {
  readonly channel: 'sms' | 'email'
  /** Whose it is: of an e-mail those to whom the address belongs. */
  readonly mobiles: readonly string[]
  readonly at: number
}

/** A send, and what came because of it. */
export interface Judged<S, F> {
  readonly send: S
  readonly contacts: F[]
}

export interface Verdict<S, F> {
  /** Nothing came, and it is too late for it. */
  readonly lost: readonly Judged<S, F>[]
  /** WeChat has accepted it, and something came besides; or it was served, and the same came again. */
  readonly double: readonly Judged<S, F>[]
  /** Something came, and too late. */
  readonly late: readonly Judged<S, F>[]
  /** Nothing came, and it is not too late. */
  readonly pending: readonly Judged<S, F>[]
}

/** How soon a fall-back must come, where nothing is said. */
export const within_usual_ms = 60_000

/** Whether a platform has fallen back wherever it must, and nowhere else. */
export function audit<S extends Send, F extends FallBack>(
  sends: readonly S[],
  fallBacks: readonly F[],
  { now, within }: { readonly now: number; readonly within: number },
): Verdict<S, F> {
  const cases = assign(sends, fallBacks, within)
  const open = cases.filter(({ send, contacts }) => send.needs && contacts.length === 0)
  return {
    lost: open.filter(({ due_at }) => now >= due_at),
    double: cases.filter(({ isDouble }) => isDouble),
    late: cases.filter(({ isLate }) => isLate),
    pending: open.filter(({ due_at }) => now < due_at),
  }
}

/**
 * What came because of which send. One fall-back serves one send of its mobile: the one whose time is over next, else the one
 * that waits for longest. What serves none is one too many.
 */
export function assign<S extends Send, F extends FallBack>(
  sends: readonly S[],
  fallBacks: readonly F[],
  within: number,
): readonly Case<S, F>[] {
  const cases = sends.map((send) => new Case<S, F>(send, send.since + within))
  const queues = new Map<string, Queue<S, F>>()
  for (const [mobile, own] of Map.groupBy(cases, ({ send }) => send.mobile))
    queues.set(mobile, new Queue(own))
  for (const fallBack of fallBacks.toSorted((a, b) => a.at - b.at)) {
    const own = fallBack.mobiles.flatMap((mobile) => queues.get(mobile) ?? [])
    for (const queue of own) queue.begin(fallBack.at)
    const open = own.find((queue) => queue.hasOpen) ?? own[0]
    open?.take(fallBack)
  }
  return cases
}

class Case<S extends Send, F extends FallBack> implements Judged<S, F> {
  readonly contacts: F[] = []
  readonly send: S
  readonly due_at: number
  isDouble = false

  constructor(send: S, due_at: number) {
    this.send = send
    this.due_at = due_at
  }

  get isLate(): boolean {
    const [first] = this.contacts
    return this.send.needs && first !== undefined && first.at > this.due_at
  }
}

/** The sends of one mobile, as time goes by. */
class Queue<S extends Send, F extends FallBack> {
  readonly #coming: Case<S, F>[]
  /** Those that nothing has served yet, by when their time is over. */
  readonly #open: Case<S, F>[] = []
  /** Those that WeChat has accepted, and nothing came for, the latest last. */
  readonly #accepted: Case<S, F>[] = []
  /** The latest that something came for. */
  #met: Case<S, F> | undefined

  constructor(cases: readonly Case<S, F>[]) {
    this.#coming = cases.toSorted((a, b) => b.send.begun_at - a.send.begun_at)
  }

  get hasOpen(): boolean {
    return this.#open.length > 0
  }

  /** Those that were sent until then. */
  begin(at: number): void {
    for (
      let next = this.#coming.at(-1);
      next && next.send.begun_at <= at;
      next = this.#coming.at(-1)
    ) {
      this.#coming.pop()
      if (!next.send.needs) this.#accepted.push(next)
      else this.#open.splice(firstDue(this.#open, next.due_at), 0, next)
    }
  }

  take(fallBack: F): void {
    const inTime = firstDue(this.#open, fallBack.at)
    const [served] = this.#open.splice(inTime < this.#open.length ? inTime : 0, 1)
    if (served) {
      served.contacts.push(fallBack)
      this.#met = served
    } else this.#takeOneTooMany(fallBack)
  }

  /** It belongs to the latest send. A fall-back may be an SMS and an e-mail; what comes long after it has reasons of its own. */
  #takeOneTooMany(fallBack: F): void {
    const met = this.#met
    const accepted = this.#accepted.at(-1)
    const isLatest = met && met.send.begun_at >= (accepted?.send.begun_at ?? 0)
    const isOther = !met?.contacts.some(({ channel }) => channel === fallBack.channel)
    if (isLatest && met.send.needs && (isOther || !accepted)) {
      if (fallBack.at > met.due_at) return
      met.contacts.push(fallBack)
      met.isDouble ||= !isOther
      return
    }
    const doubled = this.#accepted.pop() ?? (met?.send.needs ? undefined : met)
    if (!doubled) return
    doubled.contacts.push(fallBack)
    doubled.isDouble = true
    this.#met = doubled
  }
}

/** The place of the first that is due then or later, in a list in the order of that. */
function firstDue(cases: readonly { readonly due_at: number }[], at: number): number {
  let [low, high] = [0, cases.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cases[middle]?.due_at ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}
