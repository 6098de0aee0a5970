import type { Step } from '../../world/step.ts'

export function ruleOf(step: Step | undefined): string {
  return typeof step === 'object' ? step.rule : (step ?? '')
}

/**
 * The step of a decision that decided: the last one. Behind what WeChat has refused inside of a send, there is still how it was
 * answered.
 */
export function decidingStep(steps: readonly Step[]): Step | undefined {
  const [before, last] = steps.slice(-2)
  if (steps.length < 2 || typeof before !== 'object' || typeof last !== 'object')
    return steps.at(-1)
  return last.rule === 'wechat.accepted' && !isGood(last.answer) ? before : last
}

function isGood(answer: unknown): boolean {
  return Object(answer).errcode === 0
}
