import type {
  Docs,
  EndpointDoc,
  FieldPlace,
  FieldRow,
  RefusalDoc,
  SurfaceDoc,
} from '../views/docs/props.ts'
import type { Words } from '../views/words/en.ts'
import { curlOf, jsonText } from './apidoc/curl.ts'
import { type Documented, exampleAnswer, fieldsOf, inLang } from './apidoc/describe.ts'
import { refusedAnswers, transportAnswers } from './apidoc/error-docs.ts'
import { fieldRows, objectRows } from './apidoc/field-row.ts'
import { type DocLang, jsonSchemaOf } from './apidoc/json-schema.ts'
import { tagOf } from './apidoc/openapi.ts'
import type { DocumentedEndpoint } from './core/endpoint.ts'
import { problems } from './core/problem.ts'
import type { RefusalEntry } from './core/refusal.ts'
import { tupuErrors } from './tupu/errors.ts'
import { wechatEntries } from './tupu/gateway/local.ts'
import { magicMobiles } from './tupu/message/magic.ts'
import { type ProfileData, profileData } from './tupu/profile/data.ts'
import { tupuEndpoints } from './tupu/surface.ts'

/** The order in which fields are shown. */
const places: readonly FieldPlace[] = ['path', 'header', 'query', 'body']

/** Where a surface's examples begin: the names of the environment block. */
const bases: Readonly<Record<string, string>> = {
  tupu: '$TUPU_BASE_URL',
  wechat: '$WECHAT_API_BASE',
  sink: '$TUPU_SIM_URL',
  control: '$TUPU_SIM_URL/_sim/v1',
}

/** Describes surfaces for people: endpoint values in, rows of text out. */
export function describeDocs(surfaces: readonly Documented[], words: Words): Docs {
  const lang = words.tag === 'en' ? 'en' : 'zh'
  const mobiles = new Map(
    magicMobiles([...tupuErrors.values(), ...wechatEntries()]).map((one) => [
      one.errcode,
      one.mobile,
    ]),
  )
  const refusal = ({ code, text, fidelity, ...meaning }: RefusalEntry): RefusalDoc => ({
    code: String(code),
    text,
    meaning: meaning[lang],
    fidelity,
    mobile: mobiles.get(code),
  })
  const at = { lang, refusal } as const
  return {
    surfaces: surfaces.map((surface) => describeSurface(surface, words, at)),
    profile: {
      fields: profileRows(lang),
      example: JSON.stringify({ profiles: [exampleProfile] }, null, 2),
    },
  }
}

interface At {
  readonly lang: DocLang
  readonly refusal: (entry: RefusalEntry) => RefusalDoc
}

function describeSurface(surface: Documented, words: Words, at: At): SurfaceDoc {
  const { name, spelling, prefix, table } = surface
  const profile = spelling && spelling.name !== 'default' ? spelling.name : undefined
  const base = profile === undefined ? bases[name] : `$TUPU_SIM_URL${prefix}`
  return {
    tag: tagOf(surface),
    name: nameOf(name),
    profile,
    prefix,
    endpoints: surface.endpoints.map((endpoint) =>
      describeEndpoint(surface, endpoint, { ...at, base: base ?? '' }),
    ),
    always: transportAnswers(surface).map(({ entry }) => at.refusal(entry)),
    codes: table ? [...table.values()].map(at.refusal) : problemDocs(words),
  }
}

function nameOf(name: string): SurfaceDoc['name'] {
  if (name === 'tupu' || name === 'wechat' || name === 'sink' || name === 'control') return name
  throw new Error(`the surface ${name} has no words`)
}

/** The control API's types of problem. */
function problemDocs(words: Words): RefusalDoc[] {
  return Object.entries(problems).map(([type, { status }]) => ({
    code: String(status),
    text: type,
    meaning: words.rules[`control.${type}`] ?? '',
    fidelity: undefined,
    mobile: undefined,
  }))
}

function describeEndpoint(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
  { lang, refusal, base }: At & { readonly base: string },
): EndpointDoc {
  const { status, body } = exampleAnswer(surface, endpoint)
  const placed = fieldsOf(surface, endpoint, endpoint.methods[0], lang)
  const fields = places
    .flatMap((place) => placed.filter((field) => field.in === place))
    .flatMap((field) =>
      fieldRows(field.at.join('.'), field.schema, field.required).map((row) => ({
        ...row,
        place: field.in,
      })),
    )
  const isSpelled = surface.spelling?.success({}) !== undefined
  const { answer } = endpoint
  const shape = typeof answer === 'string' || isSpelled ? {} : jsonSchemaOf(answer, 'output', lang)
  return {
    id: endpoint.id,
    methods: endpoint.methods,
    path: surface.prefix + endpoint.path,
    summary: endpoint.summary[lang],
    source: inLang(endpoint.source, lang),
    fidelity: surface.table ? endpoint.fidelity : undefined,
    fields,
    refusals: refusedAnswers(surface, endpoint).map(({ entry }) => refusal(entry)),
    statuses: surface.table ? [] : endpoint.refusals,
    curl: curlOf(base, surface, endpoint),
    status,
    answer: body === null ? '' : jsonText(body),
    answerFields: objectRows(shape),
  }
}

/** A profile that differs in everything that a profile may say. */
export const exampleProfile: ProfileData = {
  name: 'initech',
  base: '/partner/v2',
  authentication: { kind: 'key', header: 'Authorization', scheme: 'Bearer' },
  endpoints: {
    'message.send': {
      method: 'POST',
      path: '/notify',
      fields: { eid: '/customer', mobile: '/to/phone', message: '/to/text' },
    },
  },
  answers: {
    success: { status: 202, body: { ok: true, id: '{msgid_str}' } },
    refusal: { status: 400, body: { ok: false, code: '{errcode}', why: '{errmsg}' } },
    by_errcode: { '100011': { status: 404, body: { ok: false, code: 'nobody' } } },
  },
}

/** A profile's fields; what holds of every endpoint stands once. */
export function profileRows(lang: DocLang): FieldRow[] {
  const rows = new Map<string, FieldRow>()
  for (const row of objectRows(jsonSchemaOf(profileData, 'input', lang))) {
    const id = tupuEndpoints.find((endpoint) => row.name.startsWith(`endpoints.${endpoint.id}`))?.id
    const name = id === undefined ? row.name : row.name.replace(id, '*')
    rows.set(name, { ...row, name })
  }
  return [...rows.values()]
}
