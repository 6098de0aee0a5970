import { z } from 'zod'
import type { Running } from '../running.ts'
import { type Asked, ask, type Heard } from './ask.ts'

/** Wang, who is registered in every world that names no people. */
export const mobile = '13800138002'

const made = z.object({ env: z.looseObject({ TUPU_EID: z.string() }) })
const sent = z.object({ errcode: z.number(), msgid_str: z.string().optional() })
const message = z.object({
  text: z.string(),
  state: z.string(),
  msgid_str: z.string().nullable(),
  client_msg_id: z.string().nullable(),
  trace: z.string(),
})
const messagePage = z.object({ items: z.array(message), next_cursor: z.string() })
const exchange = z.object({
  trace: z.string(),
  endpoint: z.string(),
  answer: z.object({ body: z.string() }),
})
const exchangePage = z.object({
  items: z.array(exchange),
  next_cursor: z.string().nullable(),
  dropped: z.int(),
})

/** A message as the control API lists it. */
export type Message = z.output<typeof message>
/** A call as the journal tells of it. */
export type Exchange = z.output<typeof exchange>

/** A send as its platform heard of it. Code 0: accepted. */
export interface Answer {
  readonly status: number
  /** Undefined when the answer was none of TUPU's. */
  readonly errcode: number | undefined
  readonly msgid: string | undefined
}

/** One world of a running program, as a platform and a test know it: by HTTP. */
export class World {
  readonly name: string
  readonly eid: string
  readonly #url: string

  private constructor(url: string, name: string, eid: string) {
    this.#url = url
    this.name = name
    this.eid = eid
  }

  /** Makes the world, or finds it. */
  static async open({ url }: Pick<Running, 'url'>, name: string, more = {}): Promise<World> {
    const body = { name, seed: 'torture', if_exists: 'reuse', ...more }
    const heard = await ask(`${url}/_sim/v1/worlds`, { body })
    if (heard.status >= 300) throw new Error(`no world ${name}: ${heard.status} ${heard.text}`)
    return new World(url, name, made.parse(JSON.parse(heard.text)).env.TUPU_EID)
  }

  /** The same world, of another program on the same database. */
  on({ url }: Pick<Running, 'url'>): World {
    return new World(url, this.name, this.eid)
  }

  /** A control call of this world. */
  control(path: string, asked?: Asked): Promise<Heard> {
    return ask(`${this.#url}/_sim/v1/worlds/${this.name}${path}`, asked)
  }

  async send(body: { message: string; mobile?: string; client_msg_id?: string }): Promise<Answer> {
    const whole = { eid: this.eid, mobile, ...body }
    return readAnswer(await ask(`${this.#url}/tupu/v1/messages`, { body: whole }))
  }

  /** What became of a message. */
  async find(msgid: string): Promise<Answer> {
    return readAnswer(await ask(`${this.#url}/tupu/v1/messages/${msgid}?eid=${this.eid}`))
  }

  async messages(): Promise<Message[]> {
    const all: Message[] = []
    for (let after = ''; ; ) {
      const { text } = await this.control(`/messages${after}`)
      const { items, next_cursor } = messagePage.parse(JSON.parse(text))
      if (items.length === 0) return all
      all.push(...items)
      after = `?after=${next_cursor}`
    }
  }

  /** The exchanges of the partner API that are still in the journal, and how many exchanges are not. */
  async exchanges(): Promise<{ items: Exchange[]; dropped: number }> {
    const all: Exchange[] = []
    for (let after = ''; ; ) {
      const { text } = await this.control(`/exchanges?surface=tupu${after}`)
      const { items, next_cursor, dropped } = exchangePage.parse(JSON.parse(text))
      all.push(...items)
      if (next_cursor === null) return { items: all, dropped }
      after = `&after=${next_cursor}`
    }
  }
}

/** Reads what the partner API has answered; also an answer that is not its own. */
export function readAnswer({ status, text }: Heard): Answer {
  const read = sent.safeParse(isJson(text) ? JSON.parse(text) : undefined)
  const { errcode, msgid_str: msgid } = read.data ?? {}
  return { status, errcode: status < 500 ? errcode : undefined, msgid }
}

/** Whether a text can be read as JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
