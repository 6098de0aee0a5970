import { Code, filled } from '../components/text.tsx'
import { whenText } from '../components/when.tsx'
import { NextStep, type StepProps } from './next-step.tsx'
import type { AccountProps } from './parts.tsx'

/** The way from first interest to the first message: what is done, and the call of what is next. */
export function Checklist(props: AccountProps) {
  const { frame, facts } = props
  return (
    <section aria-labelledby="checklist">
      <h2 id="checklist">{frame.words.console.checklist.title}</h2>
      <ol class="co-steps">
        {facts.life.checklist.map((step) => (
          <Step {...props} step={step} />
        ))}
      </ol>
    </section>
  )
}

function Step(props: StepProps) {
  const { frame, step } = props
  const { words } = frame
  const text = words.console.checklist
  const since =
    step.at === null ? text.unknown : filled(text.at, { date: whenText(step.at, words) })
  return (
    <li class={`co-step co-${step.state}`} id={`step-${step.step}`}>
      <p>
        <strong id={`name-${step.step}`}>{words.steps[step.step]}</strong>{' '}
        <span class="co-state">{text.states[step.state]}</span>
      </p>
      {step.done ? <p class="aside">{since}</p> : null}
      {step.reason ? <p>{filled(text.reason, { reason: step.reason })}</p> : null}
      {step.done ? null : <Next {...props} />}
    </li>
  )
}

/** What the platform does is no button of the operator's. */
function Next(props: StepProps) {
  const { frame, step } = props
  const text = frame.words.console.checklist
  if (!step.next) return <p class="aside">{text.waits}</p>
  if (step.next.call !== 'message.send') return <NextStep {...props} />
  return (
    <>
      <p>{text.platform}</p>
      <Code text={`POST /tupu/v1/messages\n${JSON.stringify(step.next.input, null, 2)}`} />
    </>
  )
}
