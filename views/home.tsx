import { Code, filled, Paragraphs, Say } from './components/text.tsx'
import { type Frame, Layout } from './layout.tsx'
import type { Words } from './words/en.ts'

/** What the first page knows of the world that it is opened in. */
export interface HomeFacts {
  readonly world: string
  /** Where links begin, e.g. `http://localhost:8878`. */
  readonly origin: string
  /** What paths of the world begin with: empty where the page was opened without `/w/`. */
  readonly basePath: string
  /** Where the world's partner API begins; below `/w/{world}` unless it is the default world. */
  readonly partnerUrl: string
  /** The first account that can send by our own contract. */
  readonly sender: Sender | undefined
  /** This browser has given the control token: it can sign out. */
  readonly signedIn?: boolean
}

/** An account with somebody to send to. */
export interface Sender {
  readonly eid: string
  readonly company: string
  /** Somebody's who is registered there, in E.164; undefined: nobody is. */
  readonly mobile: string | undefined
  /** Its calls must be signed, so that no plain command will do. */
  readonly signed: boolean
}

interface Props {
  readonly frame: Frame
  readonly facts: HomeFacts
}

/** The first page: what this is, the main job to paste, and where everything else stands. */
export function HomePage({ frame, facts }: Props) {
  const { words, lang } = frame
  const { home } = words
  return (
    <Layout frame={frame} title={words.site.name} section="home" basePath={facts.basePath}>
      <div class="page">
        <h1>{words.site.name}</h1>
        <p class="lead">{home.lead}</p>
        <Flow words={words} />
        <section aria-labelledby="send">
          <h2 id="send">{home.send.title}</h2>
          <Send words={words} lang={lang} facts={facts} />
        </section>
        <section aria-labelledby="clicks">
          <h2 id="clicks">{home.clicks.title}</h2>
          <ol>
            {home.clicks.steps.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
          <p>
            <a class="button" href={`${facts.basePath}/phone?lang=${lang}`}>
              {filled(home.clicks.open, { world: facts.world })}
            </a>
          </p>
        </section>
        <section aria-labelledby="surfaces">
          <h2 id="surfaces">{home.surfaces.title}</h2>
          <Paragraphs of={home.surfaces.text} />
          <Surfaces words={words} lang={lang} basePath={facts.basePath} />
        </section>
        <Look words={words} world={facts.world} />
        <More frame={frame} facts={facts} />
      </div>
    </Layout>
  )
}

/** The way of a message; what is played here is marked. */
function Flow({ words: { home } }: { words: Words }) {
  return (
    <section aria-label={home.flow}>
      <ol class="flow">
        {home.steps.map(({ name, text, played }) => (
          <li class={played ? 'played' : undefined}>
            <strong>{name}</strong>
            <span>{text}</span>
            {played ? <em class="badge">{home.played}</em> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Send({ words, lang, facts }: { words: Words; lang: string; facts: HomeFacts }) {
  const { world, origin, sender } = facts
  const { send } = words.home
  const fill = { world, company: sender?.company ?? '' }
  if (!sender) {
    return (
      <>
        <p>
          <Say text={send.none} fill={fill} />
        </p>
        <Code text={curl(`${origin}/_sim/v1/worlds`, {})} copy />
      </>
    )
  }
  if (sender.signed) {
    return (
      <p>
        <Say text={send.signed} fill={fill} />{' '}
        <SignatureLink words={words} href={`${facts.basePath}/docs/signature?lang=${lang}`} />
      </p>
    )
  }
  return (
    <>
      <p>
        <Say text={sender.mobile === undefined ? send.nobody : send.ready} fill={fill} />
      </p>
      <Code text={commands(send, facts, sender)} copy />
      <p>{send.answer}</p>
      <Code text={example_answer} />
      <ul>
        {send.meaning.map((text) => (
          <li>
            <Say text={text} />
          </li>
        ))}
      </ul>
    </>
  )
}

function SignatureLink({ words, href }: { words: Words; href: string }) {
  return <a href={href}>{words.docs.topics.signature.title}</a>
}

const example_mobile = '13800138000'
const example_answer =
  '{"errcode":0,"errmsg":"ok","msgid":4795131072512000064,"msgid_str":"4795131072512000064"}'

function commands(send: Words['home']['send'], facts: HomeFacts, sender: Sender): string {
  const { origin, world, partnerUrl } = facts
  const { eid } = sender
  const mobile = sender.mobile ?? example_mobile
  const sending = curl(`${partnerUrl}/messages`, { eid, mobile, message: send.message })
  if (sender.mobile !== undefined) return sending
  const associations = `${origin}/_sim/v1/worlds/${world}/associations`
  const registering = curl(associations, { account: eid, mobile })
  return `# ${send.register}\n${registering}\n\n# ${send.send}\n${sending}`
}

/** No quote can be in it: mobiles, EIDs and our own words have none. */
function curl(url: string, body: object): string {
  const json = JSON.stringify(body, null, 2)
  return `curl ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d '${json}'`
}

function Surfaces({
  words: { home },
  lang,
  basePath,
}: {
  words: Words
  lang: string
  basePath: string
}) {
  const surfaces = [
    { ...home.partner, tag: 'tupu', path: '/tupu/v1' },
    { ...home.wechat, tag: 'wechat', path: '/cgi-bin' },
    { ...home.control, tag: 'control', path: '/_sim/v1' },
  ]
  return (
    <ul class="cards">
      {surfaces.map(({ name, text, caller, tag, path }) => (
        <li>
          <h3>
            <a href={`${basePath}/docs/${tag}?lang=${lang}`}>{name}</a>
          </h3>
          <p class="path">
            <code>{path}</code>
          </p>
          <p>{text}</p>
          <p class="aside">
            {home.caller} {caller}
          </p>
        </li>
      ))}
    </ul>
  )
}

function Look({ words: { home }, world }: { words: Words; world: string }) {
  const base = `/_sim/v1/worlds/${world}`
  return (
    <section aria-labelledby="look">
      <h2 id="look">{filled(home.look.title, { world })}</h2>
      <Paragraphs of={home.look.text} />
      <dl class="places">
        <PlaceLink place={home.world} href={base} />
        <PlaceLink place={home.messages} href={`${base}/messages`} />
        <PlaceLink place={home.exchanges} href={`${base}/exchanges`} />
        <PlaceLink place={home.timeline} href={`${base}/clock/timeline`} />
        <PlaceLink place={home.worlds} href="/_sim/v1/worlds" />
        <PlaceLink place={home.magic} href="/_sim/v1/magic" />
      </dl>
    </section>
  )
}

/** Everything else there is; whoever gave the control token can go again. */
function More({ frame: { words, lang }, facts: { signedIn, basePath } }: Props) {
  const { home, signIn } = words
  const leave = { name: signIn.leave, text: signIn.signedIn }
  return (
    <section aria-labelledby="more">
      <h2 id="more">{home.more.title}</h2>
      <dl class="places">
        <PlaceLink place={home.operate} href={`${basePath}/accounts?lang=${lang}`} />
        <PlaceLink place={home.coverage} href={`${basePath}/coverage?lang=${lang}`} />
        <PlaceLink place={home.docs} href={`${basePath}/docs?lang=${lang}`} label="/docs" />
        <PlaceLink place={home.openapi} href="/openapi.json" />
        {(['livez', 'readyz', 'metrics'] as const).map((name) => (
          <PlaceLink place={home[name]} href={`/${name}`} />
        ))}
        {signedIn ? <PlaceLink place={leave} href={`/sign-in?lang=${lang}`} /> : null}
      </dl>
    </section>
  )
}

/** Something that can be opened, and what is there. */
interface Place {
  readonly name: string
  readonly text: string
}

/** One of a list of places: its name as a link, the path that it leads to, and what is there. */
function PlaceLink({ place, href, label = href }: { place: Place; href: string; label?: string }) {
  return (
    <div>
      <dt>
        <a href={href}>{place.name}</a> <code>{label}</code>
      </dt>
      <dd>{place.text}</dd>
    </div>
  )
}
