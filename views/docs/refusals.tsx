import type { Fidelity } from '../../src/core/refusal.ts'
import type { Words } from '../words/en.ts'
import type { RefusalDoc } from './props.ts'

/** Codes with their text on the wire, their meaning, and how sure we are. */
export function Refusals({ words, refusals }: { words: Words; refusals: readonly RefusalDoc[] }) {
  return (
    <dl class="refusals">
      {refusals.map((refusal) => (
        <div>
          <dt>
            <b class="code">{refusal.code}</b> <code>{refusal.text}</code>
          </dt>
          <dd>
            <Meaning words={words} of={refusal} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What a code means, how sure we are, and what brings it about. */
export function Meaning({
  words,
  of: { meaning, fidelity, mobile },
}: {
  words: Words
  of: RefusalDoc
}) {
  return (
    <>
      {meaning} {fidelity ? <FidelityBadge words={words} fidelity={fidelity} /> : null}{' '}
      {mobile ? (
        <span class="aside">
          {words.docs.magicMobile} <code>{mobile}</code>
        </span>
      ) : null}
    </>
  )
}

/** How sure we are, in one word. */
export function FidelityBadge({ words, fidelity }: { words: Words; fidelity: Fidelity }) {
  const { label, means } = words.fidelity[fidelity]
  return (
    <span class={`badge ${fidelity}`} title={means}>
      {label}
    </span>
  )
}
