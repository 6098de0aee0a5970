import type { Child, PropsWithChildren } from 'hono/jsx'

interface Props {
  readonly label: string
  /** Its rows come in by themselves. */
  readonly live?: string
}

/** A list whose rows lead somewhere: 60 px each, on a phone three lines. */
export function Rows({ label, live, children }: PropsWithChildren<Props>) {
  return (
    <ul class="c-rows" aria-label={label} data-live={live}>
      {children}
    </ul>
  )
}

interface RowProps {
  /** Left out: there is no more to see of it. */
  readonly href?: string | undefined
  /** Tells it from the others, where rows come in by themselves. */
  readonly id?: string
  /** State. */
  readonly chip: Child
  /** Whom or what it is about, and what is secondary of that. */
  readonly name: Child
  readonly under?: Child
  /** What it says, and what is secondary of that. */
  readonly line?: Child
  readonly note?: Child
  /** When. */
  readonly at?: Child
}

/** Of a text that may be cut, the whole. */
const wholeOf = (text: Child) => (typeof text === 'string' ? text : undefined)

/** One row: state, whom, what, when. */
export function Row({ href, id, chip, name, under, line, note, at }: RowProps) {
  const cells = (
    <>
      <span>{chip}</span>
      <span>
        <strong title={wholeOf(name)}>{name}</strong>{' '}
        {under === undefined ? null : <small title={wholeOf(under)}>{under}</small>}
      </span>
      <span>
        <span class="c-line" title={wholeOf(line)}>
          {line}
        </span>
        {note === undefined ? null : <small>{note}</small>}
      </span>
      {at}
    </>
  )
  return (
    <li data-row={id}>
      {href === undefined ? (
        <div class="c-row">{cells}</div>
      ) : (
        <a class="c-row" href={href}>
          {cells}
        </a>
      )}
    </li>
  )
}

interface ItemProps extends Omit<RowProps, 'href' | 'at'> {
  readonly id: string
  /** What more there is to see, below all of it. */
  readonly more?: Child
  /** Buttons. */
  readonly action?: Child
  /** What it says stands below its name, where that is a sentence. */
  readonly isStacked?: boolean
}

/** A row that leads nowhere: what can be done with it stands in it, and its texts are whole. */
export function Item(props: ItemProps) {
  const { id, chip, name, under, line, note, more, action, isStacked } = props
  return (
    <li data-row={id}>
      <div class={isStacked ? 'c-row c-item c-stacked' : 'c-row c-item'}>
        <span>{chip}</span>
        <div>
          <strong>{name}</strong>
          {isStacked ? ' ' : null}
          {under === undefined ? null : <small>{under}</small>}
        </div>
        <div>
          <span class="c-line">{line}</span>
          {note === undefined ? null : <small>{note}</small>}
        </div>
        <div class="c-item-action">{action}</div>
        {more === undefined ? null : <div class="c-item-more">{more}</div>}
      </div>
    </li>
  )
}
