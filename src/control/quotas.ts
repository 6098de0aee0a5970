import { z } from 'zod'
import { words } from '../core/field.ts'

/** Whether WeChat counts what an official account calls. */
export const wantedQuotas = z
  .enum(['off', 'documented'], 'off or documented')
  .meta(
    words(
      'off (unless told): calls are not counted. documented: calls above the limits of WeChat, per Beijing day and per minute, are refused.',
      'off（默认）：不计调用次数。documented：超过微信限额（按北京时间的每天及每分钟）的调用被拒绝。',
    ),
  )
