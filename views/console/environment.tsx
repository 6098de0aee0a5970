import { ButtonLink } from '../components/button.tsx'
import { Chip } from '../components/chip.tsx'
import { CodeBlock } from '../components/code-block.tsx'
import { Panel } from '../components/panel.tsx'
import { filled, Paragraphs, Say } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import type { ConsoleProps } from './parts.tsx'
import { Shell } from './shell.tsx'

/** How a platform is connected to the world that the page is opened in. */
export interface EnvironmentFacts {
  readonly world: string
  /** Where links begin, e.g. `http://localhost:8878`. */
  readonly origin: string
  /** What paths of the world begin with: empty where the page was opened without `/w/`. */
  readonly basePath: string
  /** Where the world's partner API begins; below `/w/{world}` unless it is the default world. */
  readonly partnerUrl: string
  /** What a platform under test is started with. */
  readonly env: Readonly<Record<string, string>>
  /** The first account that can send by our own contract. */
  readonly sender: Sender | undefined
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

type Props = ConsoleProps & { readonly facts: EnvironmentFacts }

/** What a platform is started with, the main job to paste, and where everything else stands. */
export function EnvironmentPage(props: Props) {
  const { frame, facts } = props
  const { words } = frame
  const { home } = words
  return (
    <Shell {...props} title={words.site.places.environment} place="environment">
      <p class="c-muted">{home.lead}</p>
      <Flow words={words} />
      <Panel id="env" title={home.env.title}>
        <Paragraphs of={home.env.text} />
        <Code id="env-block" words={words} text={shellBlock(facts.env)} />
      </Panel>
      <Panel id="send" title={home.send.title}>
        <Send words={words} facts={facts} />
      </Panel>
      <Panel id="clicks" title={home.clicks.title}>
        <ol>
          {home.clicks.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <p>
          <ButtonLink href={`${facts.basePath}/phone`} look="primary">
            {filled(home.clicks.open, { world: facts.world })}
          </ButtonLink>
        </p>
      </Panel>
      <Panel id="surfaces" title={home.surfaces.title}>
        <Paragraphs of={home.surfaces.text} />
        <Surfaces words={words} basePath={facts.basePath} />
      </Panel>
      <Look words={words} world={facts.world} />
      <More {...props} />
    </Shell>
  )
}

/** What a shell reads. No quote can be in it: addresses, ids and secrets have none. */
function shellBlock(env: EnvironmentFacts['env']): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value}'`)
    .join('\n')
}

function Code({ id, words, text }: { id: string; words: Words; text: string }) {
  return <CodeBlock id={id} text={text} copy={words.docs.copy} copied={words.docs.copied} />
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
            {played ? <Chip tone="good">{home.played}</Chip> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Send({ words, facts }: { words: Words; facts: EnvironmentFacts }) {
  const { world, origin, sender } = facts
  const { send } = words.home
  const fill = { world, company: sender?.company ?? '' }
  if (!sender) {
    return (
      <>
        <p>
          <Say text={send.none} fill={fill} />
        </p>
        <Code id="command-1" words={words} text={curl(`${origin}/_sim/v1/worlds`, {})} />
      </>
    )
  }
  if (sender.signed) {
    return (
      <p>
        <Say text={send.signed} fill={fill} />{' '}
        <SignatureLink words={words} href={`${facts.basePath}/docs/signature`} />
      </p>
    )
  }
  return (
    <>
      <p>
        <Say text={sender.mobile === undefined ? send.nobody : send.ready} fill={fill} />
      </p>
      <Code id="command-2" words={words} text={commands(send, facts, sender)} />
      <p>{send.answer}</p>
      <Code id="command-3" words={words} text={example_answer} />
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

function commands(send: Words['home']['send'], facts: EnvironmentFacts, sender: Sender): string {
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

function Surfaces({ words: { home }, basePath }: { words: Words; basePath: string }) {
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
            <a href={`${basePath}/docs/${tag}`}>{name}</a>
          </h3>
          <p class="path">
            <code>{path}</code>
          </p>
          <p>{text}</p>
          <p class="aside">{filled(home.caller, { caller })}</p>
        </li>
      ))}
    </ul>
  )
}

function Look({ words: { home }, world }: { words: Words; world: string }) {
  const base = `/_sim/v1/worlds/${world}`
  return (
    <Panel id="look" title={filled(home.look.title, { world })}>
      <Paragraphs of={home.look.text} />
      <dl class="places">
        <PlaceLink place={home.world} href={base} />
        <PlaceLink place={home.messages} href={`${base}/messages`} />
        <PlaceLink place={home.exchanges} href={`${base}/exchanges`} />
        <PlaceLink place={home.timeline} href={`${base}/clock/timeline`} />
        <PlaceLink place={home.worlds} href="/_sim/v1/worlds" />
        <PlaceLink place={home.magic} href="/_sim/v1/magic" />
      </dl>
    </Panel>
  )
}

/** Everything else there is; whoever gave the control token can go again. */
function More({ frame: { words }, site, facts: { basePath } }: Props) {
  const { home, signIn } = words
  const leave = { name: signIn.leave, text: signIn.signedIn }
  return (
    <Panel id="more" title={home.more.title}>
      <dl class="places">
        <PlaceLink place={home.operate} href={`${basePath}/accounts`} />
        <PlaceLink place={home.coverage} href={`${basePath}/coverage`} />
        <PlaceLink place={home.docs} href={`${basePath}/docs`} />
        <PlaceLink place={home.openapi} href="/openapi.json" />
        {(['livez', 'readyz', 'metrics'] as const).map((name) => (
          <PlaceLink place={home[name]} href={`/${name}`} />
        ))}
        {site.facts.signedIn ? <PlaceLink place={leave} href="/sign-in" /> : null}
      </dl>
    </Panel>
  )
}

/** Something that can be opened, and what is there. */
interface Place {
  readonly name: string
  readonly text: string
}

/** One of a list of places: its name as a link, the path that it leads to, and what is there. */
function PlaceLink({ place, href }: { place: Place; href: string }) {
  return (
    <div>
      <dt>
        <a href={href}>{place.name}</a> <code>{href}</code>
      </dt>
      <dd>{place.text}</dd>
    </div>
  )
}
