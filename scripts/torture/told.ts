import type { Findings } from './order.ts'
import { type Answer, isJson, type World } from './world.ts'

/** What a platform was told, and relies on. */
export class Told {
  /** The text of every message that was accepted, and its msgid. */
  readonly accepted = new Map<string, string>()
  /** The msgid that a client_msg_id was answered with first. */
  readonly named = new Map<string, string>()
  /** How many answers there were, by status. */
  readonly statuses = new Map<number, number>()
  readonly #findings: Findings
  /** Accepted, and not yet asked for again. */
  #fresh: string[] = []

  constructor(findings: Findings) {
    this.#findings = findings
  }

  note(body: { message: string; client_msg_id?: string }, answer: Answer): void {
    const { status, errcode, msgid } = answer
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
    if (errcode !== 0 || msgid === undefined) return
    const { client_msg_id } = body
    const before = client_msg_id && this.named.get(client_msg_id)
    this.#findings.promise(
      'one client_msg_id is answered with one msgid',
      before === undefined || before === msgid,
      { client_msg_id, before, msgid },
    )
    if (client_msg_id) this.named.set(client_msg_id, msgid)
    if (before !== undefined) return
    this.accepted.set(body.message, msgid)
    this.#fresh.push(msgid)
  }

  /** Asks for every message that was accepted since the last time. */
  async findFresh(world: World): Promise<void> {
    const msgids = this.#fresh
    this.#fresh = []
    const lines = Array.from({ length: 8 }, async () => {
      for (let msgid = msgids.pop(); msgid !== undefined; msgid = msgids.pop()) {
        const { errcode, status } = await world.find(msgid)
        const promised = 'an accepted send is found by its msgid'
        this.#findings.promise(promised, errcode === 0, { msgid, errcode, status })
      }
    })
    await Promise.all(lines)
  }

  /** Reads the whole world: what was accepted is there once, and messages and journal tell the same. */
  async compare(world: World): Promise<{ messages: number; exchanges: number }> {
    const messages = await world.messages()
    const { items: exchanges, dropped } = await world.exchanges()
    const { promise } = this.#bound()
    const [texts, named, msgids] = [messages, messages, messages].map(
      () => new Map<string, number>(),
    )
    const count = (map: Map<string, number> | undefined, key: string | null) =>
      key === null ? undefined : map?.set(key, (map.get(key) ?? 0) + 1)
    for (const { text, client_msg_id, msgid_str } of messages) {
      count(texts, text)
      count(named, client_msg_id)
      count(msgids, msgid_str)
    }
    for (const [text, msgid] of this.accepted) {
      promise('an accepted send is listed once', texts?.get(text) === 1, { text, msgid })
      promise('a msgid is one message', msgids?.get(msgid) === 1, { text, msgid })
    }
    for (const [name, n] of named ?? []) promise('a client_msg_id is one message', n === 1, name)
    const sends = exchanges.filter(({ endpoint }) => endpoint === 'message.send')
    if (dropped === 0) {
      const traces = new Set(sends.map(({ trace }) => trace))
      for (const { trace, text } of messages)
        promise('a message has its exchange in the journal', traces.has(trace), { trace, text })
    }
    for (const { trace, answer } of sends) {
      const { errcode, msgid_str } = isJson(answer.body) ? JSON.parse(answer.body) : {}
      const isThere = errcode !== 0 || msgids?.get(msgid_str) === 1
      promise('an accepted send of the journal has its message', isThere, { trace, msgid_str })
    }
    return { messages: messages.length, exchanges: exchanges.length + dropped }
  }

  #bound() {
    return { promise: this.#findings.promise.bind(this.#findings) }
  }
}
