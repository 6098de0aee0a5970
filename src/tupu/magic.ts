import type { RefusalEntry } from '../core/refusal.ts'

/** What a magic mobile makes TUPU answer; 0 is accepted and delivered. */
export interface Magic {
  readonly errcode: number
}

/** A magic mobile as the server publishes it; `errmsg`, `en` and `zh` say what its answer means. */
export interface MagicMobile {
  readonly mobile: string
  readonly errcode: number
  readonly errmsg: string
  readonly en: string
  readonly zh: string
}

/** `19900` and a six-digit code, in E.164. */
const ERRCODE_MOBILE = /^\+8619900(\d{6})$/

const SYSTEM_ERROR = -1
/** A mobile has no sign to spare, so this code stands for -1. */
const SYSTEM_ERROR_CODE = 999_999

/** The magic of a mobile in E.164; undefined for an ordinary one, as with a code of no table. */
export function readMagic(
  mobile: string,
  isKnownCode: (code: number) => boolean,
): Magic | undefined {
  const code = ERRCODE_MOBILE.exec(mobile)?.[1]
  if (code === undefined) return undefined
  const errcode = Number(code)
  if (errcode === SYSTEM_ERROR_CODE) return { errcode: SYSTEM_ERROR }
  return errcode === 0 || isKnownCode(errcode) ? { errcode } : undefined
}

/**
 * All magic mobiles in the order of their digits: one for each code of the tables handed in that
 * six digits can spell, besides 0 and -1. Of two entries for one code the first wins.
 */
export function magicMobiles(errors: Iterable<RefusalEntry>): MagicMobile[] {
  const published = new Map<string, MagicMobile>()
  for (const { code, text, en, zh } of [ACCEPTED, ...errors, FAILED]) {
    const mobile = spellMagic(code)
    if (mobile === undefined || published.has(mobile)) continue
    published.set(mobile, { mobile, errcode: code, errmsg: text, en, zh })
  }
  return [...published.values()].sort((a, b) => Number(a.mobile) - Number(b.mobile))
}

const ACCEPTED: RefusalEntry = {
  code: 0,
  text: 'ok',
  en: 'accepted and delivered',
  zh: '已受理并送达',
  fidelity: 'assumed',
}

const FAILED: RefusalEntry = {
  code: SYSTEM_ERROR,
  text: 'system error',
  en: 'the service failed',
  zh: '系统错误',
  fidelity: 'assumed',
}

function spellMagic(code: number): string | undefined {
  if (code === SYSTEM_ERROR) return `19900${SYSTEM_ERROR_CODE}`
  if (!Number.isInteger(code) || code < 0 || code >= SYSTEM_ERROR_CODE) return undefined
  return `19900${String(code).padStart(6, '0')}`
}
