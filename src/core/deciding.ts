import type { Step, StepFacts } from '../world/step.ts'
import { changesAnswer } from './fault.ts'

export function ruleOf(step: Step | undefined): string {
  return typeof step === 'object' ? step.rule : (step ?? '')
}

/**
 * The step of a decision that decided: a fault that changed the answer, wherever it was met; else the last one. Behind what
 * WeChat has refused inside of a send there is still how TUPU heard of it: what decided stands before.
 */
export function decidingStep(steps: readonly Step[]): Step | undefined {
  const [before, last] = [steps.at(-2), steps.at(-1)]
  const isSilent = ruleOf(last) === 'wechat.answered'
  const fault = steps.find((step) => isFault(step) && (isSilent || changesAnswer(step.actual)))
  if (fault) return fault
  return typeof before === 'object' && typeof last === 'object' && passesOn(last) ? before : last
}

/** Any fault of WeChat's leg may be why no answer came in time, also one that only delays. */
function isFault(step: Step): step is StepFacts {
  return ruleOf(step) === 'fault.applied' && typeof step === 'object'
}

/** Whether TUPU only tells by this step what WeChat has said. */
function passesOn({ rule, answer }: StepFacts): boolean {
  return rule === 'wechat.answered' || (rule === 'wechat.accepted' && Object(answer).errcode !== 0)
}
