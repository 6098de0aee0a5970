import type { PropsWithChildren } from 'hono/jsx'
import type { PageContext } from '../page-context.ts'
import { Button } from './button.tsx'
import { PostForm } from './post-form.tsx'

interface Props {
  readonly id: string
  /** What is on the button that asks. */
  readonly name: string
  readonly ask: string
  readonly context: Pick<PageContext, 'basePath' | 'langQuery' | 'returnTo' | 'csrfToken'>
  readonly path: string
  /** Where something is typed in: as PostForm has it. */
  readonly form?: string | undefined
  /** What was typed in was refused. */
  readonly isOpen?: boolean | undefined
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** What does it, once one is sure. */
  readonly button: { readonly id: string; readonly name: string; readonly about?: string }
}

/** A dangerous button: it opens a question, and what does it stands below that, with what it must be told. Works without script. */
export function Confirm(props: PropsWithChildren<Props>) {
  const { id, name, ask, context, path, form, isOpen, fields, button, children } = props
  return (
    <details class="c-confirm" id={id} open={isOpen}>
      <summary class="c-button c-danger" aria-describedby={button.about}>
        {name}
      </summary>
      <p>{ask}</p>
      <PostForm
        context={context}
        path={path}
        form={form}
        fields={fields}
        class={children ? 'c-form' : undefined}
      >
        {children}
        <Button look="danger" id={button.id} about={button.about}>
          {button.name}
        </Button>
      </PostForm>
    </details>
  )
}
