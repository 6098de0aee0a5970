import { type Came, type Handler, whyBad, wordsOf } from './handler.ts'

/** `warn`: nothing that WeChat would mind, and something that its operator may. */
export type Verdict = 'ok' | 'FAIL' | 'warn'

/** What one check has found. */
export interface Finding {
  /** `verify.forged`, `order`: stable names, for machines. */
  readonly check: string
  readonly verdict: Verdict
  readonly sent: string
  readonly expected: string
  readonly came: string
  /** Of the longest answer, from the connection to its last byte. */
  readonly ms: number
}

/** A check before it is made. */
export interface Check extends Pick<Finding, 'check' | 'sent' | 'expected'> {
  readonly run: (handler: Handler) => Promise<Outcome>
}

export type Outcome = Pick<Finding, 'verdict' | 'came' | 'ms'>

export function outcome(verdict: Verdict, came: string, ...answers: readonly Came[]): Outcome {
  return { verdict, came, ms: Math.max(0, ...answers.map(({ answer }) => answer.elapsedMs)) }
}

/** Of pushes that are as WeChat's own: the first that is not taken for a good answer decides. */
export function allGood(answers: readonly Came[]): Outcome {
  const bad = answers.find((came) => whyBad(came) !== undefined)
  const shown = answers.map(wordsOf).join('; then ')
  if (!bad) return outcome('ok', shown, ...answers)
  const why = whyBad(bad) ?? ''
  const said = bad.answer.ok ? `${why}; ${wordsOf(bad)}` : why
  return outcome('FAIL', said, ...answers)
}

/**
 * Of a push that nobody may act on. An answer like those to good ones is bad only if a message is in it: `success` may
 * stand for "heard and thrown away".
 */
export function refused(came: Came): Outcome {
  const { answer, reply, text } = came
  const words = wordsOf(came)
  if (!answer.ok) return outcome(answer.failure === 'reset' ? 'ok' : 'FAIL', words, came)
  if (answer.status >= 400) return outcome('ok', words, came)
  const said = text.trim()
  if (reply?.kind === 'message' || reply?.kind === 'transfer')
    return outcome('FAIL', `it was processed: ${words}`, came)
  if (said === '' || said === 'fail' || reply?.kind === 'illegal') return outcome('ok', words, came)
  return outcome('warn', `it is answered as if it were good: ${words}`, came)
}

/** Of an attack after which only that the handler goes on counts. `worse`: what else is bad, in words. */
export async function survived(
  handler: Handler,
  came: Came,
  worse?: () => string | undefined,
): Promise<Outcome> {
  const words = wordsOf(came)
  if (!came.answer.ok && came.answer.failure === 'timeout')
    return outcome('FAIL', `it hangs: ${words}`, came)
  const next = await handler.push({ fields: textFields(handler, 'still there?') })
  const why = handler.isSound || !next.answer.ok ? whyBad(next) : undefined
  if (why !== undefined) return outcome('FAIL', `${words}; a text after it: ${why}`, came, next)
  const found = worse?.()
  if (found !== undefined) return outcome('FAIL', `${found}: ${words}`, came)
  return outcome('ok', `${words}; a text after it is answered`, came)
}

/** What a person has written, from MsgType on. */
export function textFields(handler: Handler, content: string, msgid = handler.newMsgId()) {
  return [
    ['MsgType', 'text'],
    ['Content', content],
    ['MsgId', { bare: msgid }],
  ] as const
}
