import { describe, expect, it } from 'vitest'
import { WorldCache } from '../../src/world/cache.ts'
import type { Scope } from '../../src/world/world.ts'

/** A world at a version, and a database that remembers nothing. */
function scopeOf(world: string, version = 1, changed = false): Scope {
  const db = { recall: (_: string, look: () => unknown) => look() }
  return { db, world: { world, epoch: 1, version, changed } } as unknown as Scope
}

function startAsking() {
  const cache = new WorldCache()
  const asked: (readonly string[])[] = []
  const load = (missing: readonly string[]) => {
    asked.push(missing)
    return new Map(missing.filter((id) => id !== 'none').map((id) => [id, id.toUpperCase()]))
  }
  const ask = (scope: Scope, ...ids: string[]) => cache.getAll(scope, 'letter', ids, load)
  return { cache, asked, ask }
}

describe('several of a kind', () => {
  it('come in their order, loaded together and once', () => {
    const { asked, ask } = startAsking()
    expect(ask(scopeOf('w'), 'b', 'a')).toEqual(['B', 'A'])
    expect(ask(scopeOf('w'), 'c', 'b', 'none', 'a')).toEqual(['C', 'B', 'A'])
    expect(ask(scopeOf('w'), 'a', 'c')).toEqual(['A', 'C'])
    expect(asked).toEqual([
      ['b', 'a'],
      ['c', 'none'],
    ])
  })

  it('are loaded anew for another version, and by a unit that has changed something', () => {
    const { asked, ask } = startAsking()
    for (const scope of [scopeOf('w'), scopeOf('w', 2), scopeOf('w', 2, true), scopeOf('v', 2)])
      expect(ask(scope, 'a')).toEqual(['A'])
    expect(asked).toHaveLength(4)
    ask(scopeOf('w', 2), 'a')
    expect(asked).toHaveLength(4)
  })
})

it('a cache keeps no more than ten thousand entries of all worlds together', () => {
  const { asked, ask } = startAsking()
  for (const world of ['v', 'w', 'x']) {
    for (let n = 0; n < 4000; n++) ask(scopeOf(world), `${n}`)
  }
  asked.length = 0
  ask(scopeOf('x'), '3999')
  expect(asked).toHaveLength(0)
  ask(scopeOf('v'), '3999')
  expect(asked).toHaveLength(1)
})
