import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { faultInput } from '../../src/control/fault/body.ts'
import { applies, type FaultPlan, isMeant } from '../../src/core/fault.ts'
import { startSim } from '../sim.ts'

const plan = fc.record({
  after: fc.nat(5),
  times: fc.option(fc.integer({ min: 1, max: 5 })),
  probability: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true })),
})

/** Which of the first 30 calls a fault is applied to. */
function struck(
  of: Pick<FaultPlan, 'after' | 'times' | 'probability'>,
  chance: (n: number) => number,
): number[] {
  const hits: number[] = []
  for (let fits = 1; fits <= 30; fits++)
    if (applies(of, { fits, hits: hits.length }, chance)) hits.push(fits)
  return hits
}

describe('applies', () => {
  it('skips as many as it should, strikes no more often than it may, and by each call’s own chance', () => {
    fc.assert(
      fc.property(
        plan,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 30, maxLength: 30 }),
        (of, chances) => {
          const { after, times, probability } = of
          const chance = (n: number) => chances[n - 1] ?? 0
          const willing = chances.flatMap((one, i) =>
            i >= after && one < (probability ?? 1) ? [i + 1] : [],
          )
          expect(struck(of, chance)).toEqual(willing.slice(0, times ?? willing.length))
        },
      ),
    )
  })
})

describe('isMeant', () => {
  it.each([
    ['template.send', 'template.send', true],
    ['template.*', 'template.send', true],
    ['template.*', 'templates.send', false],
    ['template.s', 'template.send', false],
    ['*', 'template.send', false],
  ])('%s means %s: %s', (pattern, endpoint, isIt) => {
    expect(isMeant(pattern, endpoint)).toBe(isIt)
  })
})

/** Values that nearly fit, in any mixture. */
const value = fc.oneof(
  fc.constantFrom(
    'tupu',
    'wechat',
    'callback',
    'reset',
    'drop',
    'PT1S',
    'acme',
    'wang',
    '13800138002',
    'after',
  ),
  fc.constantFrom(-1, 0, 1, 45009, 0.5, true, null),
  fc.anything({ maxDepth: 1, withNullPrototype: false }),
)
const names = Object.keys(faultInput.shape)
const wild = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4, noNullPrototype: true })

it('whatever is sent is made and told as it was given, or refused at a field with reason and fix', async () => {
  const { http, world } = await startSim()
  const problem = z.object({ field: z.string(), reason: z.string().min(1), fix: z.string().min(1) })
  await fc.assert(
    fc.asyncProperty(wild, async (fault) => {
      const sent = JSON.stringify(fault)
      const { status, json } = await http('POST', '/_sim/v1/worlds/test/faults', sent)
      if (status === 201) {
        expect(json).toMatchObject(JSON.parse(sent))
        await world.call('fault.clear')
      } else expect([status, problem.safeParse(json).success, sent]).toEqual([422, true, sent])
    }),
    { numRuns: 150 },
  )
})
