import { Chip, type Tone } from '../../components/chip.tsx'
import { Row, Rows } from '../../components/rows.tsx'
import { filled } from '../../components/text.tsx'
import { MomentOf } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import type { ConsoleProps } from '../parts.tsx'
import type { InboxMessage, MessageState } from './props.ts'

interface Props extends ConsoleProps {
  readonly messages: readonly InboxMessage[]
}

/** Messages, the newest first: what became of each, to whom, what it said, and when. */
export function MessageList(props: Props) {
  const { words } = props.frame
  return (
    <Rows label={words.console.messages.title}>
      {props.messages.map((message) => (
        <MessageRow {...props} message={message} />
      ))}
    </Rows>
  )
}

function MessageRow(props: ConsoleProps & { message: InboxMessage }) {
  const { frame, context, site, message } = props
  const { words } = frame
  const text = words.console.messages
  const { name, mobile, at } = message
  const shown = mobile === '' ? text.erased : mobileText(mobile)
  return (
    <Row
      href={pageHref(context, `/messages/${message.message}`)}
      id={message.message}
      chip={<StateChip message={message} words={words} />}
      name={name || shown}
      under={name === '' ? undefined : shown}
      line={message.text}
      note={<Note message={message} words={words} />}
      at={<MomentOf at={at} now={site.facts.clock.now} words={words} />}
    />
  )
}

const tones: Readonly<Record<MessageState, Tone>> = {
  delivered: 'good',
  accepted: 'plain',
  sending: 'plain',
  refused: 'bad',
  failed: 'warn',
  unknown: 'warn',
}

/** What became of a message, with the code of a refusal. */
export function StateChip({
  message: { state, answer },
  words,
}: {
  message: Pick<InboxMessage, 'state' | 'answer'>
  words: Words
}) {
  const code = state === 'refused' && answer.errcode !== null ? ` ${answer.errcode}` : ''
  return (
    <Chip tone={tones[state]}>
      {words.console.messages.states[state]}
      {code}
    </Chip>
  )
}

/** Why, in words, and whether the platform fell back; of one that arrived, whose it is. */
function Note({ message, words }: { message: InboxMessage; words: Words }) {
  const text = words.console.messages
  const { company, title, isLost } = message
  const why = whyText(message, words)
  const parts = why === undefined ? [company ?? '', title ?? ''].filter(Boolean) : [why]
  const said = [...parts, ...fallBackTexts(message, words)].join(' · ')
  if (!isLost) return <>{said}</>
  return (
    <>
      <span class="c-attention">{text.lost}</span>
      {said === '' ? null : ` · ${said}`}
    </>
  )
}

/** Of a message that did not arrive, why. */
export function whyText(
  { state, answer, reason, meaning }: Pick<InboxMessage, 'state' | 'answer' | 'reason' | 'meaning'>,
  words: Words,
): string | undefined {
  const text = words.console.messages
  if (state === 'failed') return reason === null ? undefined : text.reasons[reason]
  if (state !== 'refused') return undefined
  const codes: Readonly<Record<string, string>> = text.codes
  return codes[String(answer.errcode)] ?? meaning
}

function fallBackTexts({ fall_backs }: InboxMessage, words: Words): string[] {
  const text = words.console.messages
  return fall_backs.map(({ channel }) => filled(text.fellBack, { channel: text.channels[channel] }))
}

/** A mobile as people read it: a Chinese one in groups. */
export function mobileText(mobile: string): string {
  const [, a, b, c] = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/u.exec(mobile) ?? []
  return a === undefined ? mobile : `${a} ${b} ${c}`
}
