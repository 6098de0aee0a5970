import { Chip, type Tone } from '../../components/chip.tsx'
import { Facts, Panel } from '../../components/panel.tsx'
import { filled } from '../../components/text.tsx'
import { whenText } from '../../components/when.tsx'
import { SendAnswer } from '../messages/send.tsx'
import type { AccountProps } from '../parts.tsx'
import type { LifeStep } from '../props.ts'
import { formOf, NextStep, type StepProps } from './next-step.tsx'
import { StandingBanner, standingOf } from './standing.tsx'

/** The way from first interest to the first message: what comes next on top, what is done folded. */
export function OnboardingTab(props: AccountProps) {
  const { facts } = props
  const open = facts.life.checklist.filter(({ done }) => !done)
  const unsent = open.filter(({ step }) => step !== 'first_message')
  const standing = standingOf(facts.life)
  const isOnTheWay = standing === 'live' || standing === 'not_live'
  // Who is stopped sends nothing, and goes on first; revoked for good, no step leads anywhere any more.
  const [next, ...later] = isOnTheWay ? open : []
  const rest = isOnTheWay ? later : standing === 'revoked' ? [] : unsent
  return (
    <>
      <StandingBanner {...props} isComplete={open.length === 0} />
      {facts.sent ? (
        <div class="c-panel">
          <SendAnswer {...props} sent={facts.sent} />
        </div>
      ) : null}
      {next ? <Next {...props} step={next} /> : null}
      {rest.length > 0 ? <Rest {...props} steps={rest} /> : null}
      <Done {...props} />
      <Identity {...props} />
    </>
  )
}

function Next(props: StepProps) {
  const { frame, step } = props
  const text = frame.words.console.checklist
  return (
    <Panel id="next" title={filled(text.next, { step: text.todo[step.step] })}>
      <About {...props} />
      {step.next ? <NextStep {...props} isFirst /> : <p class="c-muted">{text.waits}</p>}
    </Panel>
  )
}

const tones: Readonly<Record<LifeStep['state'], Tone>> = {
  open: 'plain',
  waiting: 'warn',
  refused: 'bad',
  done: 'good',
  not_needed: 'plain',
}

function About({ frame: { words }, step }: StepProps) {
  const text = words.console.checklist
  return (
    <>
      <p>{text.about[step.step]}</p>
      {step.state === 'open' ? null : (
        <p>
          <StateChip state={step.state} words={words} />{' '}
          {step.reason ? filled(text.reason, { reason: step.reason }) : null}
        </p>
      )}
    </>
  )
}

function StateChip({
  state,
  words,
}: Pick<LifeStep, 'state'> & { words: StepProps['frame']['words'] }) {
  return <Chip tone={tones[state]}>{words.console.checklist.states[state]}</Chip>
}

/** What may be done before its turn is folded. */
function Rest(props: AccountProps & { readonly steps: readonly LifeStep[] }) {
  const { frame, steps } = props
  const { words } = frame
  const text = words.console.checklist
  return (
    <Panel id="rest" title={text.rest}>
      <ol class="c-steps">
        {steps.map((step) => (
          <li id={`step-${step.step}`}>
            <p class="c-step">
              <strong>{text.todo[step.step]}</strong>{' '}
              {step.state === 'open' ? null : <StateChip state={step.state} words={words} />}
              {step.next ? null : <span class="c-small">{text.waits}</span>}
            </p>
            {step.next ? (
              <details class="c-more" open={formOf(step) === props.context.typed.form}>
                <summary>{text.open}</summary>
                <p>{text.about[step.step]}</p>
                <NextStep {...props} step={step} />
              </details>
            ) : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Done({ frame: { words }, facts: { life } }: AccountProps) {
  const text = words.console.checklist
  const done = life.checklist.filter((step) => step.done)
  const count = { done: String(done.length), all: String(life.checklist.length) }
  return (
    <details class="c-panel c-fold" id="done">
      <summary>{filled(text.done, count)}</summary>
      <Facts
        of={done.map(({ step, state, at }) => ({
          name: words.steps[step],
          is:
            state === 'not_needed'
              ? text.states.not_needed
              : at === null
                ? text.unknown
                : filled(text.at, { date: whenText(at, words) }),
        }))}
      />
    </details>
  )
}

function Identity({ frame: { words }, facts: { life, official } }: AccountProps) {
  const text = words.console.facts
  const name = official === null ? text.elsewhere : official.name
  const rows = [
    { name: text.eid, is: <code>{life.eid}</code> },
    { name: text.official, is: life.appid === null ? text.noOfficial : name },
    ...(life.appid === null ? [] : [{ name: text.appid, is: <code>{life.appid}</code> }]),
  ]
  return (
    <div class="c-panel">
      <Facts of={rows} />
    </div>
  )
}
