import type { PropsWithChildren } from 'hono/jsx'
import { filled } from '../components/text.tsx'
import { type Frame, Layout } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'
import { langHref } from '../page-context.ts'
import type { Site } from '../site/props.ts'
import type { PhoneWords } from '../words/phone/en.ts'
import { phoneHref, Unread } from './parts.tsx'
import type { Flash, Phone, PhoneContext } from './props.ts'

/** What every page of one phone is given. */
export interface ScreenProps {
  readonly frame: Frame
  readonly context: PhoneContext
  /** The world around it; undefined: it stands in another page's frame, which has one. */
  readonly site: Site | undefined
  readonly phone: Phone
}

interface Props extends ScreenProps {
  readonly title: string
  /** Where the arrow at the top leads; undefined: there is none. */
  readonly back?: string | undefined
  /** What that arrow is called, where it does more than lead back. */
  readonly backName?: string
  /** At the right of the title. */
  readonly action?: unknown
  /** Which tab is open; undefined: the page has no tabs. */
  readonly tab?: TabName
  /** Which app is open besides WeChat. */
  readonly app?: 'sms' | 'mail'
  /** Told of what happens on the phone: not where a page of somebody else's is open. */
  readonly live?: boolean
}

type TabName = 'chats' | 'find' | 'scan' | 'me'
const tabs: readonly TabName[] = ['chats', 'find', 'scan', 'me']

/** A phone in somebody's hand: the time, a title, what is shown, and the tabs below. */
export function Shell(props: PropsWithChildren<Props>) {
  const { frame, context, phone, title, tab, app, live = true } = props
  const words = frame.words.phone
  const whose = filled(words.whose, { name: phone.name })
  const seen = { seen: phone.digest, ...(app ? { inbox: '1' } : {}) }
  const events = phoneHref(context, phone.person, '/events', seen)
  return (
    <Around {...props} title={`${title} · ${whose}`} label={whose}>
      <div
        class="ph"
        data-phone={live ? 'live' : 'still'}
        data-events={live ? events : undefined}
        data-here={context.returnTo}
      >
        <p class="ph-status" data-live="status">
          <span>{phone.time}</span>
          <span>{whose}</span>
        </p>
        {tab || app ? <Apps {...props} /> : null}
        <Bar {...props} />
        <FlashBox flash={context.flash} words={words} />
        <div class="ph-body">{props.children}</div>
        <p class="ph-hidden" aria-live="polite" data-say />
        {tab ? <Tabs context={context} phone={phone} words={words} tab={tab} /> : null}
      </div>
    </Around>
  )
}

/** The page around a phone: the world's frame, or none within another page's. */
function Around({
  frame,
  context,
  site,
  title,
  label,
  children,
}: PropsWithChildren<Pick<Props, 'frame' | 'context' | 'site' | 'title'> & { label: string }>) {
  if (!site) {
    return (
      <Mobile frame={frame} title={title} script kind="ph-page" label={label}>
        {children}
      </Mobile>
    )
  }
  return (
    <Layout
      frame={frame}
      title={title}
      site={site}
      place="people"
      langHref={(lang) => langHref(context, lang)}
      script={frame.script}
      label={label}
      isPhone
    >
      {children}
    </Layout>
  )
}

const apps = ['wechat', 'sms', 'mail'] as const

/** The way from WeChat to SMS and mail, and back. */
function Apps({
  frame,
  context,
  phone,
  app = 'wechat',
}: Omit<Props, 'app'> & { app?: (typeof apps)[number] }) {
  const words = frame.words.phone.apps
  return (
    <nav class="ph-apps" aria-label={`${words.label} · ${phone.name}`}>
      {apps.map((name) => (
        <a
          id={`app-${name}`}
          href={phoneHref(context, phone.person, name === 'wechat' ? '' : `/${name}`)}
          aria-current={name === app ? 'page' : undefined}
        >
          {words[name]}
        </a>
      ))}
    </nav>
  )
}

function Bar({ frame, title, back, backName, action }: Props) {
  const words = frame.words.phone
  return (
    <div class="ph-bar">
      <div class="ph-bar-side">
        {back === undefined ? null : (
          <a class="ph-back" id="back" href={back}>
            <span class="ph-hidden">{backName ?? words.back}</span>
          </a>
        )}
      </div>
      <h1>{title}</h1>
      <div class="ph-bar-side ph-bar-end">{action}</div>
    </div>
  )
}

/** What was done last, or why it was not. */
function FlashBox({ flash, words }: { flash: Flash | undefined; words: PhoneWords }) {
  if (!flash) return null
  if (flash.kind === 'refused') {
    const { code, reason } = flash
    return (
      <div class="ph-notice ph-refused" role="alert">
        <strong>{words.flash.refused}</strong>
        <p>
          {words.refusals[code]} {code === 'other' ? <span lang="en">{reason}</span> : null}
        </p>
      </div>
    )
  }
  if (flash.kind === 'tapped') return <Tapped flash={flash} words={words} />
  return (
    <p class="ph-notice" role="status">
      {words.flash[flash.kind]}
    </p>
  )
}

function Tapped({
  flash,
  words,
}: {
  flash: Extract<Flash, { kind: 'tapped' }>
  words: PhoneWords
}) {
  const { button, event, event_key, needs, reply } = flash
  const { tapped, pushed, nothing, replies } = words.flash
  const without = reply === null ? nothing : filled(replies, { text: reply })
  return (
    <div class="ph-notice" role="status">
      <strong>{filled(tapped, { button })}</strong>
      <p>{event ? filled(pushed, { event, key: event_key }) : without}</p>
      {needs ? <p>{words.flash.needs[needs]}</p> : null}
    </div>
  )
}

function Tabs({
  context,
  phone,
  words,
  tab,
}: {
  context: PhoneContext
  phone: Phone
  words: PhoneWords
  tab: TabName
}) {
  return (
    <nav
      class="weui-tabbar ph-tabs"
      aria-label={`${words.tabs.label} · ${phone.name}`}
      data-live="tabs"
    >
      {tabs.map((name) => (
        <a
          id={`tab-${name}`}
          class={`weui-tabbar__item ph-tab-${name}`}
          href={phoneHref(context, phone.person, name === 'chats' ? '' : `/${name}`)}
          aria-current={name === tab ? 'page' : undefined}
        >
          <span class="ph-icon" aria-hidden="true" />
          <span class="weui-tabbar__label">{words.tabs[name]}</span>
          {name === 'chats' ? <Unread count={phone.unread} words={words} /> : null}
        </a>
      ))}
    </nav>
  )
}
