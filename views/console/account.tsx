import { filled } from '../components/text.tsx'
import { When } from '../components/when.tsx'
import { Applications } from './applications.tsx'
import { Callbacks } from './callbacks.tsx'
import { Checklist } from './checklist.tsx'
import { Eid } from './eid.tsx'
import { Industries } from './industries.tsx'
import { type AccountProps, cannotText, hrefOf, stepNames } from './parts.tsx'
import { Registration } from './registration.tsx'
import { Settings } from './settings.tsx'
import { Shell } from './shell.tsx'
import { Templates } from './templates.tsx'

/** One account: where it stands, what comes next, and everything that an operator does for it. */
export function AccountPage(props: AccountProps) {
  const { frame, context, facts } = props
  const { words } = frame
  return (
    <Shell
      {...props}
      title={facts.life.company}
      place="accounts"
      crumbs={[{ href: hrefOf(context), name: words.site.places.accounts }]}
    >
      <div class="co">
        <Standing {...props} />
        <Checklist {...props} />
        <Industries {...props} />
        <Applications {...props} />
        <Templates {...props} />
        <Eid {...props} />
        <Registration {...props} />
        <Callbacks {...props} />
        <Settings {...props} />
        <Events {...props} />
      </div>
    </Shell>
  )
}

function Standing({ frame: { words }, facts: { life, official } }: AccountProps) {
  const { live, facts } = words.console
  const { sendable } = life
  const no = life.state === 'active' ? live.no : words.console.eid.states[life.state]
  const missing = filled(live.missing, { steps: stepNames(life.missing, words) })
  const elsewhere = official === null ? facts.elsewhere : official.name
  return (
    <>
      <p class={sendable.ok ? 'co-live' : 'co-not-live'}>
        <strong>{sendable.ok ? live.yes : no}</strong>{' '}
        {life.missing.length > 0 ? `${missing} ` : null}
        {sendable.ok ? null : cannotText(sendable, words)}
      </p>
      <dl class="co-facts">
        <dt>{facts.eid}</dt>
        <dd>
          <code>{life.eid}</code> {words.console.eid.states[life.state]}
        </dd>
        <dt>{facts.official}</dt>
        <dd>{life.appid === null ? facts.noOfficial : elsewhere}</dd>
        {life.appid === null ? null : (
          <>
            <dt>{facts.appid}</dt>
            <dd>
              <code>{life.appid}</code>
            </dd>
          </>
        )}
      </dl>
    </>
  )
}

/** The account's diary. */
function Events({ frame: { words }, facts: { life } }: AccountProps) {
  const { events } = words.console
  return (
    <section aria-labelledby="events">
      <h2 id="events">{events.title}</h2>
      <ol class="co-events">
        {life.events.map(({ at, verb }) => (
          <li>
            <When at={at} words={words} /> {events.verbs[verb]}
          </li>
        ))}
      </ol>
    </section>
  )
}
