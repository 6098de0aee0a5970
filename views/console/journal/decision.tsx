import { Facts } from '../../components/panel.tsx'
import { filled, Say } from '../../components/text.tsx'
import { valueText } from '../../components/value-text.ts'
import type { Words } from '../../words/en.ts'
import type { CheckFacts } from './props.ts'

/** What a rule says, in words; of one that has none, its name. */
export function ruleText(rule: string, { rules }: Words): string {
  const [, field = ''] = /^(\w+)[\w.]*\.valid$/u.exec(rule) ?? []
  const said = rules[rule] ?? (field === '' ? undefined : rules['{field}.valid'])
  return said === undefined ? rule : filled(said, { field }).replace(/[.。]$/u, '')
}

interface Props {
  readonly checks: readonly CheckFacts[]
  readonly words: Words
}

/** A decision: every rule that was passed, and the one that refused, with what was found, what was expected and what mends it. */
export function Decision({ checks, words }: Props) {
  return (
    <ul class="c-checks">
      {withoutEcho(checks).map((check) => (
        <Check check={check} words={words} />
      ))}
    </ul>
  )
}

/** Behind what WeChat has refused there is still how TUPU heard of it, which says nothing more. */
function withoutEcho(checks: readonly CheckFacts[]): readonly CheckFacts[] {
  const isRefused = checks.some(({ passed, rule }) => !passed && rule !== 'wechat.accepted')
  return isRefused ? checks.filter(({ rule }) => rule !== 'wechat.accepted') : checks
}

function Check({ check, words }: { check: CheckFacts; words: Words }) {
  const text = words.console.message
  const { rule, passed, of } = check
  const statement = ruleText(rule, words)
  const said = of === 'wechat' ? filled(text.wechat, { rule: statement }) : statement
  return (
    <li class={passed ? undefined : 'c-is-refusing'}>
      <span class="c-mark">
        <span aria-hidden="true">{passed ? '✓' : '✕'}</span>
        <span class="c-hidden">{passed ? text.passed : text.refused}</span>
      </span>
      <div>
        <Say text={passed ? said : filled(text.notMet, { rule: said })} />
        {passed ? null : <Evidence check={check} words={words} />}
      </div>
    </li>
  )
}

function Evidence({
  check: { rule, actual, expected, fix },
  words,
}: {
  check: CheckFacts
  words: Words
}) {
  const text = words.console.message
  const evidence = [
    { name: text.rule, is: rule },
    { name: text.actual, is: valueText(actual) ?? '' },
    { name: text.expected, is: valueText(expected) ?? '' },
    { name: text.fix, is: fixText(fix) },
  ].filter(({ is }) => is !== '')
  return (
    <div class="c-evidence">
      <Facts of={evidence} />
    </div>
  )
}

/** A control call as one line. */
export function fixText(fix: unknown): string {
  const { call, input } = Object(fix)
  return typeof call === 'string' ? `${call} ${JSON.stringify(input ?? {})}` : ''
}
