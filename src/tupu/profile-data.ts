import { z } from 'zod'

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
const pointer = z
  .string()
  .regex(/^\/|^query:|^header:/, 'a JSON pointer, query:name or header:name')

const wireAnswer = z.strictObject({
  status: z
    .int()
    .min(200)
    .max(599)
    .optional()
    .describe('Left out: the canonical one, 200 but for 404, 405 and 413.'),
  body: z
    .unknown()
    .optional()
    .describe(
      'JSON in which the texts {errcode}, {errmsg}, {msgid} and {msgid_str} stand for the values; left out: the canonical body.',
    ),
})

/** Where one endpoint is, and where its fields stand; what is left out stays canonical. */
function placeWith<const F extends readonly [string, ...string[]]>(fields: F) {
  const named = z
    .partialRecord(z.enum(fields), pointer)
    .default({})
    .describe('By canonical name: a JSON pointer into the body, query:name or header:name.')
  const path = z.string().regex(/^(\/([\w.~-]+|\{\w+\}))+$/, 'a path such as /send/{eid}')
  return z.strictObject({
    method: method.optional(),
    path: path.optional().describe('Below the base path.'),
    fields: named,
  })
}

/** By canonical endpoint id: the fields that it reads. */
const places = z.strictObject({
  'message.send': placeWith([
    'eid',
    'mobile',
    'message',
    'name',
    'email',
    'keywords',
    'url',
    'client_msg_id',
  ]).optional(),
  'message.find': placeWith(['eid', 'client_msg_id']).optional(),
  'message.get': placeWith(['eid', 'msgid']).optional(),
  'registration.query': placeWith(['eid', 'mobile']).optional(),
  'tupu_account.get': placeWith(['eid']).optional(),
  'tupu_account.confirm': placeWith(['eid']).optional(),
})

/** First parts of the paths of other surfaces, and of the ways into a world. */
const taken_bases: readonly string[] = [
  '_sim',
  'api.weixin.qq.com',
  'as',
  'assets',
  'cgi-bin',
  'config.schema.json',
  'connect',
  'docs',
  'livez',
  'metrics',
  'mp.weixin.qq.com',
  'open.weixin.qq.com',
  'openapi.json',
  'phone',
  'readyz',
  'register',
  'sns',
  'w',
  'wxaapi',
]

/**
 * How one partner spells our canonical API, as data: its own base path, methods and paths, where each field stands, how
 * a caller proves who it is, and what answers look like by errcode.
 */
export const profileData = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes')
    .describe('Accounts choose the profile by it.'),
  base: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'a path such as /partner/v2, without a slash at the end')
    .refine((base) => !taken_bases.includes(base.split('/')[1] ?? ''), {
      error: 'a path that begins like no other surface of the simulator',
    })
    .describe('Base path of its calls, its own among all profiles.'),
  authentication: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('signature') }),
      z.strictObject({
        kind: z.literal('key'),
        header: z
          .string()
          .regex(/^[\w-]+$/, 'the name of a header')
          .toLowerCase()
          .describe('The header that carries the partner secret itself.'),
        scheme: z.string().default('').describe('The word before the secret, such as Bearer.'),
      }),
      z.strictObject({ kind: z.literal('none') }),
    ])
    .default({ kind: 'signature' })
    .describe('How calls prove who makes them, for accounts with a partner secret.'),
  endpoints: places.default({}).describe('By canonical id; what is left out stays canonical.'),
  answers: z
    .strictObject({
      success: wireAnswer.optional().describe('Every good answer.'),
      refusal: wireAnswer.optional().describe('Every refusal that by_errcode does not name.'),
      by_errcode: z
        .record(z.string().regex(/^-?\d+$/, 'an errcode'), wireAnswer)
        .default({})
        .describe('Single refusals, by errcode.'),
    })
    .default({ by_errcode: {} })
    .describe('What answers look like; what is left out stays canonical.'),
})
export type ProfileData = z.input<typeof profileData>
