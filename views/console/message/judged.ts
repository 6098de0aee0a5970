import { filled } from '../../components/text.tsx'
import type { Words } from '../../words/en.ts'
import type { MessageInfo } from './props.ts'

/** Whether the platform did right by a message, in one sentence; nothing where there is nothing to judge. */
export function judgedText({ judged, fall_backs, at }: MessageInfo, words: Words): string {
  if (judged === null) return ''
  const { message, messages } = words.console
  // Of several the last one is what was too late, or too much.
  const contact = judged === 'fell_back' ? fall_backs[0] : fall_backs.at(-1)
  if (!contact) return message.judged[judged]
  return filled(message.judged[judged], {
    channel: messages.channels[contact.channel],
    after: afterText(Date.parse(contact.at) - Date.parse(at), words),
  })
}

function afterText(ms: number, { console: { message } }: Words): string {
  return ms < 100 ? message.atOnce : filled(message.after, { span: spanText(ms, message.spans) })
}

const minute_ms = 60_000
const hour_ms = 60 * minute_ms
const day_ms = 24 * hour_ms

function spanText(ms: number, spans: Words['console']['message']['spans']): string {
  if (ms < minute_ms) return filled(spans.second, { n: String(Math.round(ms / 100) / 10) })
  if (ms < hour_ms) return filled(spans.minute, { n: String(Math.round(ms / minute_ms)) })
  if (ms < day_ms) return filled(spans.hour, { n: String(Math.round(ms / hour_ms)) })
  return filled(spans.day, { n: String(Math.round(ms / day_ms)) })
}
