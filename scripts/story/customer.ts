import type { WorldHandle } from '../../src/world-handle.ts'
import type { Fetch } from './browser.ts'

/** What WeChat or TUPU answers to the platform. */
export interface Sent {
  readonly errcode: number
  readonly errmsg: string
  readonly msgid_str?: string
}

export interface ChecklistStep {
  readonly step: string
  readonly done: boolean
  readonly at: string | null
  readonly state: string
  readonly reason: string | null
  readonly next: { readonly call: string; readonly input: object } | null
}

/** An account as `account.get` answers it. */
export interface Life {
  readonly eid: string
  readonly appid: string | null
  readonly template_id: string | null
  readonly register_url: string | null
  readonly live: boolean
  readonly missing: readonly string[]
  readonly checklist: readonly ChecklistStep[]
  readonly events: readonly { readonly verb: string; readonly detail: object }[]
}

export interface Application {
  readonly application: string
  readonly state: string
  readonly submitted_at: string | null
  readonly due_at: string | null
  readonly decided_at: string | null
  readonly template_id: string | null
}

/** One customer: TUPU's operator works on its account, and its HR platform sends by its EID. */
export interface Customer {
  readonly key: string
  /** A control call about the account. */
  does(id: string, input?: object): Promise<unknown>
  /** A control call about its official account. */
  atWechat(id: string, input?: object): Promise<unknown>
  life(): Promise<Life>
  /** One step of its checklist. */
  step(name: string): Promise<ChecklistStep>
  /** The names of the steps that are done. */
  done(): Promise<string[]>
  application(): Promise<Application>
  /** The platform calls the partner API. */
  asks(method: string, path: string, body?: object): Promise<Record<string, unknown>>
  /** The platform sends by the EID that it knows. */
  sends(mobile: string, message: string, more?: object): Promise<Sent>
  /** The platform learns another EID. */
  learns(eid: string): void
  /** The EID that the platform knows. */
  readonly eid: string
}

export function customerOf(
  world: WorldHandle,
  of: { readonly key: string; readonly fetch: Fetch; readonly origin: string },
): Customer {
  const { key, fetch, origin } = of
  let eid = world.accounts.find((account) => account.key === key)?.eid ?? ''
  const customer: Customer = {
    key,
    does: (id, input = {}) => world.call(id, { eid: key, ...input }),
    async atWechat(id, input = {}) {
      return world.call(id, { appid: (await customer.life()).appid, ...input })
    },
    life: async () => (await world.call('account.get', { eid: key })) as Life,
    async step(name) {
      const found = (await customer.life()).checklist.find((row) => row.step === name)
      if (!found) throw new Error(`there is no step ${name}`)
      return found
    },
    async done() {
      const { checklist } = await customer.life()
      return checklist.filter(({ done }) => done).map((row) => row.step)
    },
    application: () => latestOf(customer),
    asks: (method, path, body) =>
      ask(fetch, new URL(`/w/${world.name}/tupu/v1${path}`, origin), { method, body }),
    async sends(mobile, message, more = {}) {
      const answer = await customer.asks('POST', '/messages', { eid, mobile, message, ...more })
      return answer as unknown as Sent
    },
    learns(other) {
      eid = other
    },
    get eid() {
      return eid
    },
  }
  return customer
}

/** What was applied for last. */
async function latestOf({ key, atWechat }: Customer): Promise<Application> {
  const { items } = (await atWechat('application.list')) as { items: Application[] }
  const latest = items.at(-1)
  if (!latest) throw new Error(`${key} has applied for nothing`)
  return latest
}

async function ask(fetch: Fetch, url: URL, of: { method: string; body: object | undefined }) {
  const { method, body } = of
  const sent = body && { body: JSON.stringify(body) }
  const answer = await fetch(new Request(url, { method, ...sent }))
  return (await answer.json()) as Record<string, unknown>
}
