import { Button } from '../../components/button.tsx'
import { Chip, type Tone } from '../../components/chip.tsx'
import { filled, Say } from '../../components/text.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import type { ConsoleProps } from '../parts.tsx'
import type { CheckFacts, CheckItem } from './props.ts'

const tones: Readonly<Record<CheckItem['severity'], Tone>> = {
  rejected: 'bad',
  cut: 'warn',
  ignored: 'warn',
  risk: 'plain',
}

/** What the real services would make of the message beside it, before anybody sends it. */
export function CheckPanel({ frame: { words }, check }: ConsoleProps & { check: CheckFacts }) {
  const text = words.console.check
  const { ok, parts, rules, items } = check
  const sms = items.filter(({ channel }) => channel === 'sms')
  const sent = items.filter(({ channel }) => channel !== 'sms')
  const isOwn = (item: CheckItem) => item.rules === null || item.rules === rules
  const other = rules === '2023' ? '2014' : '2023'
  return (
    <section class="c-panel" id="check" aria-labelledby="check-title">
      <h2 id="check-title">{text.title}</h2>
      <p>
        <Chip tone={ok ? 'good' : 'bad'}>{ok ? text.accepted : text.rejected}</Chip>
      </p>
      <Findings words={words} items={sent.filter(isOwn)} />
      <More words={words} title={text.under[other]} items={sent.filter((item) => !isOwn(item))} />
      <More words={words} title={filled(text.sms, { parts: String(parts) })} items={sms} />
    </section>
  )
}

interface FindingsProps {
  readonly words: Words
  readonly items: readonly CheckItem[]
}

function More({ title, ...findings }: FindingsProps & { title: string }) {
  if (findings.items.length === 0) return null
  return (
    <details class="c-more">
      <summary>
        {title} <span class="c-muted c-num">({findings.items.length})</span>
      </summary>
      <Findings {...findings} />
    </details>
  )
}

function Findings({ words, items }: FindingsProps) {
  return (
    <>
      {items.map(({ rule, severity, sentence, fidelity, source }) => (
        <div data-rule={rule}>
          <p>
            <Chip tone={tones[severity]}>{words.check.severities[severity]}</Chip>{' '}
            <Say text={sentence} />
          </p>
          <p class="c-small">
            <span title={words.fidelity[fidelity].means}>{words.fidelity[fidelity].label}</span>
            {' · '}
            {source}
          </p>
        </div>
      ))}
    </>
  )
}

/** Checks what stands in the form around it, and sends nothing. */
export function CheckButton({ frame: { words }, context }: ConsoleProps) {
  return (
    <Button id="check-now" to={`${pageHref(context, '/check')}#check`}>
      {words.console.check.button}
    </Button>
  )
}
