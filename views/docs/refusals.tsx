import type { Fidelity } from '../../src/core/refusal.ts'
import type { Words } from '../words/en.ts'
import type { RefusalDoc } from './props.ts'

/** Codes with their text on the wire, their meaning, and how sure we are. */
export function Refusals({ words, refusals }: { words: Words; refusals: readonly RefusalDoc[] }) {
  return (
    <dl class="refusals">
      {refusals.map(({ code, text, meaning, fidelity, mobile }) => (
        <div>
          <dt>
            <b class="code">{code}</b> <code>{text}</code>
          </dt>
          <dd>
            {meaning} {fidelity ? <FidelityBadge words={words} fidelity={fidelity} /> : null}{' '}
            {mobile ? (
              <span class="aside">
                {words.docs.magicMobile} <code>{mobile}</code>
              </span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
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
