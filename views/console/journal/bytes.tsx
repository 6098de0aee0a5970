import { Chip, type Tone } from '../../components/chip.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { filled } from '../../components/text.tsx'
import type { Words } from '../../words/en.ts'
import type { ExchangeFacts, HalfFacts } from './props.ts'

/** Without its origin, the world and the question. */
export function pathText(url: string): string {
  const path = url
    .replace(/^https?:\/\/[^/]+/u, '')
    .replace(/^\/w\/[^/]+/u, '')
    .replace(/[?#].*$/su, '')
  return path || '/'
}

/** The same in a list, where of a control call its world is known. */
export function shortPathText(url: string): string {
  return pathText(url).replace(/^\/_sim\/v1\/worlds\/[^/]+(?=\/)/u, '…')
}

/** How a call was answered: its status, and the errcode where it has one. */
export function AnswerChip({
  of: { status, errcode },
  words,
}: {
  of: Pick<ExchangeFacts, 'status' | 'errcode'>
  words: Words
}) {
  const text = status === 0 ? words.console.journal.noAnswer : String(status)
  return (
    <Chip tone={answerTone({ status, errcode })}>
      {text}
      {errcode === null || errcode === 0 ? '' : ` · ${errcode}`}
    </Chip>
  )
}

function answerTone({ status, errcode }: Pick<ExchangeFacts, 'status' | 'errcode'>): Tone {
  if (status === 0) return 'warn'
  return status >= 400 || (errcode ?? 0) !== 0 ? 'bad' : 'good'
}

interface HalfProps {
  readonly id: string
  readonly title: string
  readonly half: HalfFacts
  readonly words: Words
}

/** A body to be read, and how much of it there is; the headers are folded away. */
export function Half({ id, title, half: { body, length }, words }: HalfProps) {
  const text = words.console.journal.exchange
  const { copy, copied } = words.docs
  if (body === '') return <p class="c-small">{`${title}: ${text.noBody}`}</p>
  const cut = length === undefined ? '' : ` · ${filled(text.cut, { length: String(length) })}`
  return <CodeBlock id={id} title={title + cut} text={body} copy={copy} copied={copied} />
}
