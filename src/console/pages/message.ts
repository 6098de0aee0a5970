import { topics } from '../../../db/topic.ts'
import type { ExchangeFacts } from '../../../views/console/journal/props.ts'
import type { MessageFacts } from '../../../views/console/message/props.ts'
import { isMessageResolved } from '../../control/explain/resolved.ts'
import { messageDigest, wholeMessageShape } from '../../control/message/info.ts'
import { message_states, readOnPhone } from '../../control/message/message.ts'
import { storyShape } from '../../control/trace/item.ts'
import type { Call } from '../../core/call.ts'
import { invoke } from '../../core/invoke.ts'
import { isRefusal } from '../../core/refusal.ts'
import { readExchange, textOf } from '../exchange.ts'
import { readExplained } from '../explained.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { notFound, views } from '../views.ts'

/** One message. */
export const messagePage: ConsolePage = {
  name: 'message',
  path: '/messages/{message}',
  // A platform that calls a wrong address does not look for a page.
  takes: ({ method }) => method === 'GET' || method === 'HEAD',
  show(call, address, state = {}) {
    const facts = readMessage(call, address.names['message'] ?? '')
    if (!facts) return notFound(call, 'unknown_message')
    return pageResponse(call, address, state, (of) => views().MessagePage({ ...of, facts }))
  },
  live: {
    topics: [
      ...message_states.options.map(topics.messagesIn),
      topics.contacts,
      topics.callbacks,
      topics.exchanges,
    ],
    digest: (scope, { message = '' }) =>
      `${messageDigest(scope, message)} ${isMessageResolved(scope, message)}`,
  },
}

function readMessage(call: Call, named: string): MessageFacts | undefined {
  const answer = invoke(call, 'message.info', { message: named })
  if (isRefusal(answer)) return undefined
  const message = wholeMessageShape.parse(answer)
  const { trace } = message
  const explained = readExplained(call, { trace })
  if (!explained) return undefined
  const told = invoke(call, 'trace.get', { trace })
  const story = isRefusal(told) ? null : storyShape.parse(told)
  const seq = story?.items.find((item) => item.kind === 'exchange' && item.direction === 'in')
  const exchange = seq && 'seq' in seq && seq.seq !== null ? callOf(call, seq.seq) : undefined
  const shown =
    message.on_phone && message.title !== null ? readOnPhone(call, message.message) : null
  return { message, shown, explained, story, exchange: exchange ?? null }
}

/** The call that sent it. Its command can be run: the page says the whole mobile anyway. */
function callOf(call: Call, seq: number): ExchangeFacts | undefined {
  const exchange = readExchange(call, seq)
  const given = { seq: String(seq), reveal: 'true', format: 'curl' }
  return exchange && { ...exchange, curl: textOf(call, 'exchange.get', given) }
}
