import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { exampleOf } from '../../src/apidoc/examples.ts'
import { shapes } from '../../src/apidoc/openapi/shapes.ts'
import { endpoints } from '../endpoint-calls.ts'
import {
  checkerOf,
  fetchOpenApi,
  OpenApi,
  type Operation,
  operationsOf,
  refsIn,
  resolve,
} from '../openapi.ts'
import { startTold } from '../tupu/callback/told.ts'

const text = await fetchOpenApi()
/** Fails where something stands in it that OpenAPI 3.1 does not know. */
const document = OpenApi.parse(JSON.parse(text))
const operations = operationsOf(document)

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

  it('has each shape that answers have in common, under its name', () => {
    const names = Object.keys(document.components.schemas)
    expect(names).toEqual(expect.arrayContaining(Object.keys(shapes)))
  })

  it('offers the world that a call names, and any world by its path', async () => {
    const origin = 'http://sim.localhost'
    expect(document.servers).toMatchObject([
      { url: origin },
      { url: `${origin}/w/{world}`, variables: { world: { default: 'default' } } },
    ])
    const local = JSON.parse(await fetchOpenApi({ publicUrl: 'http://localhost:4570' }))
    expect(local.servers[0]).toMatchObject({ url: 'http://127.0.0.1:4570' })
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
    const spelled = text.replaceAll(
      '"type":"number","exclusiveMinimum":0,"maximum":1',
      '"a probability"',
    )
    expect(spelled).not.toMatch(
      /9007199254740991|"type":"number"|propertyNames|\[02468\]\[048\]00/u,
    )
  })

  it('names a tag for every operation, and no other', () => {
    const used = new Set(operations.flatMap(({ tags }) => tags))
    expect(document.tags.map(({ name }) => name)).toEqual([...used])
  })

  it('says of every call how it proves who makes it, in ways that are described', () => {
    const signed = { 'X-Tupu-Timestamp': [], 'X-Tupu-Nonce': [], 'X-Tupu-Signature': [] }
    const wrong = operations.filter(({ operationId, tags, security }) => {
      const { credential } =
        endpoints.get(operationId) ?? endpoints.get(operationId.replace(/\.\w+$/, '')) ?? {}
      const byTag = { control: [{}, { control_token: [] }], tupu: [{}, signed] }[tags[0] ?? '']
      const isByToken = credential === 'access_token' || credential === 'web_token'
      return !isDeepStrictEqual(security, byTag ?? (isByToken ? [{ [credential]: [] }] : []))
    })
    expect(idsOf(wrong)).toEqual([])
    const used = operations.flatMap(({ security }) => security.flatMap((one) => Object.keys(one)))
    expect(new Set(used)).toEqual(new Set(Object.keys(document.components.securitySchemes)))
  })

  it('has a name for every body and answer, and no two names for one kind of answer', () => {
    const { schemas } = document.components
    const inPlace = operations.filter(({ requestBody, responses }) => {
      const answers = Object.values(responses).map((one) => ('$ref' in one ? {} : one.content))
      const shown = [requestBody?.content, ...answers].flatMap((some) => Object.values(some ?? {}))
      const fields = shown.flatMap(({ schema }) => shapesOf(schema))
      return fields.some((one) => /"properties"/.test(JSON.stringify(one ?? {})))
    })
    // A file is its only field.
    const uploads = [...endpoints.values()].filter(({ example }) => example.file)
    expect(idsOf(inPlace)).toEqual(uploads.map(({ id }) => id))
    const names = Object.keys(schemas).filter((name) => !name.endsWith('Request'))
    const alike = Map.groupBy(names, (name) => JSON.stringify(schemas[name]))
    expect([...alike.values()].filter((some) => some.length > 1)).toEqual([])
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
      expect([...misfits(schema, example), ...misfits(schema, body)]).toEqual([])
      expect(Object.keys(body)).toEqual(Object.keys(example as object))
      expect(Object.keys(headers)).toEqual(
        expect.arrayContaining(post.parameters.map(({ name }) => name.toLowerCase())),
      )
    }
  })
})

describe('every operation of /openapi.json', () => {
  it('declares every field of its path, and no field twice', () => {
    const wrong = operations.filter(({ path, parameters = [] }) => {
      const fields = parameters.flatMap((one) => ('$ref' in one ? [] : [one]))
      const inPath = fields.filter((field) => field.in === 'path')
      const names = inPath.map(({ name }) => `{${name}}`).toSorted()
      const places = new Set(fields.map((field) => `${field.in} ${field.name}`))
      const isDeclared = isDeepStrictEqual(names, (path.match(/\{\w+\}/g) ?? []).toSorted())
      const isNeeded = inPath.every(({ required }) => required)
      return !isDeclared || !isNeeded || places.size < fields.length
    })
    expect(idsOf(wrong)).toEqual([])
  })

  it('has a body only where its method has one, and a token only in the query', () => {
    const wrong = operations.filter(({ method, requestBody }) => {
      const hasNone = method === 'GET' || method === 'DELETE'
      const hasToken = JSON.stringify(requestBody ?? {}).includes('"access_token"')
      return (hasNone && requestBody !== undefined) || hasToken
    })
    expect(idsOf(wrong)).toEqual([])
  })

  it('answers well with exactly one status, or with one more for what is there already', () => {
    const makers = ['world.create', 'association.create']
    const wrong = operations.filter(({ operationId, responses }) => {
      const good = Object.keys(responses).filter((status) => status.startsWith('2'))
      return good.length !== (makers.includes(operationId) ? 2 : 1)
    })
    expect(idsOf(wrong)).toEqual([])
  })

  it('answers nothing good as a problem', () => {
    const wrong = operations.filter(({ responses }) =>
      Object.entries(responses).some(
        ([status, answer]) =>
          status.startsWith('2') && JSON.stringify(answer).includes('"application/problem+json":'),
      ),
    )
    expect(idsOf(wrong)).toEqual([])
  })

  it('says what becomes of a packed body that nobody can read, and under which name WeChat sends its JSON', () => {
    const unsaid = operations.filter(
      ({ requestBody, responses }) =>
        requestBody && !('415' in responses || 'default' in responses),
    )
    expect(idsOf(unsaid)).toEqual([])
    const texts = operations.filter(({ responses }) => {
      const good = JSON.stringify(responses['200'] ?? {})
      return good.includes('"text/plain":') && !good.includes('"application/json":')
    })
    const under_sns = operations.filter(({ path }) => path.startsWith('/sns/'))
    expect(idsOf(texts)).toEqual(idsOf(under_sns))
  })

  it('has examples that fit its schemas', () => {
    const offenders = operations.flatMap((operation) =>
      exampleFaults(operation).map((fault) => `${operation.operationId}: ${fault}`),
    )
    expect(offenders).toEqual([])
  })
})

const idsOf = (some: readonly Operation[]) => some.map(({ operationId }) => operationId)

function exampleFaults({ parameters = [], requestBody, responses }: Operation): string[] {
  const inFields = parameters.flatMap((one) =>
    '$ref' in one || one.example === undefined ? [] : misfits(one.schema, one.example),
  )
  const answers = Object.values(responses).flatMap((one) => ('$ref' in one ? [] : [one.content]))
  const media = [requestBody?.content, ...answers].flatMap((content) =>
    Object.values(content ?? {}),
  )
  const inBodies = media.flatMap(({ schema, example, examples = {} }) => {
    const [good, refusal] = shapesOf(schema)
    const { ok = { value: example }, ...refused } = examples
    const ofGood = ok.value === undefined ? [] : misfits(good, ok.value)
    const values = Object.values(refused).map(({ value }) => value)
    return [...ofGood, ...values.flatMap((value) => misfits(refusal ?? good, value))]
  })
  return [...inFields, ...inBodies]
}

/** What a good answer looks like, and a refusal, where they differ. */
function shapesOf(schema: Readonly<Record<string, unknown>> | undefined): unknown[] {
  return Array.isArray(schema?.['anyOf']) ? schema['anyOf'] : [schema]
}

/** Why a value is not what a schema describes; a schema that is missing describes nothing. */
function misfits(schema: unknown, value: unknown): string[] {
  const text = JSON.stringify(value)
  if (schema === undefined) return [`no schema describes ${text}`]
  const { error } = checkerOf(document, schema).safeParse(value)
  return error ? [`${text}: ${error.message}`] : []
}

describe('the example of every endpoint', () => {
  it('is taken by the endpoint itself, with every field that it must have', () => {
    const wrong = [...endpoints.values()].filter(({ id, input, later }) => {
      const example = exampleOf(id)
      const shapes = { ...input.shape, ...later?.shape }
      const known = [...Object.keys(shapes), 'eid', 'world']
      const isKnown = Object.keys(example.input).every((name) => known.includes(name))
      const isTaken = [input, later].every(
        (schema) => schema?.safeParse(example.input).success ?? true,
      )
      return !isKnown || !isTaken
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it('shows an answer as the endpoint describes it, and nothing more', () => {
    const wrong = [...endpoints.values()].filter(({ id, answer }) => {
      const example = exampleOf(id)
      if (typeof answer === 'string') return example.answer !== null
      return !isDeepStrictEqual(answer.safeParse(example.answer).data, example.answer)
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })
})
