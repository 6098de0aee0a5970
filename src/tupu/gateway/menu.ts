/** One button, as WeChat tells it. */
export type MenuItem = Readonly<Record<string, unknown>>

/** The registration page of an account, as an item of a menu. */
export interface RegisterItem {
  /** What our pages' addresses begin with. */
  readonly base: string
  readonly eid: string
  /** Every EID that the account has had: items that lead there are led to this one. */
  readonly eids: readonly string[]
  readonly name: string
}

/** Why the item could not be put into the menu: there is no room, or what WeChat says. */
export type MenuFault =
  | { readonly kind: 'full' }
  | { readonly kind: 'refused'; readonly errcode: number; readonly errmsg: string }
  | { readonly kind: 'none'; readonly detail: string }

const top_max = 3
const below_max = 5

/** The EIDs whose registration pages a menu opens. */
export function eidsIn(buttons: readonly MenuItem[]): string[] {
  const eids = buttons.flatMap((button) => [
    ...(pageOf(button)?.door === 'register' ? [pageOf(button)?.eid ?? ''] : []),
    ...eidsIn(belowOf(button)),
  ])
  return [...new Set(eids)]
}

/**
 * A menu with an item that opens the registration page. Items that lead to the account's pages already lead to those of its
 * present EID; else there is one more, below another button where there is no room beside. Undefined: it is full.
 */
export function pointAt(
  buttons: readonly MenuItem[],
  item: RegisterItem,
): readonly MenuItem[] | undefined {
  const led = buttons.map((button) => leadOn(button, item))
  if (eidsIn(led).includes(item.eid)) return led
  const fresh = { type: 'view', name: item.name, url: addressOf(item, 'register') }
  if (led.length < top_max) return [...led, fresh]
  const parent = led.findIndex((button) => {
    const below = belowOf(button).length
    return below > 0 && below < below_max
  })
  return parent < 0
    ? undefined
    : led.map((button, i) =>
        i === parent ? { ...button, sub_button: [...belowOf(button), fresh] } : button,
      )
}

function leadOn(button: MenuItem, item: RegisterItem): MenuItem {
  const page = pageOf(button)
  const below = belowOf(button).map((one) => leadOn(one, item))
  const led = below.length > 0 ? { ...button, sub_button: below } : button
  return page && item.eids.includes(page.eid) ? { ...led, url: addressOf(item, page.door) } : led
}

type Door = 'register' | 'apply'

function addressOf({ base, eid }: RegisterItem, door: Door): string {
  return `${base}/${door}/${encodeURIComponent(eid)}`
}

const PAGE = /\/(register|apply)\/([\w-]{1,64})\/?$/

/** The page of an account that a button opens, wherever our server may stand. */
function pageOf({ url }: MenuItem): { readonly door: Door; readonly eid: string } | undefined {
  if (typeof url !== 'string') return undefined
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const [, door, eid] = PAGE.exec(path) ?? []
  return eid === undefined ? undefined : { door: door as Door, eid }
}

/** Buttons below one; where WeChat tells a menu of its console, they are the list of an object. */
function belowOf({ sub_button }: MenuItem): MenuItem[] {
  return listOf(Array.isArray(sub_button) ? sub_button : fieldOf(sub_button, 'list'))
}

/** The buttons of `get_current_selfmenu_info`, each list of buttons below one as it is sent. */
export function readSelfmenu(body: Readonly<Record<string, unknown>>): MenuItem[] {
  return listOf(fieldOf(body['selfmenu_info'], 'button')).map(plain)
}

function plain(button: MenuItem): MenuItem {
  const below = belowOf(button)
  return below.length === 0 ? button : { ...button, sub_button: below.map(plain) }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function listOf(value: unknown): MenuItem[] {
  if (!Array.isArray(value)) return []
  return value.filter((one): one is MenuItem => typeof one === 'object' && one !== null)
}
