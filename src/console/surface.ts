import { z } from 'zod'
import type { Call } from '../core/call.ts'
import { isReply, pagesOf } from '../core/endpoint.ts'
import { resume, type Suspended, waitFor } from '../core/invoke.ts'
import { fieldProblem } from '../core/problem.ts'
import { isRefusal } from '../core/refusal.ts'
import type { Surface } from '../core/surface.ts'
import { enterPages, replyOf, wayOfRequest } from '../page/context.ts'
import { answerReply } from '../page/reply.ts'
import { beginDo, endDo } from './do.ts'
import { lost } from './lost.ts'
import { readPlace } from './place.ts'
import { prepareViews } from './prepared.ts'
import { beginPlace, showLived } from './show.ts'

const page = pagesOf<undefined>({ refuseField: fieldProblem })
const look = {
  from: ['path'],
  methods: ['GET'],
  // Looking changes nothing; kept, it would crowd out what the journal is for.
  journalled: false,
  before: begin,
  outside: waitFor,
  after: end,
} as const

/** The operator's pages. They do nothing that the control API cannot: every form is one of its calls. */
export const consoleSurface: Surface<undefined> = {
  name: 'console',
  bases: ['/accounts'],
  prefix: '',
  area: 'pages',
  endpoints: [
    page({
      ...look,
      id: 'console_page.accounts',
      path: '/accounts',
      input: z.object({}),
    }),
    page({
      ...look,
      id: 'console_page.account',
      path: '/accounts/{eid}',
      input: z.object({ eid: z.string() }),
    }),
    page({
      from: ['path'],
      methods: ['POST'],
      id: 'console_page.do',
      path: '/accounts/do/{verb}',
      input: z.object({ verb: z.string() }),
      before: beginDo,
      outside: waitFor,
      after: endDo,
    }),
  ],
  load: prepareViews,
  authenticate: (call) =>
    enterPages(call, { key: 'console', lost: () => lost(call, 'unknown_world') }),
  refuseTransport: (fault, { request }) => lost({ request }, fault),
  encode(outcome) {
    if (isRefusal(outcome)) return answerReply(replyOf(outcome))
    if (isReply(outcome)) return answerReply(outcome)
    throw new Error('the console answers pages')
  },
}

async function begin(call: Call) {
  const { request } = call
  const place = readPlace(request.url, wayOfRequest(request))
  return place ? beginPlace(call, place) : lost(call, 'unknown_path')
}

async function end(call: Call, wait: Suspended, result: unknown) {
  const { request } = call
  const place = readPlace(request.url, wayOfRequest(request))
  if (!place) return lost(call, 'unknown_path')
  return showLived(call, place, await resume(wait, result))
}
