import { z } from 'zod'

/** Whether WeChat counts what an official account calls. */
export const wantedQuotas = z
  .enum(['off', 'documented'], 'off or documented')
  .describe(
    'off (unless told): calls are not counted. documented: calls above the limits of WeChat, per Beijing day and per minute, are refused.',
  )
