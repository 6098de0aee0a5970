import type { EarlierCall, ExampleFile, Method } from '../../core/endpoint.ts'
import { fieldsXml } from '../../core/xml.ts'
import { type Documented, exampleCall, isObject } from '../describe.ts'
import type { JsonObject } from '../json-schema.ts'
import type { ExampleScene } from './scene.ts'

/**
 * An endpoint's example as calls one after another: what it needs is called first. `{name}` in a text is what an earlier
 * answer has told; each language writes it in its own way.
 */
export interface Script {
  readonly calls: readonly ScriptCall[]
  /** All names that answers tell, and that of the environment's control token. */
  readonly names: ReadonlySet<string>
}

export interface ScriptCall {
  /** The endpoint's id; empty: a page. */
  readonly id: string
  readonly method: Method
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What is sent as JSON. */
  readonly body: JsonObject | undefined
  /** What is sent as a form instead, in the order of its fields. */
  readonly form: Readonly<Record<string, string>> | undefined
  /** What is sent as XML instead. */
  readonly xml: string | undefined
  /** What is uploaded instead. */
  readonly file: ExampleFile | undefined
  readonly takes: readonly Take[]
  /** Its answer is not shown: it is empty, a picture or a page. */
  readonly isPlain: boolean
  /** Its answer comes piece by piece. */
  readonly isStream: boolean
}

/** What is taken from an answer: by the way to it in the JSON, or from the address that redirects end at. */
export type Take =
  | { readonly name: string; readonly at: readonly string[]; readonly match?: RegExp }
  | { readonly name: string; readonly query: string }

type Endpoint = Documented['endpoints'][number]

/** The variable that holds the control token, where control calls need one. */
export const token_variable = 'TUPU_SIM_CONTROL_TOKEN'

/** How names come about that no call of an example tells. */
const makers: Readonly<Record<string, EarlierCall>> = {
  access_token: {
    call: 'token.get',
    input: {
      grant_type: 'client_credential',
      appid: '{acme.appid}',
      secret: '{acme.app_secret}',
    },
    take: { access_token: 'access_token' },
  },
  web_token: exchange({ web_token: 'access_token' }),
  refresh_token: exchange({ refresh_token: 'refresh_token' }),
}

/** A code is good once: of its answer one thing is taken. */
function exchange(take: Readonly<Record<string, string>>): EarlierCall {
  const grant = { code: '{code}', grant_type: 'authorization_code' }
  const input = { appid: '{acme.appid}', secret: '{acme.app_secret}', ...grant }
  return { call: 'oauth.exchange', input, take }
}

/** Makes the script of an endpoint's example in a scene. */
export function exampleScript(
  surfaces: readonly Documented[],
  of: { readonly surface: Documented; readonly endpoint: Endpoint },
  scene: ExampleScene,
): Script {
  const draft: Draft = { surfaces, own: of.surface, scene, calls: [], names: new Set() }
  const { id, example } = of.endpoint
  if (scene.needsToken) draft.names.add(token_variable)
  for (const earlier of example.after ?? []) addCall(draft, earlier)
  addCall(draft, { call: id, input: example.input })
  return draft
}

interface Draft {
  readonly surfaces: readonly Documented[]
  readonly own: Documented
  readonly scene: ExampleScene
  readonly calls: ScriptCall[]
  readonly names: Set<string>
}

function addCall(draft: Draft, { call: id, input = {}, take = {} }: EarlierCall): void {
  const found = find(draft, id)
  const fields = { ...callerFields(found.endpoint), ...input }
  const filled = fill(fields, draft.scene.values) as JsonObject
  for (const name of namesIn(filled)) ensure(draft, name)
  for (const name of Object.keys(take)) draft.names.add(name)
  const takes = Object.entries(take).map(([name, from]): Take => {
    const { at, ...match } = typeof from === 'string' ? { at: from } : from
    return { name, at: at.split('.'), ...match }
  })
  draft.calls.push({ ...makeCall(found, filled, draft.scene), takes })
}

/** An endpoint by its id, of the example's own surface first: partners may have several. */
function find({ own, surfaces }: Draft, id: string) {
  for (const surface of [own, ...surfaces]) {
    const endpoint = surface.endpoints.find((one) => one.id === id)
    if (endpoint) return { surface, endpoint }
  }
  throw new Error(`there is no call ${id}`)
}

/** Who calls, and in which world. */
function callerFields({ credential, path }: Endpoint): JsonObject {
  if (credential === undefined) return path.includes('{world}') ? { world: '{world}' } : {}
  if (credential.startsWith('eid')) return { eid: '{acme.eid}' }
  if (credential.startsWith('access_token')) return { access_token: '{access_token}' }
  return credential === 'web_token' ? { access_token: '{web_token}' } : {}
}

/** Calls first what tells a name. */
function ensure(draft: Draft, name: string): void {
  if (draft.names.has(name)) return
  if (name === 'code') {
    draft.names.add('code')
    draft.calls.push(authorizeCall(draft.scene))
  } else {
    const maker = makers[name]
    if (maker) addCall(draft, maker)
  }
}

/** Web OAuth as a browser goes through it: its redirects end at an address with the code. */
function authorizeCall({ base, values, needsToken }: ExampleScene): ScriptCall {
  const query = new URLSearchParams({
    appid: values.get('acme.appid') ?? '',
    redirect_uri: `${base}/livez`,
    response_type: 'code',
    scope: 'snsapi_userinfo',
  })
  return {
    id: '',
    method: 'GET',
    url: `${base}/as/${values.get('key li') ?? 'li'}/connect/oauth2/authorize?${query}`,
    headers: needsToken ? authorization : {},
    body: undefined,
    form: undefined,
    xml: undefined,
    file: undefined,
    takes: [{ name: 'code', query: 'code' }],
    isPlain: true,
    isStream: false,
  }
}

const authorization = { Authorization: `Bearer {${token_variable}}` }

function makeCall(
  { surface, endpoint }: { surface: Documented; endpoint: Endpoint },
  input: JsonObject,
  { origin, base, needsToken }: ExampleScene,
): Omit<ScriptCall, 'takes'> {
  const [method] = endpoint.methods
  const { path, query, header, body } = exampleCall(surface, endpoint, method, input)
  const isControl = surface.table === undefined
  const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(path[name] ?? ''))
  const search = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`)
  const hasFields = Object.keys(body).length > 0
  const isXml = hasFields && endpoint.from.includes('xml')
  const isForm = hasFields && !isXml && !endpoint.from.includes('json')
  const isJson = hasFields && !isForm && !isXml
  const isStream = endpoint.answer === stream_type
  return {
    id: endpoint.id,
    method,
    url: `${(isControl ? origin : base) + surface.prefix + filled}${search.length > 0 ? `?${search.join('&')}` : ''}`,
    headers: {
      ...(isJson ? { 'Content-Type': 'application/json' } : {}),
      ...(isXml ? { 'Content-Type': 'application/xml' } : {}),
      ...header,
      ...(isControl && needsToken ? authorization : {}),
    },
    body: isJson ? body : undefined,
    form: isForm ? formOf(body) : undefined,
    xml: isXml ? fieldsXml({ xml: body }) : undefined,
    file: endpoint.example.file,
    isPlain: typeof endpoint.answer === 'string' && !isStream,
    isStream,
  }
}

/** Server-sent events. */
const stream_type = 'text/event-stream'

/** Forms know nothing but texts. */
function formOf(fields: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  )
}

/** A lower-case name in braces; a template's own placeholders end in DATA. */
const placeholder = /\{([a-z_]+(?:\.[a-z_]+)?)\}/g

/** Puts the scene's values in; what answers are to tell stays, under its own name. */
function fill(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    // A whole text may be the key of an account or person of the scene, which has another one here.
    const key = values.get(`key ${value}`)
    if (key !== undefined) return key
    return value.replace(
      placeholder,
      (_, name: string) => values.get(name) ?? `{${name.replace('oauth.', '')}}`,
    )
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, values))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, values)]))
}

function namesIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(placeholder)].map(([, name = '']) => name)
}

/** A part of an address: names that answers tell stay readable. */
function encoded(text: string): string {
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? encodeURIComponent(part) : `{${part.name}}`))
    .join('')
}

/** A text cut at the names in it; without `names`, at whatever looks like one. */
export function partsOf(
  text: string,
  names?: ReadonlySet<string>,
): (string | { readonly name: string })[] {
  return text
    .split(/(\{[A-Za-z_]+\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const name = /^\{([A-Za-z_]+)\}$/.exec(part)?.[1]
      return name !== undefined && (names?.has(name) ?? true) ? { name } : part
    })
}
