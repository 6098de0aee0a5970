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
  const { name, at } = message
  const shown = recipientText(message, words)
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

/** What became of a message, with the code of a refusal, or of why nobody knows. */
export function StateChip({
  message: { state, answer },
  words,
}: {
  message: Pick<InboxMessage, 'state' | 'answer'>
  words: Words
}) {
  const hasCode = (state === 'refused' || state === 'unknown') && answer.errcode !== null
  const code = hasCode ? ` ${answer.errcode}` : ''
  return (
    <Chip tone={tones[state]}>
      {words.console.messages.states[state]}
      {code}
    </Chip>
  )
}

/** Why, in words, and whether the platform fell back as it should; of one that arrived, whose it is. */
function Note({ message, words }: { message: InboxMessage; words: Words }) {
  const { company, title, isFault } = message
  const why = whyText(message, words)
  const parts = why === undefined ? [company ?? '', title ?? ''].filter(Boolean) : [why]
  const wrong = wrongText(message, words)
  const said = [...parts, ...fallBackTexts(message, words)].join(' · ')
  return (
    <>
      {isFault ? <Chip tone="warn">{words.console.journal.fault}</Chip> : null}
      {isFault ? ' ' : null}
      {wrong === undefined ? null : <span class="c-attention">{wrong}</span>}
      {wrong === undefined || said === '' ? said : ` · ${said}`}
    </>
  )
}

/** What the platform did wrong, as the message's own page judges it. */
function wrongText({ judged, fall_backs }: InboxMessage, words: Words): string | undefined {
  const text = words.console.messages
  if (judged !== 'lost' && judged !== 'double' && judged !== 'late') return undefined
  const last = fall_backs.at(-1)?.channel ?? 'sms'
  return filled(text[judged], { channel: text.channels[last] })
}

/** Of a message that did not arrive, why. */
export function whyText(
  { state, answer, reason, meaning }: Pick<InboxMessage, 'state' | 'answer' | 'reason' | 'meaning'>,
  words: Words,
): string | undefined {
  const text = words.console.messages
  if (state === 'failed') return reason === null ? undefined : text.reasons[reason]
  if (state !== 'refused' && state !== 'unknown') return undefined
  const codes: Readonly<Record<string, string>> = text.codes
  return codes[String(answer.errcode)] ?? meaning
}

/** Of several the last one is what was too late, or too much: that is said already. */
function fallBackTexts({ fall_backs, judged }: InboxMessage, words: Words): string[] {
  const text = words.console.messages
  if (judged === 'retried') return [text.retried]
  const right = judged === 'double' || judged === 'late' ? fall_backs.slice(0, -1) : fall_backs
  return right.map(({ channel }) => filled(text.fellBack, { channel: text.channels[channel] }))
}

/** To whom a message was sent. Of one that is refused with 100010 no mobile may have been said; of any other it is erased. */
export function recipientText(
  { mobile, answer }: Pick<InboxMessage, 'mobile' | 'answer'>,
  { console }: Words,
): string {
  if (mobile !== '') return mobileText(mobile)
  return answer.errcode === 100010 ? console.people.noMobile : console.messages.erased
}

/** A mobile as people read it: a Chinese one in groups. */
export function mobileText(mobile: string): string {
  const [, a, b, c] = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/u.exec(mobile) ?? []
  return a === undefined ? mobile : `${a} ${b} ${c}`
}
