import type { PropsWithChildren } from 'hono/jsx'
import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What every page of an account is handed. */
export interface PageProps {
  readonly frame: Frame
  /** The customer's name. */
  readonly company: string
}

interface SheetProps extends PageProps {
  readonly title: string
  /** Of the document, where it says more than the headline. */
  readonly documentTitle?: string
  readonly lead?: string | undefined
  /** Undefined: the page has a switch of its own. */
  readonly langHref?: ((lang: string) => string) | undefined
}

/** A page of an account: whose it is, a headline, and what belongs to it. */
export function Sheet({
  frame,
  company,
  title,
  documentTitle = title,
  lead,
  langHref,
  children,
}: PropsWithChildren<SheetProps>) {
  return (
    <Mobile
      frame={frame}
      title={`${documentTitle} - ${company}`}
      langHref={langHref}
      kind="register"
    >
      <header class="reg-head">
        <Badge company={company} />
        <h1 class="weui-form__title">{title}</h1>
        {lead === undefined ? null : <p class="weui-form__desc">{lead}</p>}
      </header>
      {children}
    </Mobile>
  )
}

/** The account's mark: the first character of its name. */
function Badge({ company }: { company: string }) {
  const [first = ''] = company
  return (
    <p class="reg-badge">
      <span class="reg-mark" aria-hidden="true">
        {first}
      </span>
      {company}
    </p>
  )
}

type Icon = 'success' | 'info' | 'warn'

interface NoteProps {
  readonly icon: Icon
  readonly title: string
  readonly text: readonly string[]
  readonly company: string
}

/** Something that has just happened, above everything else; a screen reader says it at once. */
export function Done({ icon, title, text, company }: NoteProps) {
  return (
    <section class="reg-done" role="status">
      <span class={`weui-icon-${icon} reg-icon`} aria-hidden="true" />
      <div>
        <h2>{filled(title, { company })}</h2>
        {text.map((line) => (
          <p>{filled(line, { company })}</p>
        ))}
      </div>
    </section>
  )
}

interface MessageProps extends PageProps {
  readonly icon: Icon | 'waiting'
  readonly title: string
  readonly text: readonly string[]
  /** What one can do about it. */
  readonly action?: { readonly href: string; readonly label: string } | undefined
  readonly langHref: (lang: string) => string
}

/** A page with one thing to say. */
export function Message({
  frame,
  company,
  icon,
  title,
  text,
  action,
  langHref,
  children,
}: PropsWithChildren<MessageProps>) {
  return (
    <Mobile frame={frame} title={title} langHref={langHref} kind="register">
      <div class="weui-msg reg-msg">
        <div class="weui-msg__icon-area">
          <span class={`weui-icon-${icon} weui-icon_msg`} aria-hidden="true" />
        </div>
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title">{title}</h1>
          {text.map((line) => (
            <p class="weui-msg__desc">{filled(line, { company })}</p>
          ))}
          {children}
        </div>
        {action ? (
          <p class="weui-msg__opr-area">
            <a class="weui-btn weui-btn_primary" href={action.href}>
              {action.label}
            </a>
          </p>
        ) : null}
      </div>
    </Mobile>
  )
}
