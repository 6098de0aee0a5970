import { z } from 'zod'
import type { Localized } from '../../core/field.ts'
import { words } from '../../core/field.ts'
import type { Refusal, RefusalEntry } from '../../core/refusal.ts'
import { tupuErrors } from '../../tupu/errors.ts'
import { wechatErrors } from '../../wechat/errors.ts'
import { languages } from '../explain/endpoints.ts'
import { fill, whyOf } from '../explain/sentence.ts'
import { channels, type RuleName, rules, severities } from './rules.ts'

const inBoth = z.object({ en: z.string(), zh: z.string() })

/** Something that a check has found. */
export const findingShape = z.object({
  rule: z.string(),
  severity: z
    .enum(severities)
    .meta(
      words(
        'rejected: a send is refused; cut: part of a value is not shown; ignored: a whole value is not shown; risk: it is sent, but may cause problems.',
        'rejected：发送会被拒绝；cut、ignored：部分或整个值不显示；risk：会发送，但可能有不良后果。',
      ),
    ),
  channel: z.enum(channels).meta(words('Who would act on it.', '由谁造成。')),
  rules: z
    .enum(['2014', '2023'])
    .nullable()
    .meta(
      words(
        "Applies only under these rules of the official account; WeChat's current ones are those of 2023. Null: under both.",
        '仅在公众号的这套规则下；微信目前用 2023 年的规则。null：两套规则下都是。',
      ),
    ),
  errcode: z
    .int()
    .nullable()
    .meta(words('The errcode that a send is refused with.', '发送被拒绝时的错误码。')),
  field: z
    .string()
    .meta(
      words(
        'The place: a field of the send, `keywords.{name}`, or `template.{name}` for a value that TUPU fills in.',
        '位置：发送的字段、`keywords.{name}`，或由 TUPU 填写的 `template.{name}`。',
      ),
    ),
  position: z
    .int()
    .nullable()
    .meta(
      words(
        'The position in the field, in characters from 0; null: the whole field.',
        '字段中的位置，从 0 起按字符计；null：整个字段。',
      ),
    ),
  sentence: inBoth,
  source: inBoth,
  fidelity: z
    .enum(['documented', 'reported', 'assumed'])
    .meta(
      words(
        'documented: two or more independent sources; reported: one; assumed: our inference.',
        'documented：两个或更多独立来源；reported：一个来源；assumed：我们的推断。',
      ),
    ),
})
export type Finding = z.output<typeof findingShape>

/** Where something was found, and what its sentence names. */
interface Found {
  readonly field: string
  readonly position?: number
  readonly values?: Readonly<Record<string, unknown>>
  readonly rules?: '2014' | '2023'
  readonly errcode?: number
  /** True: whether a send is refused by it is not decided here. */
  readonly isElsewhere?: boolean
}

/** What a rule of the table has found. */
export function finding(rule: RuleName, found: Found): Finding {
  const { channel, severity, fidelity, source } = rules[rule]
  const { field, position = null, values = {}, errcode = null, isElsewhere = false } = found
  return {
    rule,
    severity: isElsewhere && severity === 'rejected' ? 'risk' : severity,
    channel,
    rules: found.rules ?? null,
    errcode: isElsewhere ? null : errcode,
    field,
    position,
    sentence: inLanguages((lang) =>
      fill(languages[lang], languages[lang].check.rules[rule], values),
    ),
    source,
    fidelity,
  }
}

const tupu = { en: 'the partner API of this simulator', zh: '本模拟器的合作方接口' }
const wechat = {
  en: 'developers.weixin.qq.com: return codes of template messages, and reports of senders',
  zh: 'developers.weixin.qq.com：模板消息返回码，以及发送者的报告',
}

/** The refusal that a send meets. */
export function refusalFinding(refusal: Refusal, field: string, position?: number): Finding {
  const { code, step } = refusal
  const { rule } = step
  const own = tupuErrors.get(code)
  const entry = own ?? wechatErrors.get(code)
  return {
    rule,
    severity: 'rejected',
    channel: own ? 'tupu' : 'wechat',
    rules: null,
    errcode: code,
    field,
    position: position ?? null,
    sentence: inLanguages((lang) =>
      told_by_step.has(rule)
        ? asSentence(whyOf(languages[lang], step), lang)
        : (meaningIn(entry, lang) ?? refusal.text),
    ),
    source: own ? tupu : wechat,
    fidelity: entry?.fidelity ?? 'assumed',
  }
}

/** Rules whose steps name what is missing, which the meaning of their code cannot. */
const told_by_step: ReadonlySet<string> = new Set(['account.live', 'template.known'])

/** The meaning of a code, written as a sentence. */
function meaningIn(entry: RefusalEntry | undefined, lang: 'en' | 'zh'): string | undefined {
  const text = entry?.[lang]
  return text && asSentence(text, lang)
}

const asSentence = (text: string, lang: 'en' | 'zh') =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${lang === 'en' ? '.' : '。'}`

function inLanguages(write: (lang: 'en' | 'zh') => string): Localized {
  return { en: write('en'), zh: write('zh') }
}
