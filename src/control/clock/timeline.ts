import { z } from 'zod'
import { listLivingTokens } from '../../../db/access-token.ts'
import { control_source, endpoint } from '../../http/problem.ts'
import { toIso } from '../../sim/clock.ts'
import { listDue } from '../../sim/job.ts'

const timeline_max = 1000

export const getTimeline = endpoint({
  id: 'clock.timeline',
  methods: ['GET'],
  path: '/worlds/{world}/clock/timeline',
  from: ['path'],
  summary: 'What is due, and what expires, when and why',
  source: control_source,
  fidelity: 'documented',
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
  refusals: [404],
  example: {
    input: { world: 'default' },
    answer: {
      now: '2026-01-05T01:00:00.000Z',
      items: [
        {
          at: '2026-01-05T01:00:02.000Z',
          what: 'due',
          kind: 'receipt',
          subject: '4795131072512000064',
        },
      ],
    },
  },
  async handle({ db, world, engine }) {
    const due = await listDue(engine.jobKinds, db, world.epoch, timeline_max)
    const tokens = await listLivingTokens(db, world.epoch, world.now, timeline_max)
    const items = [
      ...due.map((job) => ({
        at: job.due_at,
        what: 'due',
        kind: job.kind.kind,
        subject: job.subject,
      })),
      ...tokens
        .map((token) => ({
          ...token,
          at: Math.min(token.expires_at, token.replaced_at ?? token.expires_at),
        }))
        .filter((token) => token.at > world.now)
        .map(({ at, kind, appid }) => ({
          at,
          what: 'expires',
          kind: `${kind} access token`,
          subject: appid,
        })),
    ].sort((a, b) => a.at - b.at)
    return { now: toIso(world.now), items: items.map((item) => ({ ...item, at: toIso(item.at) })) }
  },
})
