import { z } from 'zod'
import { listFaults } from '../../../db/fault.ts'
import { topics } from '../../../db/topic.ts'
import type { FaultsFacts, Preset } from '../../../views/console/faults/props.ts'
import { faultShape } from '../../control/fault/fault.ts'
import { callback_events } from '../../control/fault/read.ts'
import type { Call } from '../../core/call.ts'
import { deliveries, fault_surfaces, transports } from '../../core/fault.ts'
import { invoke } from '../../core/invoke.ts'
import { isRefusal } from '../../core/refusal.ts'
import type { FormFields } from '../../page/form.ts'
import { leadToTyped, sentBy, typedOf } from '../asked.ts'
import { type ConsoleAddress, type ConsolePage, type ConsoleState, pageResponse } from '../page.ts'
import { queryOrThrow, readAccounts } from '../read.ts'
import { controlCurl, readVerb } from '../verb.ts'
import { views } from '../views.ts'

/** The form in which faults are made. */
const form = 'fault'

const wechatSend = { surface: 'wechat', endpoint: 'template.send' }
const partnerSend = { surface: 'tupu', endpoint: 'message.send' }

/** What goes wrong most, as the fields of the form. */
const presets: Readonly<Record<Preset, Readonly<Record<string, string>>>> = {
  busy: { ...wechatSend, errcode: '-1', times: '1' },
  timeout: { ...partnerSend, transport: 'hang', times: '1' },
  answer_lost: { ...partnerSend, transport: 'reset', stage: 'after', times: '1' },
  quota: { ...wechatSend, errcode: '45009' },
  callback_twice: { surface: 'callback', delivery: 'twice' },
  garbage: { ...partnerSend, transport: 'garbage', times: '1' },
  slow: { ...partnerSend, delay: 'PT3S' },
}

/** The faults of a world: what each means and does, how often it did, and another one by a form. */
export const faultsPage: ConsolePage = {
  name: 'faults',
  path: '/faults',
  show(call, address, state = {}) {
    return faultsResponse(call, address, state, {
      preset: presetOf(address.query['preset']),
      made: readMade(call, address.query['made']),
      curl: readCurl(call, address),
    })
  },
  live: {
    topics: [topics.exchanges],
    digest: ({ db, world }) =>
      listFaults(db, world.epoch)
        .map(({ fault, fits, hits }) => `${fault} ${fits} ${hits}`)
        .join('\n'),
  },
}

/** The same with the form as a command, which makes nothing. */
export const faultCurlPage: ConsolePage = {
  name: 'fault_curl',
  path: '/faults/curl',
  methods: ['GET', 'POST'],
  show(call, address) {
    const { token: _, back: __, form: ___, ...fields } = sentBy(call)
    const returnTo = `${address.basePath}/faults`
    const typed = { form, fields }
    const curl = curlOfTyped(call, fields)
    return (
      leadToTyped(call, { ...address, returnTo: `${returnTo}?curl=true` }, typed) ??
      faultsResponse(call, { ...address, returnTo }, { typed }, { ...nothing_made, curl })
    )
  },
}

const nothing_made = { preset: undefined, made: undefined }

function readCurl(call: Call, address: ConsoleAddress): string | undefined {
  const typed = address.query['curl'] === undefined ? undefined : typedOf(call, address)
  return typed?.form === form ? curlOfTyped(call, typed.fields) : undefined
}

/** The form as a command, by what is typed in it. */
function curlOfTyped(call: Call, fields: FormFields): string {
  const body = Buffer.from(new URLSearchParams(fields).toString())
  const request = { ...call.request, body }
  return controlCurl(call, 'fault.create', readVerb({ request }, 'fault.create', fields))
}

function faultsResponse(
  call: Call,
  address: ConsoleAddress,
  state: ConsoleState,
  of: Pick<FaultsFacts, 'preset' | 'made' | 'curl'>,
) {
  const { items } = queryOrThrow(call, 'fault.list', {}, faultList)
  const faults = items.map((item) => ({ ...item, curl: curlOf(call, item) }))
  const values = of.preset ? presets[of.preset] : {}
  const facts = { faults, choices: readChoices(call), values, ...of }
  return pageResponse(call, address, state, (at) => views().FaultsPage({ ...at, facts }))
}

const effect = z.object({
  errcode: z.int().optional(),
  answer: z.object({ status: z.int().optional() }).optional(),
  transport: z.enum(transports).optional(),
  delivery: z.enum(deliveries).optional(),
  delay: z.string().optional(),
  stage: z.enum(['before', 'after']).optional(),
  pass: z.boolean().optional(),
})
const text = z.string().optional()
const count = z.number().optional()
const faultList = z.object({
  items: z.array(
    faultShape.extend({
      ...effect.shape,
      name: text,
      endpoint: text,
      account: text,
      person: text,
      mobile: text,
      after: count,
      times: count,
      probability: count,
      until: text,
      sequence: z.array(effect).optional(),
    }),
  ),
})

/** What a fault has become since it was given. */
const later = ['fault', 'hits', 'fits', 'left', 'state']

function curlOf(call: Call, item: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(item).filter(([name]) => !later.includes(name))
  return controlCurl(call, 'fault.create', Object.fromEntries(given))
}

function presetOf(name: string | undefined): Preset | undefined {
  return name !== undefined && Object.hasOwn(presets, name) ? (name as Preset) : undefined
}

function readMade(call: Call, fault: string | undefined): FaultsFacts['made'] {
  if (fault === undefined || !/^f\d{1,12}$/u.test(fault)) return undefined
  const answer = invoke(call, 'fault.get', { fault })
  return isRefusal(answer) ? undefined : { fault, answer: JSON.stringify(answer, null, 2) }
}

function readChoices(call: Call): FaultsFacts['choices'] {
  const ids = [...call.engine.endpoints.values()].flatMap(({ id, faults }) => (faults ? id : []))
  return {
    surfaces: fault_surfaces,
    endpoints: [...ids, ...callback_events].toSorted(),
    accounts: readAccounts(call).map(({ key, company }) => ({ key, company })),
  }
}
