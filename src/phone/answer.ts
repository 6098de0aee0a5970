import type { OfficialAccountRow } from '../../db/schema.ts'
import { isRefusal } from '../core/refusal.ts'
import type { ChatContent } from '../wechat/chat/content.ts'
import { livingMedia } from '../wechat/media/media.ts'
import type { Button } from '../wechat/menu/button.ts'
import type { Scope } from '../world/world.ts'

/**
 * What the account has put on a button, so that a tap brings it: something uploaded, as far as it is still there, and what only
 * WeChat's console can put there. Undefined: nothing, or a permanent material, of which this simulator has none.
 */
export function answerTo(
  scope: Scope,
  account: Pick<OfficialAccountRow, 'appid'>,
  button: Button,
): ChatContent | undefined {
  const { type, value, media_id, news_info } = button
  switch (type) {
    case 'text':
      return value === undefined ? undefined : { type, content: value }
    case 'news':
      return { type, articles: (news_info?.list ?? []).map(articleOf) }
    case 'img':
    case 'voice':
    case 'video':
      return mediaOf(scope, account, value)
    case 'media_id':
      return mediaOf(scope, account, media_id)
    default:
      return undefined
  }
}

function articleOf(of: NonNullable<Button['news_info']>['list'][number]) {
  const { title, digest: description, cover_url: pic_url, content_url: url } = of
  return { title, description, pic_url, url }
}

function mediaOf(
  scope: Scope,
  account: Pick<OfficialAccountRow, 'appid'>,
  wanted: string | undefined,
): ChatContent | undefined {
  const row = livingMedia(scope, account, wanted, ['image', 'voice', 'video'])
  if (isRefusal(row)) return undefined
  const { kind, media_id } = row
  if (kind === 'voice') return { type: 'voice', media_id }
  if (kind === 'video') return { type: 'video', media_id, title: '', description: '' }
  return { type: 'image', media_id, pic_url: null }
}
