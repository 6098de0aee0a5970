import { Button } from '../../components/button.tsx'
import { PostForm } from '../../components/post-form.tsx'
import type { Words } from '../../words/en.ts'
import type { ConsoleContext } from '../props.ts'
import type { FixFacts } from './props.ts'

interface Props {
  readonly fix: FixFacts | null
  readonly context: ConsoleContext
  readonly words: Words
}

/** The one button that mends what a decision refused: it sends the control call that the explanation names. */
export function MendButton({ fix, context, words }: Props) {
  if (!fix?.hasButton) return null
  const fields = { call: fix.call, input: JSON.stringify(fix.input) }
  return (
    <PostForm context={context} path="/do/mend" fields={fields}>
      <Button look="primary" id="mend">
        {mendText(fix, words)}
      </Button>
    </PostForm>
  )
}

function mendText({ call, input }: FixFacts, { console }: Words): string {
  const names: Readonly<Record<string, string>> = console.mend
  const [ofField] = Object.keys(input).flatMap((field) => names[`${call} ${field}`] ?? [])
  return ofField ?? names[call] ?? call
}
