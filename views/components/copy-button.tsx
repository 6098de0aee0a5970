interface Props {
  /** Id of the code that it copies, which may be folded away. */
  readonly of: string
  readonly name: string
  /** On it when that is done. */
  readonly copied: string
}

/** Copies code that stands elsewhere on the page; without script it is not there. */
export function CopyButton({ of, name, copied }: Props) {
  return (
    <button type="button" class="c-button" data-copy={of} data-done={copied} hidden>
      {name}
    </button>
  )
}
