import type { WorldHandle, WorldInput } from '../../../src/world-handle.ts'
import type { DatabaseName } from '../../database.ts'
import { Account } from '../../platform.ts'
import { type Sim, startSim } from '../../sim.ts'
import { tables } from '../journal.ts'
import { Browser, type Page } from '../register/browser.ts'

/** A change of an association, as history tells it. */
export interface Change {
  readonly at: string
  readonly account: string | null
  readonly openid: string | null
  readonly verb: string
  readonly who: string
  readonly via: string
  readonly fields: readonly string[]
  readonly trace: string | null
}

/** All changes that a filter lets pass, oldest first. */
export async function history(world: WorldHandle, filter: object = {}): Promise<readonly Change[]> {
  const page = (await world.call('association.history', filter)) as { items: readonly Change[] }
  return page.items
}

/** What happened to whom: the words of history alone. */
export async function verbsOf(world: WorldHandle, openid: string): Promise<readonly string[]> {
  return (await history(world, { openid })).map(({ verb, who, via }) => `${verb} ${who} ${via}`)
}

/** Who is registered at an account, in the order of their openids. */
export async function registered({ world }: Pick<Sim, 'world'>, { appid }: Account) {
  const rows = (await tables(world))['association'] as Record<string, unknown>[]
  return rows.filter((row) => row['appid'] === appid)
}

const mobile = '13800138050'

/** Two live accounts, a couple with one mobile, and somebody else. Nobody is registered. */
const world: WorldInput = {
  accounts: [
    { key: 'acme', company: '晨光科技' },
    { key: 'initech', company: '首创软件' },
  ],
  people: [
    { key: 'he', name: '陈大文', mobile, follows: ['acme', 'initech'] },
    { key: 'she', name: '陈小美', mobile, follows: ['acme', 'initech'] },
  ],
}

export interface Story extends Sim {
  readonly initech: Account
  readonly mobile: string
  readonly openidOf: (person: 'he' | 'she', account?: string) => string
  /** Somebody fills in the form, or changes what it knows. */
  fillsIn(person: 'he' | 'she', fields?: Fields, door?: Door): Promise<Page>
}

type Fields = Partial<Record<'name' | 'region' | 'mobile' | 'email' | 'consent', string>>
interface Door {
  readonly account?: Account
  readonly page?: 'register' | 'apply'
}

const names = { he: '陈大文', she: '陈小美' }

export async function startStory(
  database: DatabaseName,
  rebind?: 'reject' | 'replace',
): Promise<Story> {
  const sim = await startSim({ database, world })
  const initech = new Account(sim.world.accounts.find(({ key }) => key === 'initech'))
  if (rebind) await sim.world.call('account.update', { eid: 'acme', rebind })
  return {
    ...sim,
    initech,
    mobile,
    openidOf: (person, account = 'acme') => {
      return sim.world.people.find(({ key }) => key === person)?.openids[account] ?? ''
    },
    async fillsIn(person, fields = {}, { account = sim.acme, page = 'register' } = {}) {
      const browser = new Browser(sim.http)
      const href = `/as/${person}/${page}/${account.eid}`
      const first = await browser.open(href)
      const form = first.html.includes('<form') ? first : await browser.open(`${href}/change`)
      const email = `${person}@example.com`
      const all = { region: 'CN', consent: 'yes', name: names[person], mobile, email, ...fields }
      return browser.submit(form, all)
    },
  }
}
