import { z } from 'zod'
import { isCleanText } from '../core/request.ts'
import { forbiddenAddress } from './forbidden-address.ts'

const url_length_max = 2000

/** An address that somebody wants to be called; a literal one that never is, is refused. */
export const outgoingUrl = z
  .string()
  .max(url_length_max, `an address of at most ${url_length_max} characters`)
  .refine(isCleanText, 'text without NUL or half a surrogate pair')
  .superRefine((url, context) => {
    const reason = forbiddenAddress(url)
    if (!reason) return
    const message = 'give an address that may be called'
    context.addIssue({ code: 'custom', message, params: { reason } })
  })
