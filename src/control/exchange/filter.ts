import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import type { AccountRow, PersonRow } from '../../../db/schema.ts'
import { en } from '../../../views/words/en.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { nearest, useOneOf } from '../../core/nearest.ts'
import { refusedAt, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { surface_names } from '../../core/surface.ts'
import { chooseOfficial, choosePerson } from '../../phone/choose.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { cleanText, instant } from '../field.ts'
import { people_pages } from '../pages.ts'

/** Which errcode an exchange was answered with, or which it was not. */
export interface WantedCode {
  readonly code: number
  readonly isNot: boolean
}

/** Of a number that stands in a query as text, in a body as what it is. */
const errcode = z
  .union([
    z.int(),
    z.string().regex(/^!?-?\d{1,9}$/, 'an errcode such as 43004, -1, 0, or !0 for all others'),
  ])
  .transform((wanted): WantedCode => {
    const text = String(wanted)
    return { code: Number(text.replace('!', '')), isNot: text.startsWith('!') }
  })

const status = z
  .union([z.int(), z.string().regex(/^\d{1,3}$/, 'a status such as 200; 0: no answer came')])
  .transform(Number)

const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])], 'true or false')
  .transform((wanted) => String(wanted) === 'true')

/**
 * By what exchanges are chosen, wherever they are: in the list, in the stream, by those who wait for them or count them. All
 * that are given must fit.
 */
export const exchangeFilters = {
  surface: z.enum(surface_names).optional(),
  endpoint: cleanText
    .max(64)
    .optional()
    .meta(
      words(
        'An endpoint id from /docs, or template.* for a whole group.',
        '/docs 中的 id；template.* 为该名词的全部。',
      ),
    ),
  direction: z.enum(['in', 'out']).optional(),
  account: cleanText
    .optional()
    .meta(
      words(
        'Key, EID or appid: calls made by the account, and calls that name it in the path, the query or a field of the body.',
        'key、EID 或 appid：该账号的调用，以及在路径、查询或正文字段中提到它的调用。',
      ),
    ),
  person: cleanText
    .optional()
    .meta(
      words(
        'Id or key: calls that name or concern the person.',
        'id 或 key：提到或涉及该人的调用。',
      ),
    ),
  mobile: mobileField
    .optional()
    .meta(
      words(
        'In any spelling, whatever spelling the call used; for WeChat calls, those with an openid registered with it.',
        '写法不限，调用中的写法亦然；在微信侧，为以该号码登记的 openid 的调用。',
      ),
    ),
  openid: cleanText.min(1).max(64).optional(),
  msgid: z
    .union([z.int(), z.string()])
    .transform(String)
    .refine((text) => /^\d{1,19}$/.test(text), 'the digits of a msgid')
    .optional(),
  client_msg_id: cleanText.min(1).max(64).optional(),
  errcode: errcode
    .optional()
    .meta(
      words(
        'The errcode of the answer: -1, 0, 43004; !0: any but 0. Answers of WeChat or TUPU without an errcode count as 0.',
        '应答中的错误码：-1、0、43004；!0：除 0 以外的全部。微信或 TUPU 的应答中没有时按 0 计。',
      ),
    ),
  status: status.optional().meta(words('0: there was no answer.', '0：没有应答。')),
  rule: cleanText
    .min(1)
    .max(100)
    .optional()
    .meta(
      words(
        'The rule of the deciding step, which is the last one.',
        '判定步骤（最后一步）的规则。',
      ),
    ),
  trace: cleanText.min(1).max(64).optional(),
  text: cleanText
    .min(1)
    .max(200)
    .optional()
    .meta(
      words(
        'Occurs in the address or a body, encoded or decoded; secrets are not searched.',
        '出现在地址或正文中，按原样或其含义；不含密钥。',
      ),
    ),
  since: instant.optional().meta(words('Virtual time, inclusive.', '虚拟时间，含。')),
  until: instant.optional().meta(words('Virtual time, exclusive.', '虚拟时间，不含。')),
  unmatched: flag
    .optional()
    .meta(
      words(
        'true: only calls that matched no endpoint. Paths that WeChat documents do not count, even if they are not supported here.',
        'true：仅没有接口受理的调用。微信文档中的路径不在其列，即使这里尚未实现。',
      ),
    ),
  platform: flag
    .optional()
    .meta(
      words(
        'true: only calls by the platform and to it, without the control API and what people do on pages: console, phone and registration.',
        'true：仅平台发出和收到的调用，不含控制 API，也不含人在页面（控制台、手机、登记页）上的操作。',
      ),
    ),
}

type Fields = z.output<z.ZodObject<typeof exchangeFilters>>

/** Filters whose names were found in the world. */
export interface Filter extends Omit<Fields, 'account' | 'person'> {
  readonly account: FilterAccount | undefined
  readonly person: PersonRow | undefined
}

/** Of an official account without TUPU's side there is only the appid. */
export type FilterAccount = Pick<AccountRow, 'appid'> & Partial<Pick<AccountRow, 'eid' | 'key'>>

/** The filters of a call, or the no to a name that nothing has. `prefix`: where the fields stand in its body. */
export function readFilter(
  call: Pick<Call, 'db' | 'world' | 'engine' | 'endpoint' | 'concern'>,
  fields: Fields,
  prefix = '',
): Filter | Refusal {
  if (fields.endpoint !== undefined) {
    const unknown = refuseEndpoint(call, fields.endpoint, `${prefix}endpoint`)
    if (unknown) return unknown
  }
  if (fields.rule !== undefined) {
    const unknown = refuseRule(call, fields.rule, `${prefix}rule`)
    if (unknown) return unknown
  }
  const account = fields.account === undefined ? undefined : findAccount(call, fields.account)
  if (isRefusal(account)) return refusedAt(account, `${prefix}account`)
  const person = fields.person === undefined ? undefined : choosePerson(call, fields.person)
  if (isRefusal(person)) return refusedAt(person, `${prefix}person`)
  return { ...fields, account, person }
}

function findAccount(call: Parameters<typeof readFilter>[0], wanted: string) {
  const accounts = listAccounts(call.db, call.world.epoch)
  // One that has no official account yet has calls all the same.
  const own = accounts.find(({ key, eid, current_eid }) => [key, eid, current_eid].includes(wanted))
  if (own) return own
  const found = chooseOfficial(call, wanted, accounts)
  return isRefusal(found) ? found : (found.account ?? { appid: found.appid })
}

function refuseEndpoint(
  call: Pick<Call, 'engine' | 'endpoint'>,
  wanted: string,
  field: string,
): Refusal | undefined {
  const ids = [...call.engine.endpoints.keys()]
  const others = people_pages.map(({ id }) => id)
  const nouns = [...new Set([...ids, ...others].map((id) => `${id.slice(0, id.indexOf('.'))}.*`))]
  if ([...ids, ...others, ...nouns].includes(wanted)) return undefined
  const names = wanted.endsWith('.*') ? nouns : [...ids, ...nouns]
  const meant = nearest(wanted, names)
  const reason = `there is no endpoint ${wanted}`
  const fix =
    meant === undefined
      ? `${useOneOf(wanted, nouns)}, or an id of /docs`
      : `use ${meant}; /docs lists all`
  return unknownName(call, { field, reason, fix })
}

/** The no to a rule that no decision has. Of a field, `{field}.valid` is one. */
function refuseRule(
  call: Pick<Call, 'engine' | 'endpoint'>,
  wanted: string,
  field: string,
): Refusal | undefined {
  const rules = Object.keys(en.rules).filter((rule) => !rule.startsWith('{'))
  const [, named] = /^(\w+)[\w.]*\.valid$/.exec(wanted) ?? []
  const isField = [...call.engine.endpoints.values()].some(
    ({ input }) => named !== undefined && Object.hasOwn(input.shape, named),
  )
  if (isField || rules.includes(wanted)) return undefined
  const meant = nearest(wanted, rules)
  const noun = wanted.slice(0, wanted.indexOf('.') + 1)
  const of = rules.filter((rule) => noun !== '' && rule.startsWith(noun))
  const fix =
    meant === undefined
      ? `${useOneOf(wanted, of.length > 0 ? of : rules)}; the decision of an exchange shows them`
      : `use ${meant}; the decision of an exchange shows which rule decided`
  return unknownName(call, { field, reason: `no decision has the rule ${wanted}`, fix })
}
