import type { ExchangeTexts } from '../../../db/exchange-search.ts'
import { maskBody, maskUrl } from '../../journal/mask.ts'
import {
  digitsOf,
  type NamedValue,
  readingsOf,
  valuesOf,
  valuesOfUrl,
} from '../../journal/values.ts'
import { readMobile } from '../../tupu/mobile.ts'

/** So many of the last digits stand together in every spelling of a number. */
const tail_length = 7

const open = { reveal: true }

/** What an exchange says: read as far as it is asked. */
export class Said {
  readonly url: string
  readonly request: string
  readonly response: string
  #readings: readonly string[] | undefined
  #asked: readonly NamedValue[] | undefined
  #values: readonly NamedValue[] | undefined

  constructor({ url, request_body, response_body }: ExchangeTexts) {
    this.url = url
    this.request = request_body.toString('utf8')
    this.response = response_body.toString('utf8')
  }

  /** Cheap: whether it stands anywhere, in whatever spelling. */
  has(text: string): boolean {
    return this.#all.some((reading) => reading.includes(text))
  }

  get #all(): readonly string[] {
    this.#readings ??= [this.url, this.request, this.response].flatMap(readingsOf)
    return this.#readings
  }

  hasMobile(mobile: string): boolean {
    const tail = mobile.slice(-tail_length)
    if (!this.#all.some((reading) => digitsOf(reading).includes(tail))) return false
    return this.names(({ value }) => digitsOf(value).endsWith(tail) && readMobile(value) === mobile)
  }

  /** Whether digits stand there that are no part of more digits. */
  hasNumber(digits: string): boolean {
    const whole = new RegExp(`(?<!\\d)${digits}(?!\\d)`)
    return this.#all.some((reading) => whole.test(reading))
  }

  names(isWanted: (value: NamedValue) => boolean): boolean {
    this.#values ??= [...this.asked, ...valuesOf(this.response)]
    return this.#values.some(isWanted)
  }

  /** The values of what was asked, without those of the answer. */
  get asked(): readonly NamedValue[] {
    this.#asked ??= [...valuesOfUrl(this.url), ...valuesOf(this.request)]
    return this.#asked
  }

  /** Whether a text is also there when nothing secret is. */
  shows(text: string): boolean {
    const shown = [
      maskUrl(this.url, open),
      maskBody(this.request, open),
      maskBody(this.response, open),
    ]
    return shown.flatMap(readingsOf).some((reading) => reading.includes(text))
  }
}
