import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readExact } from '../../src/apidoc/examples.ts'
import {
  allFields,
  callWith,
  endpoints,
  resetScene,
  type Scene,
  startScene,
} from '../endpoint-calls.ts'
import { first_instant } from '../sim.ts'

// A world says when it was called last, by the time of the machine.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(first_instant) })
})
afterAll(() => {
  vi.useRealTimers()
})

describe('the example of every endpoint', () => {
  it('is a good call, and the documents show how it is answered', async () => {
    const made: Record<string, unknown> = {}
    const offenders: string[] = []
    for (const id of [...endpoints.keys()].toSorted()) {
      const scene = await startScene()
      const { fault, ...example } = await callExample(scene, id)
      await scene.sim.close()
      made[id] = shortened(example)
      if (fault) offenders.push(fault)
    }
    expect(offenders).toEqual([])
    const lines = Object.entries(made).map((each) =>
      each.map((part) => JSON.stringify(part)).join(': '),
    )
    const text = `{\n${lines.join(',\n')}\n}\n`
    await expect(text).toMatchFileSnapshot('../../src/apidoc/examples.json')
  }, 60_000)

  // What they ask PostgreSQL plans at each run, in `test/db/plan.test.ts`; how it answers all of them is looked at before a release.
  const isWhole = process.env['TEST_DATABASES'] === 'all'
  it.runIf(isWhole)(
    'is a good call on PostgreSQL',
    async () => {
      let scene = await startScene({ database: 'postgres' })
      const offenders: string[] = []
      for (const { id, methods, example } of endpoints.values()) {
        const { fault } = await callExample(scene, id)
        if (fault) offenders.push(fault)
        // Whoever only looks leaves the scene to the next.
        if (methods[0] !== 'GET' || example.after) scene = await resetScene(scene)
      }
      expect(offenders).toEqual([])
    },
    120_000,
  )
})

const items_max = 3

/** Of a long list the first items are enough for the documents. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, items_max).map(shortened)
  if (typeof value !== 'object' || value === null || 'rawJSON' in value) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shortened(each)]))
}

/** Calls it in its scene. Its fault: the status is another, or the answer is not what the schema describes. */
async function callExample(scene: Scene, id: string) {
  const endpoint = endpoints.get(id)
  if (!endpoint) throw new Error(`there is no endpoint ${id}`)
  const { answer: schema, status: good = 200 } = endpoint
  const fields = await allFields(scene, endpoint)
  const { access_token: _, ...input } = fields
  const { status, text } = await callWith(scene, endpoint, fields)
  const isJson = typeof schema !== 'string' && status === good
  const body = isJson ? JSON.parse(text) : undefined
  const fits = typeof schema === 'string' || isDeepStrictEqual(schema.safeParse(body).data, body)
  return {
    input,
    answer: isJson ? readExact(text) : null,
    fault: status === good && fits ? undefined : `${id}: ${status} ${text.slice(0, 300)}`,
  }
}
