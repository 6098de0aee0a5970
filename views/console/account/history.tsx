import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import type { AccountProps } from '../parts.tsx'

/** What has happened to the account, the latest first. */
export function HistoryTab({ frame: { words }, facts: { life } }: AccountProps) {
  const { events } = words.console
  return (
    <Panel id="events" title={events.title}>
      <ol class="c-timeline">
        {[...life.events].reverse().map(({ at, verb }) => (
          <li>
            <When at={at} words={words} /> <span>{events.verbs[verb]}</span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
