import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { listAssociationsBy } from '../../../db/association.ts'
import { listDrills as listDrillRows } from '../../../db/drill.ts'
import { listFaults } from '../../../db/fault.ts'
import { listMessages } from '../../../db/message.ts'
import { topics } from '../../../db/topic.ts'
import type { AuditFacts, DrillsFacts } from '../../../views/console/drills/props.ts'
import { auditShape } from '../../control/audit/endpoints.ts'
import { drillShape } from '../../control/drill/endpoints.ts'
import type { Call } from '../../core/call.ts'
import { isPending, type Outcome } from '../../core/endpoint.ts'
import { beginInvoke } from '../../core/invoke.ts'
import { isRefusal } from '../../core/refusal.ts'
import { langOfRequest } from '../../page/reply.ts'
import { type ConsoleAddress, type ConsolePage, type ConsoleState, pageResponse } from '../page.ts'
import { queryOrThrow, readAccounts } from '../read.ts'
import { views } from '../views.ts'

/** The named bad days of a world. */
export const drillsPage: ConsolePage = {
  name: 'drills',
  path: '/drills',
  show(call, address, state = {}) {
    const facts = readDrills(call, address.query['account'])
    return pageResponse(call, address, state, (of) => views().DrillsPage({ ...of, facts }))
  },
  live: {
    topics: [topics.exchanges],
    digest({ db, world: { epoch } }) {
      const drills = listDrillRows(db, epoch).map(
        ({ drill, due_at, ends_at }) => `${drill} ${due_at} ${ends_at}`,
      )
      return [...drills, ...listFaults(db, epoch).map(({ hits }) => hits)].join('\n')
    },
  },
}

const drillList = z.object({ items: z.array(drillShape) })
const faultList = z.object({
  items: z.array(z.object({ name: z.string().optional(), hits: z.int() })),
})

function readDrills(call: Call, wanted: string | undefined): DrillsFacts {
  const { items } = queryOrThrow(call, 'drill.list', {}, drillList)
  const faults = queryOrThrow(call, 'fault.list', {}, faultList).items
  const accounts = readAccounts(call).map(({ key, company }) => ({ key, company }))
  const lang = langOfRequest(call.request, 'en')
  const drills = items.map((drill) => {
    const own = faults.filter(({ name }) => name === `drill: ${drill.name}`)
    const [title, advice] = [drill.title[lang], drill.advice[lang]]
    return { ...drill, title, advice, hits: own.reduce((sum, { hits }) => sum + hits, 0) }
  })
  const chosen = accounts.find(({ key }) => key === wanted) ?? accounts[0]
  return { drills, accounts, account: chosen?.key }
}

/** Whether the platform fell back. Pending: all sends are judged, in portions. */
export const auditPage: ConsolePage = {
  name: 'audit',
  path: '/audit',
  begin(call, address) {
    const outcome = beginInvoke(call, 'audit.get', { within: withinOf(address) })
    return isPending(outcome) ? outcome : auditResponse(call, address, outcome)
  },
  end: auditResponse,
  // Around a form of the frame that was refused nothing is judged anew.
  show: (call, address, state) => auditResponse(call, address, undefined, state),
}

const usual_within = 'PT1M'

function withinOf({ query }: ConsoleAddress): string {
  const within = query['within'] ?? ''
  return /^P[\dDTHMS]{1,12}$/u.test(within) ? within : usual_within
}

const sentShape = z.object({ items: z.array(z.unknown()) })

function auditResponse(
  call: Call,
  address: ConsoleAddress,
  outcome: Outcome | undefined,
  state: ConsoleState = {},
) {
  const isRefused = outcome !== undefined && isRefusal(outcome)
  const found = outcome === undefined || isRefused ? undefined : auditShape.parse(outcome)
  const { items } = queryOrThrow(call, 'message.search', {}, sentShape)
  const within = isRefused ? usual_within : withinOf(address)
  const facts: AuditFacts = {
    within,
    found: found && withTexts(call, found),
    hasMessages: items.length > 0,
  }
  return pageResponse(call, address, state, (of) => views().AuditPage({ ...of, facts }))
}

type Audited = z.output<typeof auditShape>

/** What is judged, with what it said and whose it is. */
function withTexts({ db, world }: Call, found: Audited): NonNullable<AuditFacts['found']> {
  const { epoch } = world
  const { lost, double, late, pending } = found
  const all = [...lost, ...double, ...late, ...pending]
  const keys = all.map(({ message }) => message)
  const rows = new Map(listMessages(db, epoch, keys).map((row) => [row.message, row]))
  const appids = listAccounts(db, epoch).flatMap(({ appid }) => appid ?? [])
  const values = all.map(({ mobile }) => mobile)
  const registered = listAssociationsBy(db, 'mobile', { epoch, appids, values })
  const names = new Map(registered.map(({ mobile, name }) => [mobile, name]))
  const told = (items: Audited['lost']) =>
    items.map((item) => {
      const row = rows.get(item.message)
      return { ...item, text: row?.body ?? '', name: row?.name || (names.get(item.mobile) ?? '') }
    })
  const lists = { lost: told(lost), double: told(double), late: told(late), pending: told(pending) }
  return { ...found, ...lists }
}
