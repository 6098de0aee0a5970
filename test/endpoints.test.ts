import { expect, it } from 'vitest'
import { type JsonObject, jsonSchemaOf } from '../src/apidoc/json-schema.ts'
import type { DocumentedEndpoint } from '../src/core/endpoint.ts'
import { tupuErrors } from '../src/tupu/errors.ts'
import { wechatErrors } from '../src/wechat/errors.ts'
import { onEither } from './database.ts'
import {
  allFields,
  callWith,
  endpoints,
  type Fields,
  fieldNames,
  goodFields,
  mountedPath,
  namesAppid,
  pathFields,
  readsBody,
  resetScene,
  type Scene,
  startScene,
  surfaceOf,
} from './endpoint-calls.ts'
import { type Answer, type Http, type StartOptions, startSim } from './sim.ts'

const all: readonly DocumentedEndpoint[] = [...endpoints.values()]
const methods = ['PUT', 'PATCH', 'DELETE', 'POST', 'GET']
const labels = ['documented', 'reported', 'assumed']

/** One law of all endpoints. */
interface Law {
  readonly of?: readonly DocumentedEndpoint[]
  /** A good call may be among its calls: the next endpoint that is no question needs a scene as new. */
  readonly changes?: boolean
  readonly options?: StartOptions
  faults(scene: Scene, endpoint: DocumentedEndpoint): Promise<readonly string[]>
}

/** What breaks a law, with the endpoint of each fault. All share a scene, which begins anew after what changed it. */
async function offenders({ of = all, changes = false, options = {}, faults }: Law) {
  const found: string[] = []
  let scene = await startScene(options)
  for (const endpoint of of) {
    for (const fault of await faults(scene, endpoint)) found.push(`${endpoint.id}: ${fault}`)
    if (endpoint.example.after || (changes && endpoint.methods[0] !== 'GET'))
      scene = await resetScene(scene)
  }
  return found
}

interface Refused {
  readonly status: readonly number[]
  readonly errcode?: number | undefined
}

/** What is wrong with a refusal in the shape of its surface: nothing, or the whole answer. */
function refusalFaults(endpoint: DocumentedEndpoint, answer: Answer, wanted: Refused): string[] {
  const { errcode } = bodyOf(answer)
  const isAsWanted =
    wanted.status.includes(answer.status) &&
    (wanted.errcode === undefined || errcode === wanted.errcode)
  if (isAsWanted && hasShape(endpoint, answer)) return []
  const type = answer.headers.get('content-type')
  return [`${JSON.stringify(wanted)}, not ${answer.status} ${type} ${answer.text.slice(0, 300)}`]
}

function hasShape(endpoint: DocumentedEndpoint, answer: Answer): boolean {
  const surface = surfaceOf(endpoint)
  const type = answer.headers.get('content-type')
  const body = bodyOf(answer)
  const names = Object.keys(body).join()
  if (surface === 'control')
    return (
      type === 'application/problem+json; charset=utf-8' &&
      names === 'type,title,status,field,reason,fix' &&
      body['status'] === answer.status &&
      ['type', 'title', 'reason', 'fix'].every((name) => /\S/.test(String(body[name])))
    )
  if (surface === 'sink') return isVendorsNo(endpoint, body)
  const { errcode, errmsg } = body
  if (typeof errcode !== 'number' || errcode === 0 || typeof errmsg !== 'string') return false
  if (surface === 'tupu')
    return (
      type === 'application/json; charset=utf-8' &&
      /^errcode,errmsg(,|$)/.test(names) &&
      /\S/.test(errmsg)
    )
  if (endpoint.path.startsWith('/sns/'))
    return (
      type === 'text/plain' &&
      names === 'errcode,errmsg' &&
      /[^,], rid: [0-9a-f-]{26}$/.test(errmsg)
    )
  return (
    type === 'application/json; encoding=utf-8' &&
    names === 'errcode,errmsg' &&
    /[^,\s] rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/.test(errmsg)
  )
}

/** A problem of ours, or what Twilio and Alibaba Cloud say. */
function isVendorsNo({ credential }: DocumentedEndpoint, body: Fields): boolean {
  const names = Object.keys(body).join()
  if (credential === 'sink of Twilio')
    return names === 'code,message,more_info,status' && /\S/.test(String(body['message']))
  if (credential === 'sink of Alibaba Cloud')
    return /^Message,RequestId,(HostId,)?Code$/.test(names) && body['Code'] !== 'OK'
  return names === 'type,title,status,field,reason,fix'
}

/** The fields of a JSON answer; of any other answer none. */
function bodyOf({ text }: Answer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

function isGood(endpoint: DocumentedEndpoint, answer: Answer): boolean {
  if (surfaceOf(endpoint) === 'control') return answer.status < 300
  if (surfaceOf(endpoint) === 'sink')
    return answer.status < 300 && ['OK', undefined].includes(bodyOf(answer)['Code'] as string)
  return answer.status === 200 && !(Number(bodyOf(answer)['errcode']) > 0)
}

it('every endpoint but a sink refuses a call without any credential', async () => {
  const options = { exposed: true, controlToken: 'the-operators-token', partnerOpen: true }
  const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
    const isControl = surfaceOf(endpoint) === 'control'
    const fields = await (isControl ? allFields : goodFields)(scene, endpoint)
    const rest = Object.entries(fields).filter(
      ([name]) => !['appid', 'access_token'].includes(name) || isControl,
    )
    const answer = await callWith(scene, endpoint, Object.fromEntries(rest))
    if (isControl) {
      const { status, headers, text } = answer
      const isAsked =
        status === 401 &&
        headers.get('www-authenticate')?.startsWith('Bearer') &&
        headers.get('content-type')?.startsWith('application/problem+json') &&
        bodyOf(answer)['status'] === 401 &&
        bodyOf(answer)['field'] === 'authorization'
      return isAsked ? [] : [`does not ask for a token: ${status} ${text}`]
    }
    // An EID that is part of the path leaves no path when it is left out.
    const hole = endpoint.path.includes('{eid}')
    const missing = namesAppid(endpoint) ? 41002 : 41001
    const errcode = surfaceOf(endpoint) === 'wechat' ? missing : hole ? 100019 : 100001
    return refusalFaults(endpoint, answer, { status: [hole ? 404 : 200], errcode })
  }
  const of = all.filter((endpoint) => surfaceOf(endpoint) !== 'sink')
  expect(await offenders({ of, options, faults })).toEqual([])
})

it('every endpoint refuses a method that its path does not have', async () => {
  const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
    const taken = all
      .filter((other) => mountedPath(other) === mountedPath(endpoint))
      .flatMap((other): readonly string[] => other.methods)
    const method = methods.find((candidate) => !taken.includes(candidate)) ?? 'PROPFIND'
    const fields = await allFields(scene, endpoint)
    const answer = await callWith(scene, endpoint, fields, { method, body: '{}' })
    const errcodes = {
      wechat: taken.includes('GET') ? 43001 : 43002,
      tupu: 100019,
      sink: undefined,
      control: undefined,
    }
    const surface = surfaceOf(endpoint)
    const status = [surface === 'wechat' ? 200 : 405]
    return refusalFaults(endpoint, answer, { status, errcode: errcodes[surface] })
  }
  expect(await offenders({ faults })).toEqual([])
})

const broken_json = ['{"a":', 'a=1', '<a/>', Buffer.from('{"a":"\xff"}', 'latin1')]
const no_objects = ['[]', '"{}"', '7', 'null']

it('every endpoint that reads a body refuses one that is no JSON object', async () => {
  const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
    const fields = await allFields(scene, endpoint)
    const isControl = ['control', 'sink'].includes(surfaceOf(endpoint))
    const malformed = endpoint.id === 'qrcode.create' ? 40052 : 47001
    const errcode = isControl ? undefined : malformed
    const refusals = [...broken_json, ...no_objects].map(async (body) => {
      const answer = await callWith(scene, endpoint, fields, { body })
      const status = broken_json.includes(body) ? 400 : 422
      return refusalFaults(endpoint, answer, { status: [isControl ? status : 200], errcode })
    })
    return (await Promise.all(refusals)).flat()
  }
  expect(await offenders({ of: all.filter(readsBody), faults })).toEqual([])
})

it('every endpoint and every code says how sure we are of it, and where that is known from', () => {
  const codes = [...wechatErrors.values(), ...tupuErrors.values()]
  const unsure = [...all, ...codes].filter(({ fidelity }) => !labels.includes(fidelity))
  expect(unsure.map((one) => ('id' in one ? one.id : one.code))).toEqual([])
  expect(all.filter(({ source }) => source === '').map(({ id }) => id)).toEqual([])
})

it('the counters know of every endpoint whether it was called, and how it answered', async () => {
  let http: Http | undefined
  const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
    http = scene.http
    const answer = await callWith(scene, endpoint, await allFields(scene, endpoint))
    return isGood(endpoint, answer) ? [] : [`is not called well: ${answer.text}`]
  }
  expect(await offenders({ changes: true, faults })).toEqual([])
  const metrics = (await http?.('GET', '/metrics'))?.text ?? ''
  const called = [...metrics.matchAll(/^tupu_sim_endpoint_called\{endpoint="([^"]+)"\} (\d)$/gm)]
  expect(Object.fromEntries(called.map(([, id, n]) => [id, n]))).toEqual(
    Object.fromEntries(all.map(({ id }) => [id, '1'])),
  )
  const good = [...metrics.matchAll(/^tupu_sim_calls\{endpoint="([^"]+)",code="0"\} [1-9]/gm)]
  expect(good.map(([, id]) => id)).toEqual(expect.arrayContaining([...endpoints.keys()]))
  expect(metrics).not.toContain('code="500"')
})

/** The fields of an endpoint with what the documents say they hold where nothing is said; those of a list's items below it. */
function documentedDefaults(schema: JsonObject): Fields {
  const found: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(Object(schema['properties']) as JsonObject)) {
    const { default: usual, items } = field as JsonObject
    if (usual !== undefined) found[name] = usual
    const inner = documentedDefaults(Object(items) as JsonObject)
    if (Object.keys(inner).length > 0) found[name] = [{ key: 'initech', ...inner }]
  }
  return found
}

/** The same call with nothing said: of a list's items but their keys. */
function unsaid(fields: Fields, defaults: Fields): Fields {
  const rest = Object.entries(fields).filter(([name]) => !(name in defaults))
  const lists = Object.keys(defaults).filter((name) => isListOfItems(defaults[name]))
  return {
    ...Object.fromEntries(rest),
    ...Object.fromEntries(lists.map((name) => [name, [{ key: 'initech' }]])),
  }
}

function isListOfItems(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0
}

/** Everything that a world says of its accounts. */
async function accountsOf({ sim }: Scene, world: string): Promise<string> {
  const { items } = (await sim.call('account.list', { world })) as {
    items: { key: string; appid: string | null }[]
  }
  const told = []
  for (const { key: eid, appid } of items) {
    told.push(await sim.call('account.get', { world, eid }))
    if (appid !== null) told.push(await sim.call('official_account.get', { world, appid }))
  }
  return JSON.stringify(told)
}

/** What differs between two runs of the same calls. */
const volatile =
  /"(?:real_now|resets|seq|called_at|ends_at|next_cursor|real_at)":(?:"[^"]*"|\d+|null)/g
const of_real_time = /"(?:at|trace|x-sim-trace)":"[^"]*"/gi

it('a field that is left out is as if what the documents say of it had been given', async () => {
  const asked: string[] = []
  const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
    const defaults = documentedDefaults(jsonSchemaOf(endpoint.input, 'input'))
    const inQuery = Object.entries(defaults).filter(([, value]) => value !== null)
    const given = readsBody(endpoint) ? defaults : Object.fromEntries(inQuery)
    if (Object.keys(given).length === 0) return []
    asked.push(endpoint.id)
    const answers: string[] = []
    for (const change of [unsaid, (fields: Fields, all: Fields) => ({ ...fields, ...all })]) {
      const fields = await allFields(scene, endpoint)
      const { status, text } = await callWith(scene, endpoint, change(fields, given))
      const world = endpoint.id === 'world.create' ? 'ci-7' : 'default'
      const left = endpoint.methods[0] === 'GET' ? '' : await accountsOf(scene, world)
      // What no world has claimed came at a real time.
      const shown = endpoint.id === 'stray.get' ? text.replace(of_real_time, '') : text
      answers.push(`${status} ${shown}${left}`.replace(volatile, ''))
      if (endpoint.example.after || endpoint.methods[0] !== 'GET') scene = await resetScene(scene)
      if (endpoint.id === 'world.create') await scene.sim.call('world.delete', { world: 'ci-7' })
    }
    return answers[0] === answers[1] ? [] : [`${answers[0]} is not ${answers[1]}`]
  }
  expect(await offenders({ faults })).toEqual([])
  expect(asked).toEqual(expect.arrayContaining(['account.create', 'world.create', 'exchange.get']))
})

it('a world of which nothing is said has those who are documented', async () => {
  const { input } = endpoints.get('world.create') as DocumentedEndpoint
  const { description } = Object(jsonSchemaOf(input, 'input')['properties']).people
  const [, together = '', alone = ''] =
    /accounts is omitted too: (.*?)\. Otherwise: (.*?)\./.exec(description) ?? []
  const { sim } = await startSim()
  const peopleOf = async (body: object) => {
    const { people } = (await sim.call('world.create', body)) as { people: Cast[] }
    return people.map(({ key, openids }) => ({ key, knows: Object.keys(openids) }))
  }
  const states = { registered: ['acme'], follows: ['acme'], undefined: [] }
  const said = together.split(', ').map((one) => {
    const [, key, state] = /^(\w+)(?: \((\w+)\))?$/.exec(one) ?? []
    return { key, knows: states[String(state) as keyof typeof states] }
  })
  expect(await peopleOf({})).toEqual(said)
  expect(alone).toBe('nobody')
  expect(await peopleOf({ accounts: [{ key: 'acme' }] })).toEqual([])
})

interface Cast {
  readonly key: string
  readonly openids: Record<string, string>
}

const odd_values = [null, 7, true, [], {}, '', '\0', '\ud800', 'x'.repeat(20_000)]
const odd_paths = ['%00', '%ED%A0%80', '%', 'x'.repeat(5000), '%F0%9F%98%80', '-', "'"]

onEither('a field or a part of a path with an odd value', (database) => {
  it('never brings an endpoint down: it is taken, or refused in the surface’s own way', async () => {
    const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
      const fields = await allFields(scene, endpoint)
      const inField = fieldNames(endpoint).flatMap((name) =>
        odd_values.map((value) => callWith(scene, endpoint, { ...fields, [name]: value })),
      )
      const inPath = pathFields(endpoint).flatMap((name) =>
        odd_paths.map((value) => callWith(scene, endpoint, fields, { rawPath: { [name]: value } })),
      )
      const answers = await Promise.all([...inField, ...inPath])
      const refused = answers.filter((answer) => !isGood(endpoint, answer))
      const status = [200, 400, 404, 409, 422]
      return refused.flatMap((answer) => refusalFaults(endpoint, answer, { status }))
    }
    // A stream that follows goes on until its reader leaves.
    const of = all.filter(({ answer }) => answer !== 'text/event-stream')
    expect(await offenders({ of, options: { database }, changes: true, faults })).toEqual([])
  })
})
