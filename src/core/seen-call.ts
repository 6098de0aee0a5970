import type { Step } from '../world/step.ts'
import type { Call } from './call.ts'
import { decidingStep } from './deciding.ts'
import type { Answer } from './surface.ts'

/** A call as somebody who reads along wants to see it. What stands in it is not masked. */
export interface SeenCall {
  readonly surface: string
  readonly method: string
  /** As sent; of a call that went out, absolute. */
  readonly url: string
  /** The errcode of a refusal, 0 of a good answer of an API, else the HTTP status; or why there was no answer. */
  readonly outcome: number | string
  readonly isGood: boolean
  /** The rule by which it was refused, or what it was about. */
  readonly reason: string | undefined
  /** Whom it named: a mobile, or an openid. */
  readonly who: { readonly mobile?: unknown; readonly openid?: unknown }
  readonly ms: number
}

/** Hears of every call that has been answered, and of callbacks that went out. */
export type CallListener = (seen: SeenCall) => void

/** What there is to see of a call that has its answer. */
export function seenOf(call: Call, { code, status, headers }: Answer, ms: number): SeenCall {
  const { surface, request, fields } = call
  const isPage = status >= 300 || /^(text\/html|image\/)/.test(headers['Content-Type'] ?? '')
  return {
    surface: surface.name,
    method: request.method,
    url: request.url,
    outcome: code === 0 && isPage ? status : code,
    isGood: code === 0,
    reason: code === 0 ? undefined : decidingRule(call.steps),
    who: { mobile: fields['mobile'], openid: fields['touser'] ?? fields['openid'] },
    ms,
  }
}

function decidingRule(steps: readonly Step[]): string | undefined {
  const step = decidingStep(steps)
  return typeof step === 'object' ? step.rule : undefined
}
