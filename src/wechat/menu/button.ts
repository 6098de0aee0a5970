import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { refuse } from '../caller.ts'
import { isAppid } from '../official-account.ts'

/** What a button may carry besides its name; each type has its own. */
export type ButtonField = 'key' | 'url' | 'appid' | 'pagepath' | 'media_id' | 'article_id'

/** What each type of button needs, in the order of the checks. Source: developers.weixin.qq.com: createCustomMenu. */
export const button_fields = {
  click: ['key'],
  view: ['url'],
  miniprogram: ['url', 'appid', 'pagepath'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
} as const satisfies Readonly<Record<string, readonly ButtonField[]>>

export type ButtonType = keyof typeof button_fields

/** What only WeChat's console can put on a button: the account answers a tap with it. */
export const console_types = ['text', 'img', 'voice', 'video', 'news'] as const

/** An article of a `news` button. */
export interface NewsItem {
  readonly title: string
  readonly author: string
  readonly digest: string
  /** 0 or 1. */
  readonly show_cover: number
  readonly cover_url: string
  readonly content_url: string
  readonly source_url: string
}

/** One button of a menu: a leaf has a type and the type's fields, a parent has buttons below it and nothing else. */
export interface Button extends Partial<Readonly<Record<ButtonField, string>>> {
  readonly type?: ButtonType | (typeof console_types)[number]
  readonly name: string
  /** Of a type of the console: a text, or the media_id of something. */
  readonly value?: string
  readonly news_info?: { readonly list: readonly NewsItem[] }
  /** Always there, empty on a leaf. */
  readonly sub_button: readonly Button[]
}

type Level = 'top' | 'sub'

type Codes = Readonly<Record<Level, number>>

type Text = ButtonField | 'name'

/** What a text of a button must be, and with which code each level refuses another one. */
interface Check {
  readonly of: Text
  readonly step: { readonly rule: string; readonly expected: string }
  readonly codes: Codes
  /** Not asked of what is missing or no text: that is empty. */
  fits(text: string, at: Place): boolean
}

/** Where a button stands, and for whom it is read. */
interface Place {
  readonly level: Level
  /** The mini programs that are linked to the account. */
  readonly linked: readonly string[]
}

const buttons_max: Readonly<Record<Level, number>> = { top: 3, sub: 5 }
const name_bytes_max: Readonly<Record<Level, number>> = { top: 16, sub: 60 }

/**
 * In the order in which they are made. That a media_id or article_id exists is not looked at: neither is played here. Their
 * lengths are our inference.
 */
const checks: readonly Check[] = [
  {
    of: 'name',
    step: { rule: 'menu.name', expected: '1 to 16 bytes of UTF-8; in a submenu, to 60' },
    codes: { top: 40018, sub: 40025 },
    fits: (text, { level }) => hasBytes(text, name_bytes_max[level]),
  },
  sized('key', 128, { top: 40019, sub: 40026 }),
  sized('url', 1024, { top: 40020, sub: 40027 }),
  {
    of: 'url',
    step: { rule: 'menu.url', expected: 'an address that begins with http:// or https://' },
    codes: { top: 40055, sub: 40054 },
    fits: (text) => /^https?:\/\/[^\s/?#]/i.test(text),
  },
  {
    of: 'appid',
    step: { rule: 'miniprogram.appid', expected: 'wx and 16 hex digits' },
    codes: { top: 40166, sub: 40166 },
    fits: isAppid,
  },
  {
    of: 'appid',
    step: { rule: 'miniprogram.linked', expected: 'a mini program that is linked to the account' },
    codes: { top: 45064, sub: 45064 },
    fits: (text, { linked }) => linked.includes(text),
  },
  {
    of: 'pagepath',
    step: { rule: 'miniprogram.pagepath', expected: 'a page such as pages/index/index' },
    codes: { top: 40165, sub: 40165 },
    fits: (text) => hasBytes(text, 1024),
  },
  sized('media_id', 128, { top: 40117, sub: 40118 }),
  sized('article_id', 128, { top: 40117, sub: 40118 }),
]

function sized(of: ButtonField, bytes_max: number, codes: Codes): Check {
  const step = { rule: 'menu.field', expected: `${of} of 1 to ${bytes_max} bytes` }
  return { of, step, codes, fits: (text) => hasBytes(text, bytes_max) }
}

function hasBytes(text: string, bytes_max: number): boolean {
  return text !== '' && Buffer.byteLength(text) <= bytes_max
}

/** Every code with which `readMenu` refuses. */
export const menu_refusals: readonly number[] = [
  ...new Set([
    ...[40016, 40022, 40023, 40017, 40024],
    ...checks.flatMap(({ codes }) => [codes.top, codes.sub]),
  ]),
]

/** The buttons of a menu as a client sent it, made fit to be kept: what is no button's own is left out. */
export function readMenu(
  { button }: { readonly button?: unknown },
  linked: readonly string[],
): Button[] | Refusal {
  if (!Array.isArray(button) || button.length === 0 || button.length > buttons_max.top)
    return noButtons(button)
  return readAll(button, { level: 'top', linked }, 'button')
}

/** A list that is none, an object in its place, or too few or too many buttons: all are one code. */
function noButtons(actual: unknown): Refusal {
  return refuse(40016, {
    rule: 'menu.buttons',
    actual: actual ?? null,
    expected: '{"button": […]} with one to three buttons',
  })
}

function readAll(list: readonly unknown[], place: Place, at: string): Button[] | Refusal {
  const buttons: Button[] = []
  for (const [i, value] of list.entries()) {
    const button = readButton(value, place, `${at}[${i}]`)
    if (isRefusal(button)) return button
    buttons.push(button)
  }
  return buttons
}

function readButton(value: unknown, place: Place, at: string): Button | Refusal {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return noButtons(value)
  const given = value as Readonly<Record<string, unknown>>
  const name = readText(given, 'name', place, at)
  if (isRefusal(name)) return name
  const below = given['sub_button'] ?? []
  if (!Array.isArray(below)) return noButtons(below)
  return below.length > 0 ? readParent(name, below, place, at) : readLeaf(name, given, place, at)
}

/** A type beside the buttons below it is overlooked, as it was seen to be. */
function readParent(
  name: string,
  below: readonly unknown[],
  place: Place,
  at: string,
): Button | Refusal {
  if (place.level === 'sub')
    return refuse(40022, { rule: 'menu.level', actual: at, expected: 'two levels of buttons' })
  if (below.length > buttons_max.sub) {
    const actual = { [at]: below.length }
    return refuse(40023, { rule: 'menu.sub_buttons', actual, expected: 'one to five buttons' })
  }
  const sub_button = readAll(below, { ...place, level: 'sub' }, `${at}.sub_button`)
  return isRefusal(sub_button) ? sub_button : { name, sub_button }
}

function readLeaf(
  name: string,
  given: Readonly<Record<string, unknown>>,
  place: Place,
  at: string,
): Button | Refusal {
  const { type } = given
  if (!isButtonType(type)) {
    return refuse(place.level === 'top' ? 40017 : 40024, {
      rule: 'menu.type',
      actual: { [`${at}.type`]: type ?? null },
      expected: Object.keys(button_fields),
    })
  }
  const fields: Partial<Record<ButtonField, string>> = {}
  for (const field of button_fields[type]) {
    const text = readText(given, field, place, at)
    if (isRefusal(text)) return text
    fields[field] = text
  }
  return { type, name, ...fields, sub_button: [] }
}

function isButtonType(type: unknown): type is ButtonType {
  return typeof type === 'string' && Object.hasOwn(button_fields, type)
}

function readText(
  given: Readonly<Record<string, unknown>>,
  of: Text,
  place: Place,
  at: string,
): string | Refusal {
  const value = given[of]
  const text = typeof value === 'string' ? value : ''
  const broken = checks.find((check) => check.of === of && !check.fits(text, place))
  if (!broken) return text
  const { step, codes } = broken
  return refuse(codes[place.level], { ...step, actual: { [`${at}.${of}`]: value ?? null } })
}
