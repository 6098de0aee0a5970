import { filled } from '../components/text.tsx'
import { whenText } from '../components/when.tsx'
import { optionsOf, Select } from './field.tsx'
import { type AccountProps, hrefOf, Submit, VerbButton, VerbForm } from './parts.tsx'

/** The account's EIDs, and what may become of them. */
export function Eid(props: AccountProps) {
  const { frame, facts } = props
  const { life, isRevoking } = facts
  const text = frame.words.console.eid
  return (
    <section aria-labelledby="eid">
      <h2 id="eid">
        {text.title} <span class="co-state">{text.states[life.state]}</span>
      </h2>
      <Eids {...props} />
      {life.state === 'revoked' ? null : isRevoking ? <Ask {...props} /> : <Turns {...props} />}
    </section>
  )
}

function Eids({ frame: { words }, facts: { life }, site }: AccountProps) {
  const text = words.console.eid
  return (
    <dl class="co-facts">
      {life.eids.map(({ eid, ends_at }) => (
        <>
          <dt>
            <code>{eid}</code>
          </dt>
          <dd>
            {ends_at === null
              ? text.now
              : life.state !== 'active' && ends_at > site.facts.clock.now
                ? text.states[life.state]
                : filled(ends_at > site.facts.clock.now ? text.ends : text.ended, {
                    date: whenText(ends_at, words),
                  })}
          </dd>
        </>
      ))}
    </dl>
  )
}

function Turns(props: AccountProps) {
  const { frame, context, facts } = props
  const { words } = frame
  const { life } = facts
  const text = words.console.eid
  const fields = { eid: life.key }
  const turn = life.state === 'suspended' ? 'eid.resume' : 'eid.suspend'
  const isIssued = life.checklist.some(({ step, done }) => step === 'eid_issued' && done)
  return (
    <>
      <div class="co-row">
        <VerbButton
          words={words}
          context={context}
          verb={turn}
          id="eid-turn"
          fields={fields}
          quiet
        />
        <a id="eid-revoke" href={`${hrefOf(context, `/${life.key}`, { ask: 'revoke' })}#eid`}>
          {text.revoke}
        </a>
      </div>
      {isIssued ? <Rotate {...props} /> : null}
    </>
  )
}

function Rotate({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.eid
  const fields = { eid: life.key }
  return (
    <VerbForm
      context={context}
      verb="eid.rotate"
      form="rotate"
      fields={fields}
      class="fields co-form"
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
      <Submit words={words} verb="eid.rotate" id="eid-rotate" class="co-quiet" />
    </VerbForm>
  )
}

/** What cannot be taken back is asked once more. */
function Ask({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.eid
  return (
    <div class="co-card">
      <h3>{filled(text.ask, { company: life.company })}</h3>
      <p id="eid-ask">{text.askText}</p>
      <div class="co-row">
        <VerbButton
          words={words}
          context={context}
          verb="eid.revoke"
          id="eid-revoke-now"
          about="eid-ask"
          fields={{ eid: life.key }}
        />
        <a id="eid-keep" href={`${hrefOf(context, `/${life.key}`)}#eid`}>
          {text.no}
        </a>
      </div>
    </div>
  )
}
