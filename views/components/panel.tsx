import type { Child, PropsWithChildren } from 'hono/jsx'

/** A part of a page, with its title. */
export function Panel({ id, title, children }: PropsWithChildren<{ id: string; title: string }>) {
  return (
    <section class="c-panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** Names and what they are. */
export function Facts({ of }: { of: readonly { name: Child; is: Child }[] }) {
  return (
    <dl class="c-facts">
      {of.map(({ name, is }) => (
        <>
          <dt>{name}</dt>
          <dd>{is}</dd>
        </>
      ))}
    </dl>
  )
}

interface EmptyProps {
  readonly title: string
  /** The next step. */
  readonly text: string
}

/** Nothing is there yet: what to do so that something is. Buttons stand inside. */
export function Empty({ title, text, children }: PropsWithChildren<EmptyProps>) {
  return (
    <div class="c-panel">
      <div class="c-empty">
        <h2>{title}</h2>
        <p>{text}</p>
        {children ? <div class="c-actions">{children}</div> : null}
      </div>
    </div>
  )
}
