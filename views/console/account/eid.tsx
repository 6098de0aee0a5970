import { ButtonLink } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Facts, Panel } from '../../components/panel.tsx'
import { filled } from '../../components/text.tsx'
import { whenText } from '../../components/when.tsx'
import type { Words } from '../../words/en.ts'
import { optionsOf, Select } from '../field.tsx'
import { type AccountProps, VerbButton, VerbConfirm } from '../parts.tsx'
import { tabHref } from './page.tsx'

/** The account's EIDs, and what may become of them. */
export function EidTab(props: AccountProps) {
  const { frame, facts } = props
  const text = frame.words.console.eid
  const { life } = facts
  const isRevoked = life.state === 'revoked'
  const isIssued = isIssuedTo(life)
  // Whoever has suspended it all the same can resume it.
  const isHeld = !isIssued && life.state === 'active'
  return (
    <>
      <Panel id="eid" title={text.title}>
        <Facts of={rowsOf(props)} />
        {isRevoked ? <p class="c-muted">{text.revokedText}</p> : null}
        {isIssued ? null : <NotIssued {...props} />}
      </Panel>
      {isRevoked || !isIssued ? null : (
        <Panel id="rotate" title={text.rotateTitle}>
          <Rotate {...props} />
        </Panel>
      )}
      {isRevoked || isHeld ? null : (
        <Panel id="turn" title={text.turnTitle}>
          <Turns {...props} />
        </Panel>
      )}
    </>
  )
}

function isIssuedTo({ checklist }: AccountProps['facts']['life']): boolean {
  return checklist.some(({ step, done }) => step === 'eid_issued' && done)
}

function NotIssued({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.eid
  return (
    <>
      <p class="c-muted">{text.notIssued}</p>
      <div class="c-actions">
        <ButtonLink href={tabHref(context, life.key, 'onboarding')}>{text.toSteps}</ButtonLink>
      </div>
    </>
  )
}

function rowsOf({ frame: { words }, facts: { life }, site }: AccountProps) {
  const text = words.console.eid
  const { now } = site.facts.clock
  const isHeld = life.state === 'active' && !isIssuedTo(life)
  return life.eids.map(({ eid, ends_at }) => {
    const isOver = ends_at !== null && ends_at <= now
    const until = ends_at === null ? '' : whenText(ends_at, words)
    const note =
      ends_at === null ? text.now : filled(isOver ? text.ended : text.ends, { date: until })
    return {
      name: <code>{eid}</code>,
      is: (
        <>
          {isOver ? null : <EidChip life={life} words={words} />}{' '}
          {isHeld ? null : isOver || ends_at === null || life.state === 'active' ? note : null}
        </>
      ),
    }
  })
}

function EidChip({ life, words }: { life: AccountProps['facts']['life']; words: Words }) {
  const text = words.console.eid
  if (life.state !== 'active') return <Chip tone="bad">{text.states[life.state]}</Chip>
  if (!isIssuedTo(life)) return <Chip>{text.unissued}</Chip>
  return <Chip tone="good">{text.states.active}</Chip>
}

function Turns({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.eid
  const { company, key, state } = life
  const at = { words, context, fields: { eid: key } }
  return (
    <>
      {state === 'suspended' ? <p>{text.suspended}</p> : null}
      <div class="c-actions">
        {state === 'suspended' ? (
          <VerbButton {...at} verb="eid.resume" id="eid-turn" look="primary" />
        ) : (
          <VerbConfirm
            {...at}
            verb="eid.suspend"
            id="eid-turn"
            name={text.suspend}
            ask={filled(text.suspendAsk, { company })}
          />
        )}
        <VerbConfirm
          {...at}
          verb="eid.revoke"
          id="eid-revoke"
          name={text.revoke}
          ask={filled(text.revokeAsk, { company })}
        />
      </div>
    </>
  )
}

function Rotate({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.eid
  return (
    <>
      <p class="c-muted">{text.rotateText}</p>
      <VerbConfirm
        words={words}
        context={context}
        verb="eid.rotate"
        id="eid-rotate"
        name={text.rotate}
        ask={filled(text.rotateAsk, { eid: life.eid })}
        form="rotate"
        fields={{ eid: life.key }}
      >
        <Select
          words={words}
          context={context}
          form="rotate"
          name="overlap"
          label={text.overlap}
          options={optionsOf(text.overlaps)}
          value="P7D"
        />
      </VerbConfirm>
    </>
  )
}
