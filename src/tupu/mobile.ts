import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { z } from 'zod'
import { errcodes, words } from '../core/field.ts'
import { INVISIBLE, narrow } from '../core/spelling.ts'

/** A country or region of the phone library, by its two letters. */
export type Region = CountryCode

/** Whose numbers are written without a country code. */
const home: Region = 'CN'

/**
 * A mobile number in E.164 however it was written, or undefined when it is none. Without a country code it is one of the
 * region; one that begins with + or 00 says its own.
 */
export function readMobile(text: string, region: Region = home): string | undefined {
  const trimmed = text.trim()
  const plain = region === home ? PLAIN_CHINESE.exec(trimmed) : null
  return plain ? `+86${plain[1]}` : readAnyMobile(trimmed, region)
}

/** How a mobile in E.164 is written in a form: by its region, and as people there write it. */
export function spellMobile(e164: string): { readonly region: Region; readonly number: string } {
  const number = parsePhoneNumberFromString(e164)
  const region = number?.country
  const national = number?.formatNational() ?? ''
  if (region !== undefined && readMobile(national, region) === e164)
    return { region, number: national }
  return { region: home, number: e164 }
}

/** A field with a mobile in any spelling, read as E.164. */
export const mobileField = z.string().transform((text, context) => {
  const read = readMobile(text)
  if (read !== undefined) return read
  const message = 'a mobile number; without a country code it is Chinese'
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** The same as the partner API reads it. */
export const partnerMobileField = errcodes(
  mobileField.meta(
    words(
      'In any usual spelling: spaces, dashes, brackets and invisible characters are ignored. Without a country code, it is treated as Chinese.',
      '常见写法都可以：空白、横线、括号和不可见字符都不计。不带国家代码即为中国大陆号码。',
    ),
  ),
  { missing: 100010, type: 100010, invalid: 100010 },
)

/**
 * Most calls carry a plain Chinese mobile, and this reads one a hundred times faster than the
 * library. It holds the library's own ranges: a prefix it lacks is the library's to judge, and a
 * test compares every prefix, so that it never takes what the library refuses.
 */
const PLAIN_CHINESE =
  /^(?:\+86)?(1(?:(?:[38]\d|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8])\d{8}|(?:610\d|740[0-5])\d{6}))$/

/** What the library reads at most. */
const spelled_length_max = 250

/** Signs of an RFC 3966 parameter (`;isub=`, `;phone-context=`), which the library steps over. */
const PARAMETER = /;/

/** Blanks and dashes of Unicode; the library knows only the most common ones. */
const BLANK = /[\t\p{Zs}]/gu
const DASH = /\p{Pd}/gu

/** A country code in brackets, with its plus sign or `00` before or inside them: `(+86)`, `+(852)`. */
const BRACKETED = /^(?:\+ ?[([]|[([] ?(?:\+|00)) ?(\d[\d -]{0,6})[)\]]/

/** Brackets of one kind with a digit between them. */
const BRACKETS = /\(([^()[\]]*\d[^()[\]]*)\)|\[([^()[\]]*\d[^()[\]]*)\]/g
const BRACKET = /[()[\]]/

/** What one dials before a country code, which outside the home region is another one. */
const ABROAD = /^00/

function readAnyMobile(text: string, region: Region): string | undefined {
  if (text.length > spelled_length_max) return undefined
  const plain = narrow(text).replace(INVISIBLE, '').replace(BLANK, ' ').replace(DASH, '-').trim()
  if (PARAMETER.test(plain) || hasStrayBracket(plain)) return undefined
  const open = plain.replace(BRACKETED, '+$1 ')
  const spelled = region === home ? open : open.replace(ABROAD, '+')
  const options = { defaultCountry: region, extract: false }
  const number = parsePhoneNumberFromString(spelled, options)
  if (number === undefined || number.ext !== undefined || !number.isValid()) return undefined
  const type = number.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' ? number.number : undefined
}

/** The library steps over brackets wherever they stand. */
function hasStrayBracket(text: string): boolean {
  const open = text.replace(BRACKETS, '$1$2')
  return open === text ? BRACKET.test(text) : hasStrayBracket(open)
}
