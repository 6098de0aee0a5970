import type { Child } from 'hono/jsx'
import { Button } from '../../components/button.tsx'
import { PostForm } from '../../components/post-form.tsx'
import { filled } from '../../components/text.tsx'
import { WithInstants } from '../../components/when.tsx'
import type { Words } from '../../words/en.ts'
import type { ConsoleContext } from '../props.ts'
import type { ExplainedFacts, FixFacts } from './props.ts'

type Explained = Pick<
  ExplainedFacts,
  'fix' | 'resolved' | 'hasAgain' | 'message' | 'rule' | 'sentence'
>

interface Props {
  readonly explained: Explained
  readonly words: Words
}

/** A title of what became of a call, and whether its cause is gone. */
export function outcomeTitle(title: string, { explained, words }: Props): string {
  return explained.resolved ? filled(words.console.resolved.title, { outcome: title }) : title
}

/** Why it came to that; where the cause is gone, what is so now stands before what was so then. */
export function Sentence({ explained, words }: Props): Child {
  const { sentence, resolved } = explained
  const told = <WithInstants text={sentence} words={words} />
  if (!resolved) return <p>{told}</p>
  const { before } = words.console.resolved
  const now = nowText(explained, words)
  return (
    <>
      {now === undefined ? null : <p>{now}</p>}
      <p class="c-muted">
        {before}
        {told}
      </p>
    </>
  )
}

/** The one button of an explanation: what mends it, and when that is done, what sends the message again. */
export function NextButton({ explained, context, words }: Props & { context: ConsoleContext }) {
  const { fix, resolved, hasAgain, message } = explained
  if (resolved) {
    if (!hasAgain || message === null) return null
    return (
      <PostForm context={context} path="/do/again" fields={{ message }}>
        <Button look="primary" id="again">
          {words.console.resolved.again}
        </Button>
      </PostForm>
    )
  }
  if (!fix?.hasButton) return null
  const fields = { call: fix.call, input: JSON.stringify(fix.input) }
  return (
    <PostForm context={context} path="/do/mend" fields={fields}>
      <Button look="primary" id="mend">
        {ofFix(words.console.mend, fix) ?? fix.call}
      </Button>
    </PostForm>
  )
}

function nowText({ fix, rule }: Explained, { console }: Words): string | undefined {
  const { now } = console.resolved
  return fix ? ofFix(now, fix) : ofName(now, rule ?? '')
}

/** The words for a fix: of its call, or of a field where that says more. */
function ofFix(all: Readonly<Record<string, string>>, { call, input }: FixFacts) {
  const [ofField] = Object.keys(input).flatMap((field) => ofName(all, `${call} ${field}`) ?? [])
  return ofField ?? ofName(all, call)
}

function ofName(all: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
