import type { PropsWithChildren } from 'hono/jsx'
import type { Crumb } from '../components/page-head.tsx'
import { PostForm } from '../components/post-form.tsx'
import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { type PageContext, pageHref } from '../page-context.ts'
import type { PhoneWords } from '../words/phone/en.ts'
import type { Moment, PhoneContext } from './props.ts'

/** The address of a page of one person's phone. */
export function phoneHref(
  context: Pick<PageContext, 'basePath' | 'langQuery'>,
  person: string,
  path = '',
  query: Readonly<Record<string, string>> = {},
): string {
  return pageHref(context, `/phone/${person}${path}`, query)
}

/** The list of people, above the table on which their phones lie. */
export function peopleCrumb({ words }: Frame, context: PhoneContext): Crumb {
  return { href: pageHref(context, '/people'), name: words.site.places.people }
}

interface FormProps {
  readonly context: PhoneContext
  readonly person: string
  /** The control call `phone.{verb}`. */
  readonly verb: string
  readonly fields?: Readonly<Record<string, string>>
  readonly class?: string
}

/** A form that does what a thumb does; its buttons and inputs are inside. */
export function VerbForm({ person, verb, ...form }: PropsWithChildren<FormProps>) {
  return <PostForm {...form} path={`/phone/${person}/do/${verb}`} />
}

/** The square picture of a person or an account: its first letter, on a colour of its own. */
export function Avatar({
  name,
  seed,
  size,
}: {
  name: string
  seed: string
  size?: 'small' | 'large'
}) {
  let hue = 0
  for (const letter of seed) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % hues
  const [first = ''] = name.trim()
  return (
    <span class={`ph-avatar ph-hue-${hue}${size ? ` ph-avatar-${size}` : ''}`} aria-hidden="true">
      {first}
    </span>
  )
}

const hues = 12

/** How many messages are unread, with words for those who do not see the badge's colour. */
export function Unread({ count, words }: { count: number; words: PhoneWords }) {
  if (count === 0) return null
  const badge = count > 99 ? '99+' : String(count)
  return (
    <span class="weui-badge ph-unread">
      <span aria-hidden="true">{badge}</span>
      <span class="ph-hidden c-hidden">{filled(words.unread, { count: badge })}</span>
    </span>
  )
}

/** An instant in WeChat's words, short as in a list. */
export function When({ at, words }: { at: Moment; words: PhoneWords }) {
  return <time datetime={at.iso}>{momentText(at, words)}</time>
}

/** The same as text; `full`: with the time of day, as in a conversation. */
export function momentText(at: Moment, { moments }: PhoneWords, full = false): string {
  const fill = {
    time: at.time,
    weekday: moments.weekdays[at.weekday] ?? '',
    month: moments.months[at.month - 1] ?? '',
    day: String(at.day),
    year: String(at.year),
  }
  switch (at.age) {
    case 'today':
      return at.time
    case 'yesterday':
      return filled(full ? moments.yesterdayAt : moments.yesterday, fill)
    case 'week':
      return filled(full ? moments.weekdayAt : '{weekday}', fill)
    case 'year':
      return filled(full ? moments.dayAt : moments.day, fill)
    case 'older':
      return filled(full ? moments.dateAt : moments.date, fill)
  }
}
