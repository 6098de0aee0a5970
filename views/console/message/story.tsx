import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { pageHref } from '../../page-context.ts'
import { Sequence, SequenceList, storyText } from '../../trace/index.ts'
import type { ConsoleProps } from '../parts.tsx'
import type { MessageFacts } from './props.ts'

type Props = ConsoleProps & { readonly facts: MessageFacts }

/** Who said what to whom, as a picture, and the same as a list. */
export function Story({ frame: { words }, context, facts: { story } }: Props) {
  const text = words.console.message
  const hrefOf = (seq: number) => pageHref(context, `/journal/${seq}`)
  return (
    <Panel id="story" title={text.story}>
      {story === null ? (
        <p class="c-muted">{text.noStory}</p>
      ) : (
        <>
          <div class="c-wide">
            <Sequence story={story} words={words} hrefOf={hrefOf} />
          </div>
          <details class="c-more" id="as-list">
            <summary>{text.asList}</summary>
            <SequenceList story={story} words={words} hrefOf={hrefOf} />
          </details>
        </>
      )}
    </Panel>
  )
}

/** What belongs into a bug report: the call as a command, and the story as lines of text. */
export function Report({ frame: { words }, facts: { story, exchange } }: Props) {
  const text = words.console.message
  const { copy, copied } = words.docs
  if (story === null || exchange === null) return null
  return (
    <Panel id="report" title={text.report}>
      <div class="c-actions">
        <CopyButton of="curl" name={text.copyCurl} copied={copied} />
        <CopyButton of="story-text" name={text.copyText} copied={copied} />
      </div>
      <details class="c-more" id="report-both">
        <summary>{text.showBoth}</summary>
        <CodeBlock id="curl" title="cURL" text={exchange.curl} copy={copy} copied={copied} />
        <CodeBlock
          id="story-text"
          title={text.story}
          text={storyText(story, words, 'beijing').trimEnd()}
          copy={copy}
          copied={copied}
        />
      </details>
    </Panel>
  )
}
