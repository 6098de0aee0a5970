/** A sentence of words: what is between backticks is code, `{name}` is filled. */
export function Say({
  text,
  fill = {},
}: {
  text: string
  fill?: Readonly<Record<string, string>>
}) {
  const parts = text.split('`')
  return (
    <>{parts.map((part, i) => (i % 2 ? <code>{filled(part, fill)}</code> : filled(part, fill)))}</>
  )
}

/** Sentences as paragraphs. */
export function Paragraphs({
  of,
  fill = {},
}: {
  of: readonly string[]
  fill?: Readonly<Record<string, string>>
}) {
  return (
    <>
      {of.map((text) => (
        <p>
          <Say text={text} fill={fill} />
        </p>
      ))}
    </>
  )
}

/** What belongs into a terminal or comes out of it. `copy`: one click selects all of it. */
export function Code({ text, copy = false }: { text: string; copy?: boolean }) {
  return (
    <pre class={copy ? 'copy' : undefined} translate="no">
      <code>{text}</code>
    </pre>
  )
}

/** Puts values where a text names them; a name without value stays as it is. */
export function filled(text: string, fill: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => fill[name] ?? whole)
}
