import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import { outgoingUrl } from '../../auth/outgoing-url.ts'
import { words } from '../../core/field.ts'
import { cleanText } from '../field.ts'

const secret_length_max = 200

/** Where TUPU tells the platform what became of messages. */
export const wantedCallback = z
  .strictObject({
    url: outgoingUrl.meta(
      words(
        'Called by POST; any host and port, also on this machine.',
        '用 POST 调用；任意主机和端口，本机也可以。',
      ),
    ),
    secret: cleanText
      .min(1)
      .max(secret_length_max)
      .nullish()
      .meta(
        words(
          'Signs each call as the platform signs its own; left out, it is unsigned.',
          '用它给每次调用签名，方式与平台自己的调用相同；不填则不签名。',
        ),
      ),
  })
  .nullable()
  .meta(
    words(
      'Told when a message is delivered or has failed, until a 2xx acknowledges it; null (unless told): nobody. While the clock is frozen, tries go out when it is advanced.',
      '消息送达或失败时通知它，直到以 2xx 确认；null（默认）：不通知。时钟冻结时，推进时钟才会尝试。',
    ),
  )
type WantedCallback = z.output<typeof wantedCallback>

/** The same as the control API shows it. */
export const shownCallback = z.object({ url: z.string(), secret: z.string().nullable() }).nullable()

/** As the account's row keeps it. */
export function keptCallback(
  wanted: WantedCallback,
): Pick<AccountRow, 'callback_url' | 'callback_secret'> {
  return { callback_url: wanted?.url ?? null, callback_secret: wanted?.secret ?? null }
}

export function showCallback({
  callback_url: url,
  callback_secret: secret,
}: AccountRow): z.output<typeof shownCallback> {
  return url === null ? null : { url, secret }
}
