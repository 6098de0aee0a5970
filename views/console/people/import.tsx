import { ButtonLink } from '../../components/button.tsx'
import { Chip, type Tone } from '../../components/chip.tsx'
import { Facts, Panel } from '../../components/panel.tsx'
import { Progress } from '../../components/progress.tsx'
import { filled } from '../../components/text.tsx'
import { whenText } from '../../components/when.tsx'
import type { ConsoleWords } from '../../words/console/en.ts'
import { type ConsoleProps, hrefOf, VerbButton } from '../parts.tsx'
import { Shell } from '../shell.tsx'

type ImportState = keyof ConsoleWords['imports']['states']

/** How far an import is, and what has become of its lines. */
export interface ImportFacts {
  readonly import: string
  readonly account: string
  readonly company: string
  readonly state: ImportState
  readonly bytes_total: number
  readonly bytes_done: number
  readonly created: number
  readonly updated: number
  readonly refused: number
  readonly lines: readonly {
    readonly line: number
    readonly field: string | null
    readonly reason: string
  }[]
  readonly begun_at: string
}

type Props = ConsoleProps & { readonly facts: ImportFacts }

const tones: Readonly<Record<ImportState, Tone>> = {
  running: 'warn',
  done: 'good',
  cancelled: 'plain',
  interrupted: 'bad',
}

/** One import, which tells by itself how far it is. */
export function ImportPage(props: Props) {
  const { frame, context, facts } = props
  const { words } = frame
  const text = words.console.imports
  const registrations = hrefOf(context, `/${facts.account}`, { tab: 'registrations' })
  return (
    <Shell
      {...props}
      title={filled(text.one, { id: facts.import })}
      place="accounts"
      crumbs={[
        { href: hrefOf(context), name: words.site.places.accounts },
        { href: hrefOf(context, `/${facts.account}`), name: facts.company },
        { href: registrations, name: text.crumb },
      ]}
    >
      <div data-live="import">
        <Way {...props} />
        <Result {...props} />
        <Lines {...props} />
      </div>
      <p class="c-actions">
        <ButtonLink href={registrations}>{text.back}</ButtonLink>
      </p>
    </Shell>
  )
}

function Way({ frame: { words }, context, facts }: Props) {
  const text = words.console.imports
  const { state, bytes_done, bytes_total } = facts
  const percent = bytes_total === 0 ? 100 : Math.floor((100 * bytes_done) / bytes_total)
  const cancel =
    state === 'running' ? (
      <div class="c-actions">
        <VerbButton
          words={words}
          context={context}
          verb="association_import.cancel"
          id="cancel"
          fields={{ import: facts.import }}
          look="danger"
        />
        <ButtonLink href={context.returnTo}>{text.reload}</ButtonLink>
      </div>
    ) : undefined
  return (
    <Panel id="way" title={text.progress}>
      <p>
        <Chip tone={tones[state]}>{text.states[state]}</Chip>{' '}
        {state === 'interrupted' ? text.interrupted : null}
      </p>
      <Progress
        id="progress"
        label={text.fileRead}
        done={bytes_done}
        of={Math.max(1, bytes_total)}
        text={filled(text.read, { percent: String(percent) })}
        cancel={cancel}
      />
    </Panel>
  )
}

function Result({ frame: { words }, facts }: Props) {
  const text = words.console.imports
  const rows = [
    { name: text.created, is: String(facts.created) },
    { name: text.updated, is: String(facts.updated) },
    { name: text.refused, is: String(facts.refused) },
    { name: text.begun, is: whenText(facts.begun_at, words) },
  ]
  return (
    <Panel id="result" title={text.result}>
      <Facts of={rows} />
    </Panel>
  )
}

/** Which lines were refused and why: in words, and as the call said it. */
function Lines({ frame: { words }, facts: { lines, refused } }: Props) {
  const text = words.console.imports
  if (lines.length === 0) return null
  return (
    <Panel id="lines" title={text.lines}>
      {refused > lines.length ? (
        <p class="c-small">{filled(text.firstLines, { count: String(lines.length) })}</p>
      ) : null}
      <ul class="c-timeline">
        {lines.map(({ line, field, reason }) => (
          <li>
            <strong>{filled(text.line, { line: String(line) })}</strong>
            <span>
              {reasonText(field, text.reasons)}{' '}
              <span class="c-small" lang="en">
                {field === null ? null : (
                  <>
                    <code>{field}</code>:{' '}
                  </>
                )}
                {reason}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function reasonText(field: string | null, reasons: ConsoleWords['imports']['reasons']): string {
  const { other, ...ofField }: Readonly<Record<string, string>> & { other: string } = reasons
  return ofField[field ?? ''] ?? other
}
