import type { DocumentedEndpoint, Method } from '../core/endpoint.ts'
import type { Localized } from '../core/field.ts'
import type { Surface, WrittenCall } from '../core/surface.ts'
import { exampleOf, type MadeExample } from './examples.ts'
import { type DocLang, type JsonObject, jsonSchemaOf } from './json-schema.ts'

/** A surface as the documents see it. */
export type Documented = Pick<
  Surface<never>,
  'name' | 'prefix' | 'table' | 'spelling' | 'refuseTransport' | 'encode'
> & { readonly endpoints: readonly DocumentedEndpoint<never>[] }

/** One field of a call, where it stands on the wire. */
export interface Field {
  /** Its canonical name. */
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'body'
  /** Its name there; in a body, the way to it. */
  readonly at: readonly [string, ...string[]]
  readonly required: boolean
  readonly schema: JsonObject
}

/** What surfaces read before an endpoint's own fields. */
const credentials: readonly {
  readonly name: string
  readonly starts: string
  readonly description: Localized
}[] = [
  {
    name: 'eid',
    starts: 'eid',
    description: { en: 'The account’s EID, as issued by TUPU.', zh: 'TUPU 给账号起的标识。' },
  },
  {
    name: 'access_token',
    starts: 'access_token',
    description: {
      en: 'A token from token.get or stable_token.get, always in the query.',
      zh: 'token.get 或 stable_token.get 给出的令牌，总是放在查询串里。',
    },
  },
  {
    name: 'access_token',
    starts: 'web_token',
    description: {
      en: 'A token from oauth.exchange or oauth.refresh.',
      zh: 'oauth.exchange 或 oauth.refresh 给出的令牌。',
    },
  },
]

/** A text that is the same in all languages, or has one for each. */
export function inLang(text: string | Localized, lang: DocLang): string {
  return typeof text === 'string' ? text : text[lang]
}

/** Whether a call by this method carries its fields in a body. */
export function hasBody(
  endpoint: Pick<DocumentedEndpoint<never>, 'from'>,
  method: Method,
): boolean {
  const reads = endpoint.from.some((from) => from === 'json' || from === 'form' || from === 'xml')
  return reads && method !== 'GET' && method !== 'DELETE'
}

/** All fields of a call: the credential, the endpoint's own, and what its handler checks later. */
export function fieldsOf(
  { spelling }: Pick<Documented, 'spelling'>,
  endpoint: DocumentedEndpoint<never>,
  method: Method,
  lang: DocLang = 'en',
): Field[] {
  const inPath = namesInPath(endpoint.path)
  const body = hasBody(endpoint, method)
  const ownPlace = (name: string) =>
    name === 'access_token' ? 'query:access_token' : spelling?.placeOf(endpoint.id, name)
  // Who authenticates stands in the proof, which is described by itself.
  const known = schemasOf(endpoint, lang).filter(({ name }) => ownPlace(name) !== 'user')
  const fields = known.map(({ name, schema, required }): Field => {
    const own = ownPlace(name)
    const { in: place, at } = placeOf(own ?? `/${name}`, inPath, body)
    return { name, in: place, at, required: required || place === 'path', schema }
  })
  const claimed = fields.filter((field) => field.in === 'path').map((field) => field.at[0])
  for (const name of inPath.filter((candidate) => !claimed.includes(candidate)))
    fields.push({ name, in: 'path', at: [name], required: true, schema: { type: 'string' } })
  return fields
}

/** The example's call, each value where the field stands. */
export function exampleCall(
  surface: Pick<Documented, 'spelling'>,
  endpoint: DocumentedEndpoint<never>,
  method: Method,
  input: JsonObject = madeExample(endpoint).input,
): WrittenCall & { readonly body: JsonObject } {
  const { spelling } = surface
  if (spelling) return spelling.callOf(endpoint, input) as WrittenCall & { body: JsonObject }
  const call = { path: {}, query: {}, header: {}, body: {} }
  for (const { name, in: place, at } of fieldsOf(surface, endpoint, method)) {
    const value = input[name]
    if (value === undefined) continue
    if (place === 'body') call.body = { ...call.body, [at[0]]: value }
    else Object.assign(call[place], { [at[0]]: String(value) })
  }
  return call
}

/** The example's answer, in the words of the surface. */
export function exampleAnswer(
  { spelling }: Pick<Documented, 'spelling'>,
  endpoint: DocumentedEndpoint<never>,
): { status: number; body: unknown } {
  const { answer } = madeExample(endpoint)
  const spelled = isObject(answer) ? spelling?.success(endpoint.id, answer) : undefined
  return spelled ?? { status: endpoint.status ?? 200, body: answer }
}

function madeExample({ id, example }: DocumentedEndpoint<never>): MadeExample {
  return example.answer ? { input: example.input, answer: example.answer } : exampleOf(id)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function namesInPath(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}

interface Known {
  readonly name: string
  readonly schema: JsonObject
  readonly required: boolean
}

function schemasOf(endpoint: DocumentedEndpoint<never>, lang: DocLang): Known[] {
  const known = new Map<string, Known>()
  for (const { name, starts, description } of credentials) {
    if (!endpoint.credential?.startsWith(starts)) continue
    known.set(name, {
      name,
      schema: { type: 'string', description: description[lang] },
      required: true,
    })
  }
  for (const input of [endpoint.input, ...(endpoint.later ? [endpoint.later] : [])]) {
    const { properties, required } = jsonSchemaOf(input, 'input', lang)
    if (!isObject(properties)) continue
    for (const [name, schema] of Object.entries(properties)) {
      if (!isObject(schema)) continue
      const description = known.get(name)?.schema['description']
      const described = description === undefined ? schema : { description, ...schema }
      known.set(name, { name, schema: described, required: isIn(required, name) })
    }
  }
  return [...known.values()]
}

function isIn(list: unknown, name: string): boolean {
  return Array.isArray(list) && list.includes(name)
}

function placeOf(
  where: string,
  inPath: readonly string[],
  body: boolean,
): Pick<Field, 'in' | 'at'> {
  if (where.startsWith('query:')) return { in: 'query', at: [where.slice(6)] }
  if (where.startsWith('header:')) return { in: 'header', at: [where.slice(7)] }
  if (where === 'host') return { in: 'header', at: ['host'] }
  const [first = '', ...rest] = where
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (rest.length === 0 && inPath.includes(first)) return { in: 'path', at: [first] }
  return body ? { in: 'body', at: [first, ...rest] } : { in: 'query', at: [first] }
}
