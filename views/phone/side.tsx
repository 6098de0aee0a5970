import type { SideFacts, Visit } from '../../src/phone/pages/facts.ts'
import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'
import { hrefOf, langHref, phoneHref } from './parts.tsx'

interface Props {
  readonly frame: Frame
  readonly visit: Visit
  readonly facts: SideFacts
}

/** Several phones at once, each in a frame of its own. */
export function SidePage({ frame, visit, facts }: Props) {
  const { side } = frame.words.phone
  return (
    <Mobile
      frame={frame}
      title={side.title}
      langHref={(lang) => langHref(visit, lang)}
      kind="ph-table ph-wide"
    >
      <header class="ph-head">
        <h1>{side.title}</h1>
        <p>
          <a href={hrefOf(visit, '')}>{side.back}</a>
        </p>
      </header>
      <div class="ph-side">
        {facts.phones.map(({ person, key, name }) => (
          <section aria-labelledby={`name-${person}`}>
            <h2 id={`name-${person}`}>
              {name} <span class="ph-key">{key}</span>
            </h2>
            <iframe
              class="ph-frame"
              title={filled(side.frame, { name })}
              src={phoneHref(visit, person)}
            />
            <p>
              <a href={phoneHref(visit, person)}>
                {side.alone}
                <span class="ph-hidden"> {filled(side.frame, { name })}</span>
              </a>
            </p>
          </section>
        ))}
      </div>
    </Mobile>
  )
}
