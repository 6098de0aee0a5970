interface Props {
  readonly id: string
  readonly text: string
  /** What it is. */
  readonly title?: string
  /** On the button, before and after. */
  readonly copy: string
  readonly copied: string
}

/** Code, or the bytes of a call; with script a button copies it, without one click selects all. */
export function CodeBlock({ id, text, title, copy, copied }: Props) {
  return (
    <figure class="c-code">
      {title === undefined ? null : <figcaption>{title}</figcaption>}
      <button
        type="button"
        class="c-button c-little c-copy"
        data-copy={id}
        data-done={copied}
        hidden
      >
        {copy}
      </button>
      <pre class="copy" id={id} translate="no" tabindex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
