import { AccountPage } from '../../views/console/account.tsx'
import { AccountsPage } from '../../views/console/accounts.tsx'
import { LostPage } from '../../views/console/lost.tsx'
import { frameOf, html } from '../page/frame.ts'
import type { Lang } from '../page/language.ts'
import type { AccountFacts, Console, Visit } from './facts.ts'
import type { Lost } from './lost.ts'

/** All accounts of a world. */
export function accountsPage(lang: Lang, of: { visit: Visit; console: Console }): string {
  return html(AccountsPage({ frame: frameOf(lang), ...of }))
}

/** One account, from enquiry to first message. */
export function accountPage(
  lang: Lang,
  of: { visit: Visit; console: Console; facts: AccountFacts },
): string {
  return html(AccountPage({ frame: frameOf(lang), ...of }))
}

/** There is no such page. */
export function lostPage(lang: Lang, of: { way: string; reason: Lost }): string {
  return html(LostPage({ frame: frameOf(lang), ...of }))
}
