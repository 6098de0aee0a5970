import type { ConsolePage } from './page.ts'
import { accountPage, accountsPage, registrationsPage } from './pages/accounts.ts'
import { advancePage } from './pages/advance.ts'
import { auditPage, drillsPage } from './pages/drills.ts'
import { environmentPage } from './pages/environment.ts'
import { bundlePage, exchangePage, harPage } from './pages/exchange.ts'
import { faultCurlPage, faultsPage } from './pages/faults.ts'
import { importPage } from './pages/imports.ts'
import { journalHarPage, journalPage, journalSearchPage, straysPage } from './pages/journal.ts'
import { messagePage } from './pages/message.ts'
import { checkPage, messagesPage, searchPage } from './pages/messages.ts'
import { peoplePage, peopleSearchPage, personPage } from './pages/people.ts'
import { styleguidePage } from './pages/styleguide.ts'
import { whyPage, whyQuestionPage } from './pages/why.ts'

/** Every page of the console. */
export const consolePages: readonly ConsolePage[] = [
  messagesPage,
  searchPage,
  checkPage,
  messagePage,
  whyPage,
  whyQuestionPage,
  journalPage,
  journalSearchPage,
  // Before the one in whose path theirs would be a seq.
  straysPage,
  journalHarPage,
  exchangePage,
  harPage,
  bundlePage,
  accountsPage,
  accountPage,
  registrationsPage,
  peoplePage,
  peopleSearchPage,
  personPage,
  importPage,
  faultsPage,
  faultCurlPage,
  drillsPage,
  auditPage,
  advancePage,
  environmentPage,
  styleguidePage,
]

/** The page at a path, and what its path names; undefined: the console has none there. */
export function findPage(
  parts: readonly string[],
): { readonly page: ConsolePage; readonly names: Readonly<Record<string, string>> } | undefined {
  for (const page of consolePages) {
    const names = namesIn(page.path.split('/').slice(1), parts)
    if (names) return { page, names }
  }
  return undefined
}

function namesIn(
  path: readonly string[],
  parts: readonly string[],
): Record<string, string> | undefined {
  if (path.length !== parts.length) return undefined
  const names: Record<string, string> = {}
  for (const [i, part] of path.entries()) {
    const given = parts[i] ?? ''
    const [, name] = /^\{(\w+)\}$/u.exec(part) ?? []
    if (name === undefined ? part !== given : given === '') return undefined
    if (name !== undefined) names[name] = given
  }
  return names
}
