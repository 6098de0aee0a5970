import type { PropsWithChildren } from 'hono/jsx'
import type { Console, Visit } from '../../src/console/facts.ts'
import type { Verb } from '../../src/console/verb.ts'
import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import type { Words } from '../words/words.ts'

/** What every page of the console is given. */
export interface ConsoleProps {
  readonly frame: Frame
  readonly visit: Visit
  readonly console: Console
}

/** The address of a page of the console: in the visit's world, in the language that was asked for. */
export function hrefOf(
  { way, wish }: Pick<Visit, 'way' | 'wish'>,
  path = '',
  query: Readonly<Record<string, string>> = {},
): string {
  const search = [new URLSearchParams(query).toString(), wish].filter(Boolean).join('&')
  return `${way}/accounts${path}${search && `?${search}`}`
}

interface FormProps {
  readonly visit: Visit
  /** The control call that it makes. */
  readonly verb: Verb
  /** Tells it from the other forms of the page, where it has fields to type in. */
  readonly form?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly class?: string
}

/** A form that makes a control call; its buttons and inputs are inside. */
export function Does(props: PropsWithChildren<FormProps>) {
  const { visit, verb, form, fields = {}, class: look, children } = props
  return (
    <form class={look} method="post" action={hrefOf(visit, `/do/${verb}`)}>
      <input type="hidden" name="token" value={visit.token} />
      <input type="hidden" name="back" value={visit.here} />
      {form === undefined ? null : <input type="hidden" name="form" value={form} />}
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}

interface ButtonProps extends FormProps {
  readonly words: Words
  readonly id: string
  /** Ids of what it is about, where several buttons have one name. */
  readonly about?: string
  readonly quiet?: boolean
}

/** A form of one button, with the name of what it calls. */
export function DoesNow({ words, id, about, quiet, ...form }: ButtonProps) {
  const look = quiet ? 'co-quiet' : undefined
  return (
    <Does {...form} class="co-act">
      <Submit words={words} verb={form.verb} id={id} about={about} class={look} />
    </Does>
  )
}

/** The button that sends a form. */
export function Submit({
  words,
  verb,
  id,
  about,
  class: look,
}: {
  words: Words
  verb: Verb
  id: string
  about?: string | undefined
  class?: string | undefined
}) {
  return (
    <button type="submit" id={id} class={look} aria-describedby={about}>
      {words.console.buttons[verb]}
    </button>
  )
}

/** An instant in Beijing, as people write it. */
export function When({ at, words }: { at: string; words: Words }) {
  return <time datetime={at}>{whenText(at, words)}</time>
}

/** The same as text. */
export function whenText(at: string, { phone: { moments } }: Words): string {
  const t = new Date(Date.parse(at) + beijing_offset_ms)
  return filled(moments.dateAt, {
    year: String(t.getUTCFullYear()),
    month: moments.months[t.getUTCMonth()] ?? '',
    day: String(t.getUTCDate()),
    time: t.toISOString().slice(11, 16),
  })
}

const beijing_offset_ms = 8 * 3_600_000

/** Steps of a checklist by their words, as a list in a sentence. */
export function stepNames(steps: readonly string[], words: Words): string {
  const names: Readonly<Record<string, string>> = words.steps
  return steps.map((step) => names[step] ?? step).join(words.tag === 'en' ? ', ' : '、')
}
