import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { readEmail } from '../../world/address.ts'
import type { World } from '../../world/world.ts'
import { duration, instant } from '../field.ts'
import { message_states } from '../message/message.ts'
import {
  type ContactCursor,
  type ContactPage,
  type ContactQuery,
  type ContactWait,
  findContactPage,
  readContactCursor,
  waitForContact,
  writeContactCursor,
} from './page.ts'
import { channels, contactShape } from './response.ts'

const wait_ms_max = 60_000

const emailField = z.string().transform((text, context) => {
  const email = readEmail(text)
  if (email === undefined) context.addIssue({ code: 'custom', message: 'an email address' })
  return email ?? z.NEVER
})

/** Which contacts are wanted. */
export const contactFilters = {
  mobile: mobileField
    .optional()
    .meta(
      words(
        'Sends and SMS to it, and emails to the addresses that a send or an association has named with it.',
        '发往该手机号的微信消息和短信，以及发送或登记中与它一同出现过的邮箱收到的邮件。',
      ),
    ),
  email: emailField
    .optional()
    .meta(words('Emails to it, and sends that name it.', '发往该邮箱的邮件，以及写有它的发送。')),
  channel: channels.optional(),
  state: message_states.optional(),
  since: instant.optional().meta(words('Virtual; what came then counts.', '虚拟时间；含该时刻。')),
}

const input = z.strictObject({
  world: z.string(),
  ...contactFilters,
  after: z
    .string()
    .optional()
    .meta(words('A next_cursor: only what came after it.', '一个 next_cursor：只列其后的。')),
  wait: duration
    .refine((ms) => ms <= wait_ms_max, 'a duration of at most PT60S')
    .optional()
    .meta(words('At most PT60S of real time.', '最多真实时间 PT60S。')),
})

/** What was tried to reach people: by WeChat, by SMS, by e-mail. */
export const listContacts = endpoint({
  id: 'contact.list',
  methods: ['GET'],
  path: '/worlds/{world}/contacts',
  from: ['path', 'query'],
  summary: {
    en: 'Attempts to reach people by WeChat, SMS and email, oldest first; with wait, responds as soon as there is one',
    zh: '为联系到人做过的全部尝试：微信、短信、邮件，最早的在前；带 wait 时，一有就应答',
  },
  input,
  answer: z.object({ items: z.array(contactShape), next_cursor: z.string() }),
  example: {
    input: { mobile: '{wang.mobile}', wait: 'PT5S' },
  },
  before(call) {
    const query = readQuery(call)
    if (isRefusal(query)) return query
    const page = findContactPage(call.db, query)
    const { wait = 0 } = call.input
    if (page.items.length > 0 || (page.isLast && wait === 0)) return pageResponse(page)
    const { cursor } = page
    return pending<ContactWait>({ ...query, cursor, until: call.world.real_now + wait })
  },
  outside: (state: ContactWait, engine, hungUp) => waitForContact(state, engine, hungUp),
  after: (call, state, cursor) => pageResponse(findContactPage(call.db, { ...state, cursor })),
})

function readQuery(call: Call<unknown, z.output<typeof input>>): ContactQuery | Refusal {
  const { world, input } = call
  const cursor = readContactCursor(input.after, world.resets)
  if (cursor) return contactQuery(world, input, cursor)
  const reason = 'it is no cursor of this list'
  return problem('invalid_field', {
    field: 'after',
    reason,
    fix: 'use next_cursor as it was answered',
  })
}

type ContactFilters = z.output<z.ZodObject<typeof contactFilters>>

/** What is asked for, from a cursor on. */
export function contactQuery(
  { world, epoch }: World,
  { mobile, email, channel, state, since = 0 }: ContactFilters,
  cursor: ContactCursor,
): ContactQuery {
  return { world, epoch, mobile, email, channel, state, since, cursor }
}

function pageResponse({ items, cursor }: ContactPage) {
  return { items, next_cursor: writeContactCursor(cursor) }
}
