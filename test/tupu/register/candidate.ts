import type { Account } from '../../platform.ts'
import { type Sim, type StartOptions, startSim } from '../../sim.ts'
import { type Exchange, exchanges, tables } from '../journal.ts'
import { Browser, type Page } from './browser.ts'

/** What Li answers when nothing is wrong. */
export const good = {
  name: '李雷',
  region: 'CN',
  mobile: '138 0013 8001',
  email: 'li@example.com',
  consent: 'yes',
} as const

export const li_mobile = '+8613800138001'

/** Where a person's WeChat has an account's registration page. */
export function pageOf(account: Account, person = 'li'): string {
  return `/as/${person}/register/${account.eid}`
}

export interface AtForm extends Sim {
  readonly browser: Browser
  readonly form: Page
}

/** Li has opened the registration page of Acme, and sees the form. */
export async function startAtForm(options: StartOptions = {}): Promise<AtForm> {
  const sim = await startSim(options)
  const browser = new Browser(sim.http)
  return { ...sim, browser, form: await browser.open(pageOf(sim.acme)) }
}

/** The registrations that somebody has at an account, by what is known of them. */
export async function registrations(
  { world }: Pick<Sim, 'world'>,
  of: { readonly openid?: string; readonly mobile?: string; readonly name?: string },
): Promise<Record<string, unknown>[]> {
  const rows = (await tables(world))['association'] as Record<string, unknown>[]
  return rows.filter((row) => Object.entries(of).every(([name, value]) => row[name] === value))
}

/** What the world holds, but for what every look at it leaves: counted exchanges. */
export async function heldBy({ world }: Pick<Sim, 'world'>) {
  const { counter, ...rest } = await tables(world)
  const counted = (counter as { purpose: string }[]).filter(({ purpose }) => purpose !== 'exchange')
  return { ...rest, counter: counted }
}

/** The calls of the registration page in the journal, newest first. */
export async function calls({ world }: Pick<Sim, 'world'>): Promise<readonly Exchange[]> {
  return (await exchanges(world, {})).filter(({ surface }) => surface === 'register')
}

/** The page that the latest call showed, as its decision says. */
export async function shown(sim: Pick<Sim, 'world'>): Promise<unknown> {
  const [latest] = await calls(sim)
  const steps = latest?.decision.filter((step) => typeof step !== 'string') ?? []
  return steps.find(({ rule }) => rule === 'page.shown')?.row
}

/** How often WeChat was asked on the way to a page. */
export function asked({ way }: Pick<Page, 'way'>): number {
  return way.filter((url) => url.includes('/connect/oauth2/authorize')).length
}
