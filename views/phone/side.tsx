import { PageHead } from '../components/page-head.tsx'
import { filled } from '../components/text.tsx'
import { type Frame, Layout } from '../layout.tsx'
import { langHref, pageHref } from '../page-context.ts'
import type { Site } from '../site/props.ts'
import { peopleCrumb, phoneHref } from './parts.tsx'
import type { PhoneContext, SideFacts } from './props.ts'

interface Props {
  readonly frame: Frame
  readonly context: PhoneContext
  readonly site: Site
  readonly facts: SideFacts
}

/** Several phones at once, each in a frame of its own. */
export function SidePage({ frame, context, site, facts }: Props) {
  const { phone, console } = frame.words
  const { side } = phone
  const phones = { href: pageHref(context, '/phone'), name: phone.people.title }
  return (
    <Layout
      frame={frame}
      title={`${side.title} – ${frame.words.site.name}`}
      site={site}
      place="people"
      langHref={(lang) => langHref(context, lang)}
    >
      <PageHead
        title={side.title}
        label={console.way}
        crumbs={[peopleCrumb(frame, context), phones]}
      />
      <div class="ph-side">
        {facts.phones.map(({ person, key, name }) => (
          <section aria-labelledby={`name-${person}`}>
            <h2 id={`name-${person}`}>
              {name} <small>{key}</small>
            </h2>
            <iframe
              class="ph-frame"
              title={filled(side.frame, { name })}
              src={phoneHref(context, person)}
            />
            <p>
              <a href={phoneHref(context, person)}>
                {side.alone}
                <span class="c-hidden"> {filled(side.frame, { name })}</span>
              </a>
            </p>
          </section>
        ))}
      </div>
    </Layout>
  )
}
