import type { PropsWithChildren } from 'hono/jsx'
import { Button, type Look } from '../components/button.tsx'
import { Confirm } from '../components/confirm.tsx'
import { PostForm } from '../components/post-form.tsx'
import type { Frame } from '../layout.tsx'
import { type PageContext, pageHref } from '../page-context.ts'
import type { Site } from '../site/props.ts'
import type { Words } from '../words/en.ts'
import type { AccountFacts, ConsoleContext, Verb } from './props.ts'

/** What every page of the console is given. */
export interface ConsoleProps {
  readonly frame: Frame
  readonly context: ConsoleContext
  readonly site: Site
  /** Where the page is told of its changes; undefined: it answers a form. */
  readonly events: string | undefined
}

/** What every part of an account's page is given. */
export type AccountProps = ConsoleProps & { readonly facts: AccountFacts }

/** The address of a page of the console. */
export function hrefOf(
  context: Pick<PageContext, 'basePath' | 'langQuery'>,
  path = '',
  query: Readonly<Record<string, string>> = {},
): string {
  return pageHref(context, `/accounts${path}`, query)
}

interface FormProps {
  readonly context: ConsoleContext
  /** The control call that it makes. */
  readonly verb: Verb
  /** Tells it from the other forms of the page, where it has fields to type in. */
  readonly form?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly class?: string
  /** As PostForm has it. */
  readonly isOnward?: boolean
}

/** A form that makes a control call; its buttons and inputs are inside. */
export function VerbForm({ verb, ...form }: PropsWithChildren<FormProps>) {
  return <PostForm {...form} path={`/do/${verb}`} />
}

interface ButtonProps extends FormProps {
  readonly words: Words
  readonly id: string
  /** Ids of what it is about, where several buttons have one name. */
  readonly about?: string
  readonly look?: Look
  readonly isLittle?: boolean
}

/** A form of one button, with the name of what it calls. */
export function VerbButton({ words, id, about, look, isLittle, ...form }: ButtonProps) {
  return (
    <VerbForm {...form}>
      <Submit words={words} verb={form.verb} {...{ id, about, look, isLittle }} />
    </VerbForm>
  )
}

interface ConfirmProps extends Pick<FormProps, 'context' | 'verb' | 'form' | 'fields'> {
  readonly words: Words
  /** Of the button that does it. */
  readonly id: string
  /** On the button that asks. */
  readonly name: string
  readonly ask: string
  /** As Button has it. */
  readonly about?: string
}

/** A dangerous button: it asks before it does what it calls; fields that it takes are inside. */
export function VerbConfirm(props: PropsWithChildren<ConfirmProps>) {
  const { words, verb, id, about, ...rest } = props
  const { context, form } = rest
  const button = { id, name: words.console.buttons[verb], ...(about !== undefined && { about }) }
  const isOpen = form !== undefined && context.typed.form === form
  return <Confirm {...rest} id={`ask-${id}`} path={`/do/${verb}`} isOpen={isOpen} button={button} />
}

/** The button that sends a form. */
export function Submit({
  words,
  verb,
  ...button
}: {
  words: Words
  verb: Verb
  id: string
  about?: string | undefined
  look?: Look | undefined
  isLittle?: boolean | undefined
}) {
  return <Button {...button}>{words.console.buttons[verb]}</Button>
}

/** Steps of a checklist by their words, as a list in a sentence. */
export function stepNames(steps: readonly string[], words: Words): string {
  const names: Readonly<Record<string, string>> = words.console.checklist.todo
  return steps.map((step) => names[step] ?? step).join(words.tag === 'en' ? ', ' : '、')
}
