import type { ListedContact } from '../../../db/contact.ts'
import type { PersonRow } from '../../../db/schema.ts'
import type { InboxFacts, Letter } from '../../../views/phone/props.ts'
import type { Scope } from '../../world/world.ts'
import { findInInbox, type InboxName, listInbox } from '../inbox.ts'
import { momentOf } from './moment.ts'

const cursor_form = /^\d{1,16}$/

/** What the page of an inbox shows, or of one message in it; undefined where there is no such message. */
export function inboxFacts(
  scope: Scope,
  person: PersonRow,
  at: { readonly name: InboxName; readonly contact: string; readonly before: string | undefined },
): InboxFacts | undefined {
  const { name: screen, contact } = at
  if (contact !== '') {
    const row = findInInbox(scope, person, at)
    const html = row?.html ?? null
    return (
      row && { screen, letter: { ...letterOf(scope, row), html }, letters: [], next_cursor: null }
    )
  }
  const before = at.before && cursor_form.test(at.before) ? at.before : undefined
  const { rows, next_cursor } = listInbox(scope, person, { name: screen, before })
  const letters = rows.map((row) => letterOf(scope, row))
  return { screen, letter: null, letters, next_cursor }
}

function letterOf({ world }: Scope, row: ListedContact): Letter {
  const { contact, from, subject, text, at, mobile, email } = row
  return { contact, from, to: mobile ?? email ?? '', subject, text, when: momentOf(at, world.now) }
}
