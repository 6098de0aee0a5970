import { readMobile } from '../../mobile.ts'

/** One value of a call, where it stands. `values`: it is the list of a template's values, as a profile spells that. */
export interface Leaf {
  readonly at: string
  /** The last part of the place. */
  readonly name: string
  readonly value: unknown
  readonly values?: object
}

/** All values of a body: of a list those of the first item, with `*` in its place. */
export function leavesOf(value: unknown, at = '', name = ''): Leaf[] {
  if (Array.isArray(value)) {
    const values = pairsOf(value, at)
    return values ? [{ at, name, value, values }] : leavesOf(value[0], `${at}/*`, name)
  }
  if (typeof value !== 'object' || value === null)
    return at === '' || value === undefined ? [] : [{ at, name, value }]
  const values = VALUES.test(name) ? mapOf(value, at) : undefined
  if (values) return [{ at, name, value, values }]
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, `${at}/${escapePart(key)}`, key),
  )
}

const escapePart = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

/** What holds the values of a template is mostly called so. */
const VALUES =
  /^(?:data|keywords?|variables|values?|para(?:m(?:eter)?s?)?|\w*_para(?:ms?)?|body|template_?data)$/i

/** `[{"Name": …, "Value": …}]`. */
function pairsOf(list: readonly unknown[], at: string): object | undefined {
  const [first] = list
  if (typeof first !== 'object' || first === null) return undefined
  const keys = Object.keys(first)
  const name = keys.find((key) => /^(?:name|key|k|field)$/i.test(key))
  const value = keys.find((key) => /^(?:value|val|v|text)$/i.test(key))
  if (name === undefined || value === undefined) return undefined
  const names = list.map((item) => String((item as Record<string, unknown>)[name]))
  return { at, form: 'pairs', name, value, ...takeOf(names) }
}

/** Texts by name, or WeChat's objects with a value. */
function mapOf(object: object, at: string): object | undefined {
  const entries = Object.entries(object)
  if (entries.length === 0) return undefined
  const isWechat = entries.every(
    ([, one]) => typeof one === 'object' && one !== null && 'value' in one,
  )
  const isMap = entries.every(([, one]) => typeof one === 'string')
  if (!isWechat && !isMap) return undefined
  return { at, form: isWechat ? 'wechat' : 'map', ...takeOf(entries.map(([key]) => key)) }
}

/** The text of a message stands among its values under one of these names. */
const TEXT = /^(?:first|message|msg|text|content|thing1)$/i
const LINK = /^(?:url|link)$/i

function takeOf(names: readonly string[]): { take?: Record<string, string> } {
  const text = names.find((name) => TEXT.test(name))
  const link = names.find((name) => LINK.test(name))
  const take = {
    ...(text === undefined ? {} : { [text]: 'message' }),
    ...(link === undefined ? {} : { [link]: 'url' }),
  }
  return Object.keys(take).length > 0 ? { take } : {}
}

/** What names and values mostly mean, the surest first. */
const meanings: readonly {
  readonly field: string
  readonly name: RegExp
  readonly value?: RegExp
}[] = [
  {
    field: 'client_msg_id',
    name: /client_?m(?:sg|essage)_?id|idempoten|^reference$|out_?(?:trade|biz)?_?(?:id|no)$|request_?id|^message_?id$/i,
  },
  {
    field: 'mobile',
    name: /mobile|phone|msisdn|^to$|touser|we_?chat_?(?:user_?)?id|open_?id|identifiervalue|(?:old|member)_?(?:code|no|id)|^aud_/i,
  },
  { field: 'email', name: /mail/i, value: /@/ },
  { field: 'url', name: /url|link/i, value: /^https?:/ },
  {
    field: 'eid',
    name: /^(?:eid|tenant|customer|company|corp|account|sub_?account|sender|app)(?:_?(?:id|code|key))?$/i,
  },
  { field: 'message', name: /^(?:message|msg|text|content|body)$/i },
  { field: 'name', name: /^(?:(?:user|nick|full|real)_?)?name$/i },
]

/** The canonical field that a value probably is. */
export function meaningOf({ name, value, at }: Leaf): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  const own = /\*$/.test(at) ? (at.split('/').at(-2) ?? name) : name
  const named = meanings.find((one) => one.name.test(own) && (one.value?.test(text) ?? true))
  if (named) return named.field
  return /^\+?\d{11,15}$/.test(text) && readMobile(text) !== undefined ? 'mobile' : undefined
}
