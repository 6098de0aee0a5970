import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import { outgoingUrl } from '../../auth/outgoing-url.ts'
import { cleanText } from '../field.ts'

const secret_length_max = 200

/** Where TUPU tells the platform what became of messages. */
export const wantedCallback = z
  .strictObject({
    url: outgoingUrl.describe('Called by POST; any host and port, also on this machine.'),
    secret: cleanText
      .min(1)
      .max(secret_length_max)
      .nullish()
      .describe('Signs each call as the platform signs its own; left out, it is unsigned.'),
  })
  .nullable()
  .describe(
    'Told when a message is delivered or has failed, until a 2xx acknowledges it; null (unless told): nobody. While the clock is frozen, tries go out when it is advanced.',
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
