import { findMedia } from '../../../db/media.ts'
import type { Call } from '../../core/call.ts'
import type { Reply } from '../../core/endpoint.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { notFound } from './views.ts'

/** A picture that an account has uploaded, as the phone shows it; other files it does not show. */
export function showMedia(call: Call, media_id: string): Reply | Refusal {
  const { db, world } = call
  const row = isCleanText(media_id) ? findMedia(db, world.epoch, media_id) : undefined
  const isLiving = row !== undefined && world.now < row.expires_at
  if (!isLiving || !row.type.startsWith('image/')) return notFound(call, 'unknown_path')
  return {
    kind: 'reply',
    status: 200,
    body: row.content,
    type: row.type,
    // By the world's clock it may be too old at any moment.
    headers: { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' },
  }
}
