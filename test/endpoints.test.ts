import { describe, expect, it } from 'vitest'
import type { DocumentedEndpoint } from '../src/core/endpoint.ts'
import { problems } from '../src/core/problem.ts'
import { tupuErrors } from '../src/tupu/errors.ts'
import { wechatErrors } from '../src/wechat/errors.ts'
import { onEither } from './database.ts'
import {
  allFields,
  callWith,
  endpoints,
  fieldNames,
  goodFields,
  mountedPath,
  namesAppid,
  pathFields,
  readsBody,
  resetScene,
  startScene,
  surfaceOf,
} from './endpoint-calls.ts'
import type { Answer } from './sim.ts'

const all: readonly DocumentedEndpoint[] = [...endpoints.values()]
const methods = ['PUT', 'PATCH', 'DELETE', 'POST', 'GET']
const labels = ['documented', 'reported', 'assumed']

function named(some: readonly DocumentedEndpoint[]) {
  return some.map((endpoint) => [endpoint.id, endpoint] as const)
}

/** A refusal in the shape of its surface. */
function expectRefusal(
  endpoint: DocumentedEndpoint,
  answer: Answer,
  status: readonly number[] = [200],
) {
  const said = `${endpoint.id}: ${answer.status} ${answer.text}`
  const body = JSON.parse(answer.text)
  const type = answer.headers.get('content-type')
  expect(status, said).toContain(answer.status)
  if (surfaceOf(endpoint) === 'control') {
    expect(type, said).toBe('application/problem+json; charset=utf-8')
    expect(Object.keys(body), said).toEqual(['type', 'title', 'status', 'field', 'reason', 'fix'])
    expect(body.status, said).toBe(answer.status)
    for (const name of ['type', 'title', 'reason', 'fix']) expect(body[name], said).toMatch(/\S/)
    return body
  }
  expect(body.errcode, said).toBeTypeOf('number')
  expect(body.errcode, said).not.toBe(0)
  if (surfaceOf(endpoint) === 'wechat') {
    const isSns = endpoint.path.startsWith('/sns/')
    expect(type, said).toBe(isSns ? 'text/plain' : 'application/json; encoding=utf-8')
    expect(Object.keys(body), said).toEqual(['errcode', 'errmsg'])
    expect(body.errmsg, said).toMatch(
      isSns ? /[^,], rid: [0-9a-f-]{26}$/ : /[^,\s] rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/,
    )
  } else {
    expect(type, said).toBe('application/json; charset=utf-8')
    expect(Object.keys(body).slice(0, 2), said).toEqual(['errcode', 'errmsg'])
    expect(body.errmsg, said).toMatch(/\S/)
  }
  return body
}

function isGood(endpoint: DocumentedEndpoint, answer: Answer): boolean {
  if (surfaceOf(endpoint) === 'control') return answer.status < 300
  return answer.status === 200 && !(JSON.parse(answer.text).errcode > 0)
}

describe.each(named(all))('%s', (_, endpoint) => {
  it('refuses a call without any credential', async () => {
    const scene = await startScene({ exposed: true, controlToken: 'secret', partnerOpen: true })
    const isControl = surfaceOf(endpoint) === 'control'
    const fields = await (isControl ? allFields : goodFields)(scene, endpoint)
    const named = Object.entries(fields).filter(([name]) => name !== 'appid' || isControl)
    const answer = await callWith(scene, endpoint, Object.fromEntries(named))
    if (isControl) {
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(JSON.parse(answer.text)).toMatchObject({ status: 401, field: 'authorization' })
      return
    }
    // An EID that is part of the path leaves no path when it is left out.
    const hole = endpoint.path.includes('{eid}')
    const { errcode } = expectRefusal(endpoint, answer, hole ? [404] : [200])
    const missing = namesAppid(endpoint) ? 41002 : 41001
    expect(errcode).toBe(surfaceOf(endpoint) === 'wechat' ? missing : hole ? 100019 : 100001)
  })

  it('refuses a method that its path does not have', async () => {
    const scene = await startScene()
    const taken = all
      .filter((other) => mountedPath(other) === mountedPath(endpoint))
      .flatMap((other): readonly string[] => other.methods)
    const method = methods.find((candidate) => !taken.includes(candidate)) ?? 'PROPFIND'
    const fields = await allFields(scene, endpoint)
    const answer = await callWith(scene, endpoint, fields, { method, body: '{}' })
    const wechat = surfaceOf(endpoint) === 'wechat'
    const { errcode } = expectRefusal(endpoint, answer, [wechat ? 200 : 405])
    if (wechat) expect(errcode).toBe(taken.includes('GET') ? 43001 : 43002)
    if (surfaceOf(endpoint) === 'tupu') expect(errcode).toBe(100019)
  })

  it('says how sure we are of it, and refuses with codes of its surface’s table only', () => {
    expect(labels).toContain(endpoint.fidelity)
    expect(endpoint.source).not.toBe('')
    const statuses: readonly number[] = Object.values(problems).map(({ status }) => status)
    const known = (code: number) =>
      surfaceOf(endpoint) === 'control'
        ? statuses.includes(code)
        : wechatErrors.has(code) || tupuErrors.has(code)
    expect(endpoint.refusals.filter((code) => !known(code))).toEqual([])
    expect(new Set(endpoint.refusals).size).toBe(endpoint.refusals.length)
  })
})

describe.each(named(all.filter(readsBody)))('%s', (_, endpoint) => {
  it('refuses a body that is no JSON object', async () => {
    const scene = await startScene()
    const fields = await allFields(scene, endpoint)
    const control = surfaceOf(endpoint) === 'control'
    const malformed = endpoint.id === 'qrcode.create' ? 40052 : 47001
    for (const body of ['{"a":', 'a=1', '<a/>', Buffer.from('{"a":"\xff"}', 'latin1')]) {
      const answer = await callWith(scene, endpoint, fields, { body })
      const refused = expectRefusal(endpoint, answer, [control ? 400 : 200])
      if (!control) expect(refused.errcode).toBe(malformed)
    }
    for (const body of ['[]', '"{}"', '7', 'null']) {
      const answer = await callWith(scene, endpoint, fields, { body })
      const refused = expectRefusal(endpoint, answer, [control ? 422 : 200])
      if (!control) expect(refused.errcode).toBe(malformed)
    }
  })
})

it.each([
  ['WeChat', wechatErrors],
  ['TUPU', tupuErrors],
])('every code of %s is labelled with how sure we are of it', (_, table) => {
  for (const entry of table.values()) expect(labels, String(entry.code)).toContain(entry.fidelity)
})

it('the counters know of every endpoint whether it was called, and how it answered', async () => {
  let scene = await startScene()
  for (const endpoint of all) {
    scene = await resetScene(scene)
    await callWith(scene, endpoint, await allFields(scene, endpoint))
  }
  const { text } = await scene.http('GET', '/metrics')
  const called = [...text.matchAll(/^tupu_sim_endpoint_called\{endpoint="([^"]+)"\} (\d)$/gm)]
  expect(Object.fromEntries(called.map(([, id, n]) => [id, n]))).toEqual(
    Object.fromEntries(all.map(({ id }) => [id, '1'])),
  )
  const good = [...text.matchAll(/^tupu_sim_calls\{endpoint="([^"]+)",code="0"\} [1-9]/gm)]
  expect(good.map(([, id]) => id).sort()).toEqual(expect.arrayContaining([...endpoints.keys()]))
  expect(text).not.toContain('code="500"')
})

const odd_values = [null, 7, true, [], {}, '', '\0', '\ud800', 'x'.repeat(20_000)]
const odd_paths = ['%00', '%ED%A0%80', '%', 'x'.repeat(5000), '%F0%9F%98%80', '-', "'"]

onEither('a field or a part of a path with an odd value', (database) => {
  it('never brings an endpoint down: it is taken, or refused in the surface’s own way', async () => {
    let scene = await startScene({ database })
    for (const endpoint of all) {
      if (endpoint.methods[0] !== 'GET') scene = await resetScene(scene)
      const fields = await allFields(scene, endpoint)
      const odd = fieldNames(endpoint).flatMap((name) =>
        odd_values.map((value) => callWith(scene, endpoint, { ...fields, [name]: value })),
      )
      const lost = pathFields(endpoint).flatMap((name) =>
        odd_paths.map((value) => callWith(scene, endpoint, fields, { rawPath: { [name]: value } })),
      )
      for (const answer of await Promise.all([...odd, ...lost])) {
        expect(answer.status, `${endpoint.id}: ${answer.text}`).toBeLessThan(500)
        if (isGood(endpoint, answer)) continue
        expectRefusal(endpoint, answer, [200, 400, 404, 409, 422])
      }
    }
  })
})
