import { insertChatMessage } from '../../../db/chat-message.ts'
import { updateFollower } from '../../../db/person.ts'
import type { ChatMessageRow, FollowerRow, OfficialAccountRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Scope } from '../../world/world.ts'
import { noteInteraction } from '../custom/interaction.ts'
import { drawMsgid } from '../message/send.ts'
import { type ChatContent, partsOf } from './content.ts'

/**
 * Puts a message into the conversation of an official account and a person: on the phone of the one, unless blocked, by the other.
 * Whoever writes looks at the conversation: all before it is read. Its msgid is the account's next one, of the same numbers as those
 * of template messages.
 */
export function putInChat(
  call: Scope,
  at: {
    readonly account: OfficialAccountRow
    readonly follower: FollowerRow
    readonly sender: ChatMessageRow['sender']
  },
  content: ChatContent,
): ChatMessageRow {
  const { db, world } = call
  const { account, follower, sender } = at
  const { epoch, now: sent_at } = world
  const { appid, openid, state } = follower
  const msgid = drawMsgid(call, account)
  const on_phone = sender === 'person' || state !== 'blocking' ? 1 : 0
  const row = { epoch, msgid, appid, openid, sender, ...partsOf(content), on_phone, sent_at }
  insertChatMessage(db, row)
  if (sender === 'person') {
    updateFollower(db, follower, { read_msgid: msgid })
    noteInteraction(call, follower, 'message')
  }
  db.announce(epoch, topics.phone(follower.person))
  return row
}
