import { Button } from './button.tsx'

interface Props {
  readonly id: string
  /** What it looks for; stands in it, too. */
  readonly label: string
  readonly button: string
  readonly action: string
  /** `post` where people are named: their data belong into no address. */
  readonly method: 'get' | 'post'
  readonly name?: string
  readonly value?: string
  /** What else the list is narrowed to. */
  readonly fields?: Readonly<Record<string, string>>
}

/** A field that searches a list. */
export function SearchField(props: Props) {
  const { id, label, button, action, method, name = 'q', value = '', fields = {} } = props
  return (
    <search>
      <form class="c-search" method={method} action={action}>
        <input
          class="c-input"
          id={id}
          type="search"
          name={name}
          value={value}
          aria-label={label}
          placeholder={label}
          maxlength={100}
          autocomplete="off"
        />
        {Object.entries(fields).map(([field, text]) => (
          <input type="hidden" name={field} value={text} />
        ))}
        <Button id={`${id}-send`}>{button}</Button>
      </form>
    </search>
  )
}
