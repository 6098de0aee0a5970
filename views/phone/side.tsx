import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'
import { langHref, pageHref } from '../page-context.ts'
import { phoneHref } from './parts.tsx'
import type { PhoneContext, SideFacts } from './props.ts'

interface Props {
  readonly frame: Frame
  readonly context: PhoneContext
  readonly facts: SideFacts
}

/** Several phones at once, each in a frame of its own. */
export function SidePage({ frame, context, facts }: Props) {
  const { side } = frame.words.phone
  return (
    <Mobile
      frame={frame}
      title={side.title}
      langHref={(lang) => langHref(context, lang)}
      kind="ph-table ph-wide"
    >
      <header class="ph-head">
        <h1>{side.title}</h1>
        <p>
          <a href={pageHref(context, '/phone')}>{side.back}</a>
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
              src={phoneHref(context, person)}
            />
            <p>
              <a href={phoneHref(context, person)}>
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
