import type { MessageInfo, WorldHandle } from '../../src/world-handle.ts'
import { type Browser, browserOf, type Fetch, type Page } from './browser.ts'
import type { Customer } from './customer.ts'

/** Somebody with a phone who is looking for work. */
export interface Candidate {
  readonly key: string
  readonly name: string
  readonly mobile: string
  readonly browser: Browser
  /** `follow`, `block`, `tap`: whatever a thumb does. */
  does(verb: string, at: Customer, input?: object): Promise<Record<string, unknown>>
  /** Taps the item of the account's menu and sees the page. */
  opensMenu(at: Customer): Promise<Page>
  /** Types name and mobile into the form and agrees to the notice. */
  registers(form: Page): Promise<Page>
  /** What stands on the phone, oldest first. */
  inbox(): Promise<MessageInfo[]>
}

export function candidateOf(
  world: WorldHandle,
  of: { readonly key: string; readonly fetch: Fetch; readonly origin: string },
): Candidate {
  const { key, fetch, origin } = of
  const { name = '', mobile } = world.people.find((person) => person.key === key) ?? {}
  const browser = browserOf(fetch, origin)
  const candidate: Candidate = {
    key,
    name,
    mobile: mobile ?? '',
    browser,
    async does(verb, at, input = {}) {
      const told = await world.call(`phone.${verb}`, { person: key, account: at.key, ...input })
      return told as Record<string, unknown>
    },
    async opensMenu(at) {
      const { url } = await candidate.does('tap', at, { button: '入职登记' })
      return browser.open(String(url))
    },
    registers(form) {
      const national = candidate.mobile.replace('+86', '')
      const typed = {
        name,
        region: 'CN',
        mobile: national,
        email: `${key}@example.com`,
        consent: 'yes',
      }
      return browser.submit(form, typed)
    },
    async inbox() {
      const messages = await world.messages({ mobile: candidate.mobile })
      return messages.filter(({ on_phone }) => on_phone)
    },
  }
  return candidate
}
