import type { Child } from 'hono/jsx'

interface Props {
  readonly id: string
  /** What is done. */
  readonly label: string
  readonly done: number
  readonly of: number
  /** How far in words. */
  readonly text: string
  /** The button that ends it early. */
  readonly cancel?: Child
}

/** How far something is that takes long; a part of its page that comes anew by itself. */
export function Progress({ id, label, done, of, text, cancel }: Props) {
  return (
    <div class="c-progress" data-live={id}>
      <label class="c-label" for={id}>
        {label} <output>{text}</output>
      </label>
      <progress id={id} value={done} max={of}>
        {text}
      </progress>
      {cancel}
    </div>
  )
}
