import { filled } from '../components/text.tsx'
import { type PageProps, Sheet } from './parts.tsx'

interface Props extends PageProps {
  readonly version: number
  readonly text: readonly string[]
  readonly backHref: string
  readonly langHref: (lang: string) => string
}

/** The privacy notice by itself. */
export function Notice({ frame, company, version, text, backHref, langHref }: Props) {
  const { notice } = frame.words.register
  return (
    <Sheet
      frame={frame}
      company={company}
      title={filled(notice.title, { company })}
      lead={filled(notice.version, { version: String(version) })}
      langHref={langHref}
    >
      <section class="reg-card reg-text">
        {text.map((line) => (
          <p>{filled(line, { company })}</p>
        ))}
      </section>
      <p class="reg-buttons">
        <a class="weui-btn weui-btn_default" href={backHref}>
          {notice.back}
        </a>
      </p>
    </Sheet>
  )
}
