import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { isReply, pagesOf } from '../../core/endpoint.ts'
import { fieldProblem } from '../../core/problem.ts'
import { isRefusal } from '../../core/refusal.ts'
import type { Surface } from '../../core/surface.ts'
import { enterPages, replyOf, wayOfRequest } from '../../page/context.ts'
import { answerReply } from '../../page/reply.ts'
import { findPersonBy } from '../../world/person.ts'
import { form_verbs, leadOn, submit } from './do.ts'
import { lost } from './lost.ts'
import { readPlace } from './place.ts'
import { prepareViews } from './prepared.ts'
import { showPlace } from './show.ts'

const page = pagesOf<undefined>({ refuseField: fieldProblem })
const look = {
  methods: ['GET'],
  from: ['path'],
  // Looking changes nothing but what is unread; kept, it would crowd out what the journal is for.
  journalled: false,
  handle: show,
} as const
const form = { methods: ['POST'], from: ['path'] } as const

const person = z.string()

/** The pages of all phones, and what their forms do. */
export const phoneSurface: Surface<undefined> = {
  name: 'phone',
  bases: ['/phone'],
  prefix: '',
  area: 'pages',
  endpoints: [
    page({
      ...look,
      id: 'phone_page.people',
      path: '/phone',
      input: z.object({}),
    }),
    page({
      ...form,
      id: 'phone_page.make',
      path: '/phone',
      input: z.object({}),
      handle: (call) => submit(call, { id: 'person.create', leads: toNewPhone }),
    }),
    page({
      ...look,
      id: 'phone_page.phone',
      path: '/phone/{person}',
      input: z.object({ person }),
    }),
    page({
      ...look,
      id: 'phone_page.screen',
      path: '/phone/{person}/{screen}',
      input: z.object({ person, screen: z.string() }),
    }),
    page({
      ...look,
      id: 'phone_page.account',
      path: '/phone/{person}/{screen}/{appid}',
      input: z.object({ person, screen: z.string(), appid: z.string() }),
    }),
    page({
      ...form,
      id: 'phone_page.do',
      path: '/phone/{person}/do/{verb}',
      input: z.object({ person, verb: z.string() }),
      async handle(call) {
        const { person, verb } = call.input
        if (!form_verbs.some((known) => known === verb)) return lost(call, 'unknown_path')
        if (!(await findPersonBy(call, person))) return lost(call, 'unknown_person')
        return submit(call, { id: `phone.${verb}`, person, leads: leadOn(person) })
      },
    }),
  ],
  load: prepareViews,
  authenticate: (call) =>
    enterPages(call, { key: 'phone', lost: () => lost(call, 'unknown_world') }),
  refuseTransport: (fault, { request }) => lost({ request }, fault),
  encode(outcome) {
    if (isRefusal(outcome)) return answerReply(replyOf(outcome))
    if (isReply(outcome)) return answerReply(outcome)
    throw new Error('the phone answers pages')
  },
}

async function show(call: Call) {
  const { request } = call
  const place = readPlace(request.url, wayOfRequest(request))
  return place ? showPlace(call, place) : lost(call, 'unknown_path')
}

function toNewPhone(done: Readonly<Record<string, unknown>>, at: { way: string }) {
  return `${at.way}/phone/${done['person']}`
}
