import { z } from 'zod'
import { nextCount } from '../../../db/counter.ts'
import { findShortLink, insertShortLink } from '../../../db/short-link.ts'
import { words } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import { deriveBase62 } from '../../world/seed.ts'
import { resetScoped } from '../../world/world.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'

const long_data_bytes_max = 4096
const expire_seconds_max = 2_592_000
const short_key_length = 15

/** A short key for a text, which the same account can have back for as long as it lives. */
export const createShortLink = endpoint({
  id: 'short_link.create',
  methods: ['POST'],
  path: '/cgi-bin/shorten/gen',
  from: ['json'],
  summary: { en: 'A short key for a long text', zh: '把长信息换成短 key' },
  source: 'developers.weixin.qq.com: genShorten',
  credential: 'access_token',
  permission: 'short links',
  input: z.object({}),
  later: z.object({
    long_data: z.string().meta(words('At most 4096 bytes of UTF-8.', '最多 4096 字节的 UTF-8。')),
    expire_seconds: z
      .int()
      .optional()
      .meta(words('At most 2592000, the default.', '不填为 2592000，也是最大值。')),
  }),
  answer: okShape.extend({ short_key: z.string() }),
  refusals: [47003, 9410010, 9410011],
  example: {
    input: { long_data: 'https://hr.example.com/welcome?step=1', expire_seconds: 86_400 },
  },
  handle(call) {
    const { db, world, caller, fields } = call
    const long_data = textOf(fields['long_data'])
    const no = refuseData(long_data) ?? refuseLife(fields['expire_seconds'])
    if (no) return no
    call.steps.push('short_link.data', 'short_link.life')
    const { appid } = caller.account
    const { epoch, now } = world
    const n = nextCount(db, { epoch, purpose: 'short_link', key: appid })
    const short_key = deriveBase62(short_key_length, resetScoped(world), 'short_link', appid, n)
    const seconds = Number(fields['expire_seconds'] ?? expire_seconds_max)
    const expires_at = now + seconds * 1000
    insertShortLink(db, { epoch, short_key, appid, long_data, created_at: now, expires_at })
    return { ...ok, short_key }
  },
})

function textOf(value: unknown): string {
  return typeof value === 'string' && isCleanText(value) ? value : ''
}

function refuseData(long_data: string): Refusal | undefined {
  const bytes = Buffer.byteLength(long_data)
  const step = { rule: 'short_link.data', expected: `1 to ${long_data_bytes_max} bytes of UTF-8` }
  if (bytes === 0)
    return {
      ...refuse(47003, { ...step, actual: null }),
      text: 'argument invalid! long_data is empty',
    }
  return bytes > long_data_bytes_max ? refuse(9_410_010, { ...step, actual: bytes }) : undefined
}

/** What is told may be a number alone. */
function refuseLife(seconds: unknown): Refusal | undefined {
  if (seconds === undefined || seconds === null) return undefined
  const fits = Number.isInteger(seconds) && Number(seconds) >= 1
  if (fits && Number(seconds) <= expire_seconds_max) return undefined
  const expected = `1 to ${expire_seconds_max} seconds`
  return refuse(9_410_011, { rule: 'short_link.life', actual: seconds, expected })
}

/** What a short key stands for. */
export const getShortLink = endpoint({
  id: 'short_link.get',
  methods: ['POST'],
  path: '/cgi-bin/shorten/fetch',
  from: ['json'],
  summary: { en: 'The long text of a short key', zh: '用短 key 换回长信息' },
  source: 'developers.weixin.qq.com: fetchShorten',
  credential: 'access_token',
  permission: 'short links',
  input: z.object({}),
  later: z.object({ short_key: z.string() }),
  answer: okShape.extend({
    long_data: z.string(),
    create_time: z.int().meta(words('Unix seconds.', 'Unix 秒。')),
    expire_seconds: z.int().meta(words('Seconds until it expires.', '剩余的秒数。')),
  }),
  refusals: [9410012],
  example: {
    input: { short_key: '{short_key}' },
    after: [
      {
        call: 'short_link.create',
        input: { long_data: 'https://hr.example.com/welcome' },
        take: { short_key: 'short_key' },
      },
    ],
  },
  handle(call) {
    const { db, world, caller, fields } = call
    const short_key = textOf(fields['short_key'])
    const row = short_key === '' ? undefined : findShortLink(db, world.epoch, short_key)
    if (row?.appid !== caller.account.appid || row.expires_at <= world.now) {
      const expected = 'a short_key of this account that still lives'
      return refuse(9_410_012, {
        rule: 'short_link.known',
        actual: fields['short_key'] ?? null,
        expected,
      })
    }
    call.steps.push('short_link.known')
    return {
      ...ok,
      long_data: row.long_data,
      create_time: toUnixSeconds(row.created_at),
      expire_seconds: Math.floor((row.expires_at - world.now) / 1000),
    }
  },
})
