import { Empty } from '../../components/panel.tsx'
import { Row, Rows } from '../../components/rows.tsx'
import { MomentOf, WithInstants } from '../../components/when.tsx'
import { type PageContext, pageHref } from '../../page-context.ts'
import type { ConsoleProps } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { AnswerChip, pathText } from './bytes.tsx'
import type { StrayFacts } from './props.ts'

/** Calls that nobody claimed, each with why. */
export function Strays(props: ConsoleProps & { strays: readonly StrayFacts[] }) {
  const { frame, context, site, strays } = props
  const { words } = frame
  const text = words.console.journal.strays
  return (
    <Rows label={text.title}>
      {strays.map((stray) => (
        <Row
          href={strayHref(context, stray)}
          chip={<AnswerChip of={stray} words={words} />}
          name={`${stray.method} ${pathText(stray.url)}`}
          under={stray.isNobodys ? text.nobodys : undefined}
          line={<WithInstants text={stray.sentence} words={words} />}
          at={<MomentOf at={stray.at} now={site.facts.clock.now} words={words} />}
        />
      ))}
    </Rows>
  )
}

/** Where one of them is shown. */
export function strayHref(
  context: PageContext,
  { seq, isNobodys }: Pick<StrayFacts, 'seq' | 'isNobodys'>,
): string {
  return pageHref(context, `/journal/${seq}`, isNobodys ? { of: 'nobody' } : {})
}

type Props = ConsoleProps & { readonly facts: { readonly strays: readonly StrayFacts[] } }

/** All of them that are still known. */
export function StraysPage(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.console.journal
  return (
    <Shell
      {...props}
      title={text.strays.title}
      place="journal"
      crumbs={[{ href: pageHref(context, '/journal'), name: text.title }]}
    >
      <p class="c-muted">{text.strays.lead}</p>
      {facts.strays.length === 0 ? (
        <Empty title={text.strays.none} text={text.strays.noneText} />
      ) : (
        <Strays {...props} strays={facts.strays} />
      )}
    </Shell>
  )
}
