import { Button, ButtonLink } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { Progress } from '../components/progress.tsx'
import { filled } from '../components/text.tsx'
import { whenText } from '../components/when.tsx'
import { kindName } from '../site/clock-menu.tsx'
import { type ConsoleProps, VerbForm } from './parts.tsx'
import type { RanGroup } from './props.ts'
import { Shell } from './shell.tsx'

/** A clock on its way. */
export interface AdvanceFacts {
  readonly from: string
  readonly to: string
  readonly now: string
  /** Where it began, and one comes back to. */
  readonly stop: string
  /** What has run so far. */
  readonly ran: readonly RanGroup[]
  /** The last portion was: it does not go on by itself. */
  readonly isRefused: boolean
}

type Props = ConsoleProps & { readonly facts: AdvanceFacts }

/** Real time of a portion. */
const portion = 'PT2S'

/** An advance with more to do than one portion: it goes on by itself where there is a script, else at the press of a button. */
export function AdvancePage(props: Props) {
  const { frame, context, facts } = props
  const { words } = frame
  const text = words.console.advance
  const { from, to, now, stop, isRefused } = facts
  const count = String(facts.ran.reduce((sum, group) => sum + group.count, 0))
  const [done, of] = [Date.parse(now) - Date.parse(from), Date.parse(to) - Date.parse(from)]
  return (
    <Shell {...props} title={text.title}>
      <Panel id="advance-way" title={filled(text.way, { to: whenText(to, words) })}>
        <Progress
          id="advance"
          label={whenText(now, words)}
          text={filled(text.count, { count })}
          done={Math.max(0, Math.min(done, of))}
          of={Math.max(1, of)}
          cancel={
            <VerbForm
              context={context}
              verb="clock.advance"
              fields={{ to, at_most: portion }}
              class="c-actions"
              isOnward={!isRefused}
            >
              <Button look="primary" id="advance-on">
                {text.goOn}
              </Button>
              <ButtonLink href={stop} id="advance-stop">
                {text.stop}
              </ButtonLink>
            </VerbForm>
          }
        />
        <Ran {...props} />
        <p class="c-small">{text.stopHint}</p>
      </Panel>
    </Shell>
  )
}

function Ran({ frame: { words }, facts }: Props) {
  return (
    <ul data-live="advance-ran">
      {facts.ran.map(({ count, kind, outcome }) => (
        <li>
          {count} × {kindName(kind, words)}: <code lang="en">{outcome}</code>
        </li>
      ))}
    </ul>
  )
}
