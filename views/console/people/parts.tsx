import { ButtonLink } from '../../components/button.tsx'
import { Older } from '../../components/older.tsx'
import { Empty } from '../../components/panel.tsx'
import { pageHref } from '../../page-context.ts'
import type { ConsoleProps } from '../parts.tsx'
import type { Searched } from './props.ts'

interface NothingProps extends ConsoleProps {
  readonly facts: Searched
  readonly text: Readonly<
    Record<'none' | 'noneText' | 'notFound' | 'notYet' | 'notFoundText' | 'showAll', string>
  >
  readonly showAll: string
}

/** Nobody is there, or nobody whom one looks for. */
export function NothingFound({ facts: { q, isLater, next }, text, showAll }: NothingProps) {
  if (q === '' && !isLater) return <Empty title={text.none} text={text.noneText} />
  return (
    <Empty title={next === null ? text.notFound : text.notYet} text={text.notFoundText}>
      <ButtonLink href={showAll}>{text.showAll}</ButtonLink>
    </Empty>
  )
}

interface GoOnProps extends ConsoleProps {
  readonly facts: Searched
  readonly name: string
  /** The list in an address. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Nobody was found so far. */
  readonly isEmpty: boolean
}

/** The rest of a list. */
export function GoOn(props: GoOnProps) {
  const { frame, context, facts, name, path, query, isEmpty } = props
  const { asked, next } = facts
  if (next === null) return null
  const from = { ...query, ...(asked && { asked }), after: next }
  const looking = isEmpty ? frame.words.console.looking : undefined
  return <Older href={pageHref(context, path, from)} name={name} looking={looking} />
}
