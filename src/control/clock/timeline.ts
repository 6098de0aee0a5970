import { z } from 'zod'
import { listLivingTokens } from '../../../db/access-token.ts'
import { listEndingEids } from '../../../db/eid.ts'
import { listLivingOauth } from '../../../db/oauth.ts'
import { listLivingSceneCodes } from '../../../db/scene-code.ts'
import type { Db } from '../../../db/unit.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { listDue } from '../../core/job.ts'
import { toIso } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'

const timeline_max = 1000

export const clockTimeline = endpoint({
  id: 'clock.timeline',
  methods: ['GET'],
  path: '/worlds/{world}/clock/timeline',
  from: ['path'],
  summary: {
    en: 'What is due, and what expires, when and why',
    zh: '什么将要发生、什么将要过期，何时，为什么',
  },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({
    now: z.iso.datetime(),
    items: z.array(
      z.object({
        at: z.iso.datetime(),
        what: z.enum(['due', 'expires']),
        kind: z.string(),
        subject: z.string(),
      }),
    ),
  }),
  example: { input: {} },
  async handle({ db, world, engine }) {
    const due = await listDue(engine.jobKinds, db, world.epoch, timeline_max)
    const items = [
      ...due.map(({ due_at, kind, subject }) => {
        return { at: due_at, what: 'due', kind: kind.kind, subject }
      }),
      ...(await expiring(db, world)),
    ].sort((a, b) => a.at - b.at)
    return { now: toIso(world.now), items: items.map((item) => ({ ...item, at: toIso(item.at) })) }
  },
})

/** What is only read, and worth nothing from an instant on. */
async function expiring(db: Db, { epoch, now }: World) {
  const at = { epoch, now, limit: timeline_max }
  const tokens = await listLivingTokens(db, epoch, now, timeline_max)
  const oauth = await listLivingOauth(db, at)
  const codes = await listLivingSceneCodes(db, at)
  const eids = await listEndingEids(db, at)
  const ends = [
    ...tokens.map(({ kind, appid, expires_at, replaced_at }) => {
      return expiry(Math.min(expires_at, replaced_at ?? expires_at), `${kind} access token`, appid)
    }),
    ...oauth.map(({ kind, openid, expires_at }) => expiry(expires_at, `web OAuth ${kind}`, openid)),
    ...codes.map(({ scene, expires_at }) => expiry(expires_at ?? 0, 'QR code', scene)),
    ...eids.map(({ eid, valid_until }) => expiry(valid_until, 'rotated EID', eid)),
  ]
  return ends.filter(({ at }) => at > now)
}

function expiry(at: number, kind: string, subject: string) {
  return { at, what: 'expires', kind, subject }
}
