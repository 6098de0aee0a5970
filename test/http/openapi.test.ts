import { describe, expect, it } from 'vitest'
import { exampleOf } from '../../src/apidoc/examples.ts'
import { endpoints } from '../endpoint-calls.ts'
import { checkerOf, fetchOpenApi, OpenApi, operationsOf, refsIn, resolve } from '../openapi.ts'
import { startTold } from '../tupu/callback/told.ts'

const text = await fetchOpenApi()
/** Fails where something stands in it that OpenAPI 3.1 does not know. */
const document = OpenApi.parse(JSON.parse(text))
const operations = operationsOf(document)
const named = operations.map((operation) => [operation.operationId, operation] as const)

describe('GET /openapi.json', () => {
  it('has every endpoint with each of its methods, under a name of its own', () => {
    const ids = operations.map(({ operationId }) => operationId)
    const wanted = [...endpoints.values()].flatMap(({ id, methods }) =>
      methods.map((method, i) => (i === 0 ? id : `${id}.${method.toLowerCase()}`)),
    )
    expect(ids.toSorted()).toEqual(wanted.toSorted())
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('refers to nothing that is not there, and has nothing that nobody refers to', () => {
    const refs = [...new Set(refsIn(document))]
    expect(refs.filter((ref) => resolve(document, ref) === undefined)).toEqual([])
    const { securitySchemes: _, ...rest } = document.components
    const parts = Object.entries(rest).flatMap(([kind, some]) =>
      Object.keys(some).map((name) => `#/components/${kind}/${name}`),
    )
    expect(refs.toSorted()).toEqual(parts.toSorted())
  })

  it('offers the world that a call names, and any world by its path', async () => {
    const origin = 'http://sim.localhost'
    expect(document.servers).toMatchObject([
      { url: origin },
      { url: `${origin}/w/{world}`, variables: { world: { default: 'default' } } },
    ])
    const elsewhere = JSON.parse(await fetchOpenApi({ publicUrl: 'https://sim.example.com' }))
    expect(elsewhere.servers[0]).toMatchObject({ url: 'https://sim.example.com' })
  })

  it('says that a msgid has 64 bits, and writes all its digits', () => {
    const { msgid_str } = exampleOf('message.send').answer as { msgid_str: string }
    expect(text).toContain(`"msgid":${msgid_str}`)
    const msgids = text.match(/"msgid":\{[^{}]*"type":"integer"[^{}]*\}/g) ?? []
    expect(msgids.length).toBeGreaterThan(1)
    for (const msgid of msgids) expect(msgid).toContain('"format":"int64"')
  })

  it('spells schemas as people do', () => {
    // zod's own: bounds of doubles, numbers that are integers, patterns of dates.
    expect(text).not.toMatch(/9007199254740991|"type":"number"|propertyNames|\[02468\]\[048\]00/u)
  })

  it('names a tag for every operation, and no other', () => {
    const used = new Set(operations.flatMap(({ tags }) => tags))
    expect(document.tags.map(({ name }) => name)).toEqual([...used])
  })

  it('asks control calls for the token, and no other', () => {
    for (const { tags, security } of operations) {
      const wanted = tags[0] === 'control' ? [{}, { control_token: [] }] : undefined
      expect(security).toEqual(wanted)
    }
  })
})

describe('the webhooks of /openapi.json', () => {
  const hooks = Object.entries(document.webhooks)

  it('are what the platform is told, and look like what it is told', async () => {
    const { send, world, wang, acme, receiver } = await startTold()
    await send({ client_msg_id: 'order-17' })
    await wang.blocks(acme)
    await send()
    await world.advance('PT0S')
    expect(hooks.map(([name]) => name)).toEqual(receiver.received.map(({ body }) => body['event']))
    for (const [i, [, { post }]] of hooks.entries()) {
      const { schema, example } = post.requestBody.content['application/json'] ?? {}
      const { body, headers } = receiver.received[i] ?? { body: {}, headers: {} }
      expectFit(schema, example)
      expectFit(schema, body)
      expect(Object.keys(body)).toEqual(Object.keys(example as object))
      expect(Object.keys(headers)).toEqual(
        expect.arrayContaining(post.parameters.map(({ name }) => name.toLowerCase())),
      )
    }
  })
})

describe.each(named)('the operation %s', (_, operation) => {
  const { path, method, parameters = [], requestBody, responses } = operation
  const fields = parameters.flatMap((one) => ('$ref' in one ? [] : [one]))

  it('declares every field of its path, and no field twice', () => {
    const inPath = fields.filter((field) => field.in === 'path')
    expect(inPath.map(({ name }) => `{${name}}`).toSorted()).toEqual(
      (path.match(/\{\w+\}/g) ?? []).toSorted(),
    )
    expect(inPath.every(({ required }) => required)).toBe(true)
    const places = fields.map((field) => `${field.in} ${field.name}`)
    expect(new Set(places).size).toBe(places.length)
  })

  it('has a body only where its method has one, and a token only in the query', () => {
    if (method === 'GET' || method === 'DELETE') expect(requestBody).toBeUndefined()
    expect(JSON.stringify(requestBody ?? {})).not.toContain('"access_token"')
  })

  it('answers well with exactly one status, or with one more for what is there already', () => {
    const good = Object.keys(responses).filter((status) => status.startsWith('2'))
    const makes = ['world.create', 'association.create'].includes(operation.operationId)
    expect(good).toHaveLength(makes ? 2 : 1)
  })

  it('has examples that fit its schemas', () => {
    for (const { schema, example } of fields) if (example !== undefined) expectFit(schema, example)
    const answers = Object.values(responses).flatMap((one) => ('$ref' in one ? [] : [one.content]))
    for (const content of [requestBody?.content, ...answers]) {
      for (const { schema, example, examples = {} } of Object.values(content ?? {})) {
        const [good, refusal] = shapesOf(schema)
        const { ok = { value: example }, ...refused } = examples
        if (ok.value !== undefined) expectFit(good, ok.value)
        for (const { value } of Object.values(refused)) expectFit(refusal ?? good, value)
      }
    }
  })
})

/** What a good answer looks like, and a refusal, where they differ. */
function shapesOf(schema: Readonly<Record<string, unknown>> | undefined): unknown[] {
  return Array.isArray(schema?.['anyOf']) ? schema['anyOf'] : [schema]
}

function expectFit(schema: unknown, value: unknown): void {
  expect(schema).toBeDefined()
  const { error } = checkerOf(document, schema).safeParse(value)
  expect(error, JSON.stringify(value)).toBeUndefined()
}

describe.each([...endpoints])('the example of %s', (_, endpoint) => {
  it('is taken by the endpoint itself, with every field that it must have', () => {
    const { id, input, later } = endpoint
    const example = exampleOf(id)
    const known = [...Object.keys(input.shape), ...Object.keys(later?.shape ?? {}), 'eid', 'world']
    expect(known).toEqual(expect.arrayContaining(Object.keys(example.input)))
    expect(input.safeParse(example.input).error).toBeUndefined()
    expect(later?.safeParse(example.input).error).toBeUndefined()
  })

  it('shows an answer as the endpoint describes it, and nothing more', () => {
    const { id, answer } = endpoint
    const example = exampleOf(id)
    if (typeof answer === 'string') expect(example.answer).toBeNull()
    else expect(answer.safeParse(example.answer).data).toEqual(example.answer)
  })
})
