import { listForgotten, updateMessage } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import type { JobKind } from '../../core/job.ts'
import { deriveHex, type Source } from '../../world/seed.ts'

/** A client_msg_id stands for one message so long, in virtual time. */
export const remembered_ms = 86_400_000

/** What no client_msg_id begins with in practice: a hash of one that was erased. */
const mark = 'erased:'

/** By what a send is remembered: its client_msg_id, or the hash of it once the message was erased. */
export function rememberedBy(source: Source, eid: string, client_msg_id: string): [string, string] {
  return [client_msg_id, mark + deriveHex(source, 'client_msg_id', eid, client_msg_id)]
}

/** The same of its body, of which a hash is kept: an erased message has that hash hashed with the world's seed. */
export function bodyHashOf(
  source: Source,
  { erased_at }: Pick<MessageRow, 'erased_at'>,
  body_hash: string | null,
): string | null {
  if (erased_at === null || body_hash === null) return body_hash
  return deriveHex(source, 'body_hash', body_hash)
}

/** What an erased message keeps, so that a repeat gets the same answer: nothing that says who or what it was. */
export function forgottenOf(
  source: Source,
  row: Pick<MessageRow, 'eid' | 'remembered' | 'body_hash'>,
): Pick<MessageRow, 'remembered' | 'body_hash'> {
  const { eid, remembered, body_hash } = row
  if (remembered === null) return { remembered, body_hash: null }
  const [, hash] = rememberedBy(source, eid, remembered)
  return { remembered: hash, body_hash: bodyHashOf(source, { erased_at: 0 }, body_hash) }
}

/** After 24 hours nothing of an erased message is remembered. */
export const forgetJob: JobKind = {
  kind: 'forget',
  next(db, epoch, limit) {
    return listForgotten(db, { epoch, limit }).map(({ message, created_at }) => {
      return { key: message, subject: message, due_at: created_at + remembered_ms }
    })
  },
  run({ db, world }, { key: message }) {
    updateMessage(db, { epoch: world.epoch, message }, { remembered: null, body_hash: null })
    return 'forgotten'
  },
}
