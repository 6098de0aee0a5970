import type { Running } from '../running.ts'
import { Unanswered } from './ask.ts'
import type { Dice } from './dice.ts'
import type { Findings } from './order.ts'
import { Told } from './told.ts'
import { World } from './world.ts'

const names = 40
/** The first of the mobiles that are registered on the way. */
const first_mobile = 13_700_000_000

interface Worlds {
  readonly main: World
  readonly other: World
}

/** Everything at once in two worlds, of which the second is reset now and then. */
export class Mixed {
  readonly told: Told
  answers = 0
  readonly #dice: Dice
  readonly #findings: Findings
  #n = 0
  /** Counts what begins and ends: what came before what. */
  #moment = 0
  readonly #others: { msgid: string; begun: number; ended: number }[] = []
  readonly #resets: { begun: number; ended: number | undefined }[] = []
  readonly #registered: string[] = []
  #asked = new Map<string, { message: string; client_msg_id: string }>()

  constructor(dice: Dice, findings: Findings) {
    this.#dice = dice
    this.#findings = findings
    this.told = new Told(findings)
  }

  async callUntilGone(running: Running, connections: number): Promise<void> {
    // Killed, perhaps, before it had made them.
    const worlds = await this.#orGone(open(running))
    if (!worlds) return
    const line = async () => {
      while (running.isAlive() && (await this.#orGone(this.#callOne(worlds)))) this.answers++
    }
    await Promise.all(Array.from({ length: connections }, line))
  }

  /** What was answered before the crash is asked for anew, and whatever was named is sent anew. */
  async lookAgain(running: Running): Promise<void> {
    const { main, other } = await open(running)
    await this.told.findFresh(main)
    for (const body of this.#asked.values()) this.told.note(body, await main.send(body))
    this.#asked = new Map()
    for (const mobile of this.#registered.splice(0)) {
      const { status } = await main.control('/associations', { body: { mobile } })
      this.#findings.promise('a registration that was answered is there', status === 200, mobile)
    }
    await this.#lookAtOther(other)
  }

  /** What comes of a call, or undefined: nobody answers any more. */
  async #orGone<T>(call: Promise<T>): Promise<T | undefined> {
    try {
      return await call
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      this.#findings.promise('no call hangs under load', !error.isHang, error.message)
      return undefined
    }
  }

  /** True: it was answered. */
  async #callOne(worlds: Worlds): Promise<true> {
    await this.#dice.weigh([
      [50, () => this.#send(worlds)],
      [25, () => this.#sendNamed(worlds)],
      [8, () => this.#register(worlds)],
      [8, () => this.#sendOther(worlds)],
      [4, () => this.#advance(worlds)],
      [1, () => this.#export(worlds)],
      [2, () => this.#reset(worlds)],
    ])()
    return true
  }

  async #send({ main }: Worlds): Promise<void> {
    const body = { message: `plain ${this.#n++}` }
    this.told.note(body, this.#good(await main.send(body)))
  }

  async #sendNamed({ main }: Worlds): Promise<void> {
    // Round by round: what is not new is asked for twice or more, also at once.
    const round = Math.floor(this.#n++ / (names * 4))
    const client_msg_id = `order-${round}-${this.#dice.between(1, names)}`
    const body = { message: `named ${client_msg_id}`, client_msg_id }
    this.#asked.set(client_msg_id, body)
    this.told.note(body, this.#good(await main.send(body)))
  }

  async #register({ main }: Worlds): Promise<void> {
    const mobile = String(first_mobile + this.#n++)
    const { status } = await main.control('/associations', { body: { mobile } })
    this.#findings.promise('a registration is answered', status === 201, status)
    if (status === 201) this.#registered.push(mobile)
  }

  async #sendOther({ other }: Worlds): Promise<void> {
    const begun = this.#moment++
    // Refused, perhaps, by a reset that came in between.
    const { errcode, msgid } = await other.send({ message: `other ${this.#n++}` })
    if (errcode === 0 && msgid) this.#others.push({ msgid, begun, ended: this.#moment++ })
  }

  async #advance({ main }: Worlds): Promise<void> {
    const { status } = await main.control('/clock/advance', { body: { by: 'PT1S' } })
    // One at a time: the others are told so.
    this.#findings.promise('an advance is answered', status === 200 || status === 409, status)
  }

  async #export({ main }: Worlds): Promise<void> {
    const { status, text } = await main.control('/export')
    const isWhole = status === 200 && text.endsWith('}')
    this.#findings.promise('an export is answered', isWhole, status)
  }

  async #reset({ other }: Worlds): Promise<void> {
    const reset: { begun: number; ended: number | undefined } = {
      begun: this.#moment++,
      ended: undefined,
    }
    this.#resets.push(reset)
    const { status } = await other.control('/reset', { method: 'POST' })
    this.#findings.promise('a reset is answered', status === 200, status)
    reset.ended = this.#moment++
  }

  #good<T extends { status: number; errcode: number | undefined }>(answer: T): T {
    this.#findings.promise('a good send is accepted', answer.errcode === 0, answer)
    return answer
  }

  /** What was sent after the last reset is there, what was answered before it is not. */
  async #lookAtOther(other: World): Promise<void> {
    const done = this.#resets.flatMap(({ ended }) => ended ?? [])
    const isOpen = done.length < this.#resets.length
    for (const { msgid, begun, ended } of this.#others.splice(0)) {
      const isGone = this.#resets.some((reset) => reset.ended !== undefined && reset.begun > ended)
      const isThere = !isOpen && done.every((at) => at < begun)
      if (!isGone && !isThere) continue
      const { errcode } = await other.find(msgid)
      const promised = isGone ? 'a reset leaves nothing' : 'a send after a reset is there'
      this.#findings.promise(promised, (errcode === 0) === isThere, { msgid, errcode })
    }
    this.#resets.length = 0
  }
}

async function open(running: Running): Promise<Worlds> {
  return { main: await World.open(running, 'main'), other: await World.open(running, 'other') }
}
