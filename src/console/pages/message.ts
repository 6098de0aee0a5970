import { topics } from '../../../db/topic.ts'
import type { MessageFacts } from '../../../views/console/message/props.ts'
import { isMessageResolved } from '../../control/explain/resolved.ts'
import { messageDigest, wholeMessageShape } from '../../control/message/info.ts'
import { message_states } from '../../control/message/message.ts'
import { storyShape } from '../../control/trace/item.ts'
import type { Call } from '../../core/call.ts'
import { invoke } from '../../core/invoke.ts'
import { isRefusal } from '../../core/refusal.ts'
import { readExchange } from '../exchange.ts'
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
  const exchange = seq && 'seq' in seq && seq.seq !== null ? readExchange(call, seq.seq) : undefined
  return { message, explained, story, exchange: exchange ?? null }
}
