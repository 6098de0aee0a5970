import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findOpenid } from '../../../db/association.ts'
import { listCallbacksOf } from '../../../db/callback.ts'
import { listNewestContacts } from '../../../db/contact.ts'
import { listTraceKeys } from '../../../db/exchange.ts'
import { findMessage, findMessageByMsgid } from '../../../db/message.ts'
import { findFollower, listPeopleWithMobile } from '../../../db/person.ts'
import type { AccountRow, MessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import type { Scope } from '../../world/world.ts'
import { cleanText } from '../field.ts'
import { unknownMessage } from './message.ts'
import { foundMessageShape, foundResponse } from './search.ts'

export const wholeMessageShape = foundMessageShape.extend({
  person: z
    .string()
    .nullable()
    .meta(
      words(
        'The person on whose phone it is, or would be; null: nobody in this world.',
        '显示（或应显示）在谁的手机上；null：本世界中没有这样的人。',
      ),
    ),
})

/** One message, whose phone it is on, and whether the platform did right by it. */
export const messageInfo = endpoint({
  id: 'message.info',
  methods: ['GET'],
  path: '/worlds/{world}/messages/{message}',
  from: ['path', 'query'],
  summary: {
    en: 'One message: its outcome, whose phone it is on, and whether the platform fell back as it should',
    zh: '一条消息：结果如何、在谁的手机上，以及平台是否正确回退',
  },
  input: z.strictObject({
    world: z.string(),
    message: cleanText.max(64).meta(words('message or msgid_str.', 'message 或 msgid_str。')),
  }),
  answer: wholeMessageShape,
  example: {
    input: { message: '{msgid}' },
    after: [
      {
        call: 'message.send',
        input: { mobile: '{wang.mobile}', message: '欢迎加入' },
        take: { msgid: 'msgid_str' },
      },
    ],
  },
  handle(call) {
    const { db, world, input } = call
    const { epoch } = world
    const row =
      findMessage(db, epoch, input.message) ?? findMessageByMsgid(db, epoch, input.message)
    if (!row) return unknownMessage(call, `the world has no message ${input.message}`)
    const account = listAccounts(db, epoch).find(({ eid }) => eid === row.eid)
    const openid = openidOf(call, row, account)
    return {
      // One that was refused says not whose mobile it was.
      ...foundResponse(call, { ...row, openid: openid ?? null }, account),
      person: findRecipient(call, row, openid),
    }
  },
})

function openidOf(
  { db, world }: Call,
  { openid, mobile, erased_at }: MessageRow,
  account: AccountRow | undefined,
): string | undefined {
  const appid = account?.appid
  if (openid !== null || erased_at !== null || !appid) return openid ?? undefined
  return findOpenid(db, { epoch: world.epoch, appid, mobile })
}

/** Whose phone a message is for: of one that never came to WeChat, by who registered the mobile, or has it. */
function findRecipient(
  { db, world }: Call,
  { mobile, erased_at }: MessageRow,
  openid: string | undefined,
): string | null {
  const { epoch } = world
  if (erased_at !== null) return null
  const follower = openid === undefined ? undefined : findFollower(db, epoch, openid)
  if (follower) return follower.person
  return mobile === '' ? null : (listPeopleWithMobile(db, epoch, mobile)[0]?.person ?? null)
}

/** All of a message that may change, in one text. */
export function messageDigest({ db, world }: Scope, message: string): string {
  const { epoch } = world
  const row = findMessage(db, epoch, message)
  if (!row) return ''
  const [contact] = listNewestContacts(db, { epoch, limit: 1 })
  const callbacks = listCallbacksOf(db, row).map(({ state, tries }) => `${state} ${tries}`)
  const exchanges = listTraceKeys(db, epoch, row.trace).length
  return [row.state, row.erased_at, exchanges, contact?.contact, ...callbacks].join()
}
