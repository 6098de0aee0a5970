import { bodyOf, queryOf } from '../../../core/request.ts'
import { isAlwaysSecretKey } from '../../../journal/mask-key.ts'
import type { ProfileData } from '../data.ts'
import { parseExact } from '../match.ts'
import { type Answered, draftAnswer } from './answer.ts'
import type { Recorded, RecordedRequest } from './exchange.ts'
import { type Leaf, leavesOf, meaningOf } from './leaf.ts'
import { draftAuthentication } from './proof.ts'

/** A profile as far as one call shows it, and what it does not show. */
export interface Draft {
  readonly profile: ProfileData
  /** A sentence each. */
  readonly notes: readonly string[]
}

type Send = NonNullable<NonNullable<ProfileData['endpoints']>['message.send']>
type Content = 'json' | 'form' | 'xml'

/** Draws a profile from a send and its answer. No secret that was sent stands in it. */
export function draftProfile({ request, answer }: Recorded): Draft {
  const notes: string[] = []
  const note = (text: string) => void notes.push(text)
  const { base, path } = baseOf(request, note)
  const content = contentOf(request)
  if (content === 'json' && request.body.trim() !== '' && parseExact(request.body) === undefined)
    note('body: it is neither JSON nor XML nor a form, so that no field of it was found')
  const proof = draftAuthentication(request, leavesOfRequest(request, content), note)
  const rest = leavesOfRequest(request, content).filter(({ at }) => !proof.taken.includes(at))
  const { fields, constants } = draftFields(rest, note)
  if (proof.hasUser && fields['eid'] === undefined) fields['eid'] = 'user'
  for (const name of ['eid', 'mobile', 'message'])
    if (!isFound(fields, name))
      note(`${name}: where it stands was not found; without it no call can be made`)
  const answered: Answered = draftAnswer(answer, note)
  const send: Send = {
    method: request.method as 'POST',
    path,
    ...(content === 'json' ? {} : { content }),
    fields: fields as NonNullable<Send['fields']>,
    ...(Object.keys(constants).length > 0 ? { constants } : {}),
  }
  const others = [
    'message.find',
    'message.get',
    'registration.query',
    'tupu_account.get',
    'tupu_account.confirm',
  ]
  return {
    profile: {
      name: 'partner',
      base,
      authentication: proof.authentication,
      endpoints: { 'message.send': send, ...Object.fromEntries(others.map((id) => [id, null])) },
      ...(answered ? { answers: answered } : {}),
    } as ProfileData,
    notes,
  }
}

function isFound(fields: Readonly<Record<string, unknown>>, name: string): boolean {
  const { take = {} } = (fields['keywords'] ?? {}) as { take?: Record<string, string> }
  return fields[name] !== undefined || Object.values(take).includes(name)
}

/** The first part of the path is taken for the base. */
function baseOf({ url }: RecordedRequest, note: (text: string) => void) {
  const { pathname, host } = new URL(url)
  const [first, ...rest] = pathname.split('/').filter((part) => part !== '')
  note(`host ${host}: the simulator is the host; a client takes its address instead`)
  const safe = (part: string) => part.replace(/[^\w.~-]/g, '-')
  if (first === undefined || rest.length === 0)
    return { base: '/partner', path: first === undefined ? '/send' : `/${safe(first)}` }
  const ids = rest.filter((part) => /\d{3}|[\da-f]{8}-/.test(part))
  for (const id of ids)
    note(`path: ${id} looks like an id; write {name} in its place, and name it /name`)
  return { base: `/${safe(first)}`, path: `/${rest.map(safe).join('/')}` }
}

function contentOf({ headers, body }: RecordedRequest): Content {
  if (/^\s*</.test(body)) return 'xml'
  const isForm = /form-urlencoded/.test(headers['content-type'] ?? '') || /^[\w.%-]+=/.test(body)
  return isForm && !/^\s*[{[]/.test(body) ? 'form' : 'json'
}

function leavesOfRequest({ url, body, headers }: RecordedRequest, content: Content): Leaf[] {
  const bytes = Buffer.from(body)
  const type = content === 'form' ? 'application/x-www-form-urlencoded' : ''
  const raw = {
    method: '',
    url,
    headers: { 'content-type': type },
    body: bytes,
    ip: '',
    origin: '',
  }
  const fields = content === 'json' ? parseExact(body) : bodyOf(raw, [content]).fields
  const query = Object.entries(queryOf(url)).map(([name, value]) => ({
    at: `query:${name}`,
    name,
    value,
  }))
  const own = Object.entries(headers).flatMap(([name, value]) =>
    /^(?:x-|idempotency)/.test(name) ? [{ at: `header:${name}`, name, value }] : [],
  )
  return [...leavesOf(fields), ...query, ...own]
}

/** Where the canonical fields stand; what has no meaning is kept as a constant. */
function draftFields(leaves: readonly Leaf[], note: (text: string) => void) {
  const fields: Record<string, unknown> = {}
  const constants: Record<string, unknown> = {}
  for (const leaf of leaves) {
    const { at, value, values } = leaf
    if (values && fields['keywords'] === undefined) {
      fields['keywords'] = values
      continue
    }
    if (isAlwaysSecretKey(leaf.name)) {
      note(
        `${at}: it looks like a secret, and is left out: what proves a call stands under authentication`,
      )
      continue
    }
    const name = meaningOf(leaf)
    if (name !== undefined && fields[name] === undefined) fields[name] = spelled(name, at, value)
    else {
      const place = at.replaceAll('/*', '/0')
      constants[place] = value
      note(
        `${at}: what it means was not found; it is kept as a constant, whose value a call may change`,
      )
    }
  }
  return { fields, constants }
}

function spelled(name: string, at: string, value: unknown): unknown {
  const text = String(value)
  if (name !== 'mobile') return at
  if (/^\+\d+$/.test(text)) return { at, format: 'e164' }
  if (/^861\d{10}$/.test(text)) return { at, format: 'digits' }
  return /^1\d{10}$/.test(text) ? { at, format: 'national' } : at
}
