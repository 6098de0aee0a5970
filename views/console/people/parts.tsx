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
  /** The list in an address; what is searched for goes by a form. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly search: string
}

/** The rest of a list; of what was searched for, by a form. */
export function GoOn({ context, facts: { q, next }, name, path, query, search }: GoOnProps) {
  if (next === null) return null
  if (q === '') {
    return <Older href={pageHref(context, path, { ...query, after: next })} name={name} />
  }
  return (
    <form method="post" action={search} class="c-older">
      <input type="hidden" name="q" value={q} />
      <input type="hidden" name="after" value={next} />
      <button type="submit" class="c-button" id="more">
        {name}
      </button>
    </form>
  )
}
