import type { PropsWithChildren } from 'hono/jsx'
import { type PageContext, pageHref } from '../page-context.ts'

interface Props {
  readonly context: Pick<PageContext, 'basePath' | 'langQuery' | 'returnTo' | 'csrfToken'>
  /** Where it is sent, within the world. */
  readonly path: string
  /** Tells it from the other forms of the page, where it has fields to type in. */
  readonly form?: string | undefined
  readonly fields?: Readonly<Record<string, string>> | undefined
  readonly class?: string | undefined
  /** Sent by itself where there is a script, and again until its page has none: work that goes in portions. */
  readonly isOnward?: boolean | undefined
}

/** A form that makes a control call and leads back to its page; its buttons and inputs are inside. */
export function PostForm(props: PropsWithChildren<Props>) {
  const { context, path, form, fields = {}, class: look, isOnward, children } = props
  const hidden = { ...(form === undefined ? {} : { form }), ...fields }
  return (
    <form
      class={look}
      method="post"
      action={pageHref(context, path)}
      data-onward={isOnward ? '' : undefined}
    >
      <input type="hidden" name="token" value={context.csrfToken} />
      <input type="hidden" name="back" value={context.returnTo} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}
