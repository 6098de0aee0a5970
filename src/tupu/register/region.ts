import { getCountries, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/mobile'
import type { RegionOption } from '../../../views/register/field.tsx'
import { frameOf } from '../../page/frame.ts'
import type { Lang } from '../../page/language.ts'
import type { Region } from '../mobile.ts'
import { views } from './views.ts'

/** Where most candidates are from; they stand first. */
const common: readonly Region[] = [
  'CN',
  'HK',
  'MO',
  'TW',
  'SG',
  'JP',
  'KR',
  'MY',
  'US',
  'GB',
  'AU',
  'DE',
]
const usual: Region = 'CN'

/** The region of this name, else the usual one. */
export function regionOf(text: string): Region {
  return isSupportedCountry(text) ? text : usual
}

const rendered = new Map<string, string>()

/** The select's options with one region chosen: long, and rendered once. */
export function regionOptions(lang: Lang, selected: Region): string {
  const key = `${lang} ${selected}`
  const known = rendered.get(key)
  if (known !== undefined) return known
  const { words } = frameOf(lang)
  const all = regions(words.tag)
  const options = views().RegionOptions({
    words: words.register.form.region,
    common: common.flatMap((region) => all.filter((one) => one.region === region)),
    others: all.filter((one) => !common.some((region) => region === one.region)),
    selected,
  })
  const text = String(options)
  rendered.set(key, text)
  return text
}

/** All regions that have a calling code, in the order of their names. */
function regions(tag: string): RegionOption[] {
  const names = new Intl.DisplayNames([tag], { type: 'region' })
  const all = getCountries().map((region) => ({
    region,
    calling: getCountryCallingCode(region),
    name: names.of(region) ?? region,
  }))
  const { compare } = new Intl.Collator(tag)
  return all.sort((a, b) => compare(a.name, b.name))
}
