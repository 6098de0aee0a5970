import type { Db } from '../../db/unit.ts'
import { listWorlds } from '../../db/world.ts'
import { unattributed } from '../world/world.ts'
import { useOneOf } from './nearest.ts'
import type { ProblemFacts } from './problem.ts'

/** What there is to say of a world that nobody has made. */
export function unknownWorld(db: Db, name: string): ProblemFacts & { readonly field: string } {
  const known = listWorlds(db)
    .map(({ world }) => world)
    .filter((world) => world !== unattributed)
  return {
    field: 'world',
    reason: `there is no world ${name}`,
    fix: `make it with world.create, or ${useOneOf(name, known)}`,
  }
}
