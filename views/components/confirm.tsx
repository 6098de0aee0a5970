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
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** What does it, once one is sure. */
  readonly button: { readonly id: string; readonly name: string }
}

/** A dangerous button: it opens a question, and what does it stands below that. Works without script. */
export function Confirm({ id, name, ask, context, path, fields, button }: Props) {
  return (
    <details class="c-confirm" id={id}>
      <summary class="c-button c-danger">{name}</summary>
      <p>{ask}</p>
      <PostForm context={context} path={path} fields={fields}>
        <Button look="danger" id={button.id}>
          {button.name}
        </Button>
      </PostForm>
    </details>
  )
}
