import { findNewestNotice } from '../../../db/privacy-notice.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'

/** A privacy notice; without texts, the standing one, whose texts are among the words of the page. */
export interface Notice {
  readonly version: number
  readonly zh: string | null
  readonly en: string | null
}

/** What applies as long as an account has published nothing of its own. */
export const standing_notice: Notice = { version: 1, zh: null, en: null }

/** The privacy notice to which an account's candidates agree now. */
export function noticeOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  { eid }: Pick<AccountRow, 'eid'>,
): Notice {
  const { db, world, engine } = call
  return engine.cache.get({ db, world }, ['notice', eid], () => {
    const newest = findNewestNotice(db, { epoch: world.epoch, eid })
    return newest ? { version: newest.version, zh: newest.zh, en: newest.en } : standing_notice
  })
}
