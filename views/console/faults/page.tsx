import { Button } from '../../components/button.tsx'
import { Chip, type Tone } from '../../components/chip.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { Confirm } from '../../components/confirm.tsx'
import { Empty } from '../../components/panel.tsx'
import { Item, Rows } from '../../components/rows.tsx'
import { filled } from '../../components/text.tsx'
import { type ConsoleProps, VerbForm } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { MakeFault } from './form.tsx'
import type { FaultsFacts, ListedFault } from './props.ts'
import { doesText, meantText, oftenText } from './texts.ts'

type Props = ConsoleProps & { readonly facts: FaultsFacts }

/** Every fault of the world, and how another one is made. */
export function FaultsPage(props: Props) {
  const { frame, facts } = props
  const text = frame.words.faults
  return (
    <Shell {...props} title={text.title} place="faults" aside={<Clear {...props} />}>
      <div class="c-split">
        <div data-live="faults">
          {facts.faults.length === 0 ? (
            <Empty title={text.none} text={text.noneText} />
          ) : (
            <Rows label={text.title}>
              {facts.faults.map((fault) => (
                <FaultItem {...props} fault={fault} />
              ))}
            </Rows>
          )}
        </div>
        <MakeFault {...props} />
      </div>
    </Shell>
  )
}

function Clear({ frame: { words }, context, facts }: Props) {
  const text = words.faults
  if (facts.faults.length === 0) return null
  return (
    <Confirm
      id="faults-clear-ask"
      name={text.clear}
      ask={filled(text.clearAsk, { count: String(facts.faults.length) })}
      context={context}
      path="/do/fault.clear"
      button={{ id: 'faults-clear', name: words.console.buttons['fault.clear'] }}
    />
  )
}

const tones: Readonly<Record<ListedFault['state'], Tone>> = {
  active: 'warn',
  spent: 'plain',
  over: 'plain',
}

function FaultItem(props: Props & { readonly fault: ListedFault }) {
  const { frame, context, fault } = props
  const { words } = frame
  const text = words.faults
  const id = fault.fault
  const hits = filled(fault.hits === 1 ? text.hit : text.hits, { count: String(fault.hits) })
  return (
    <Item
      id={id}
      chip={<Chip tone={tones[fault.state]}>{text.states[fault.state]}</Chip>}
      name={<span id={`name-${id}`}>{fault.name ?? id}</span>}
      under={meantText(fault, words)}
      line={doesText(fault, words)}
      note={[hits, oftenText(fault, words)].filter(Boolean).join(' · ')}
      more={
        <details class="c-more" id={`call-${id}`}>
          <summary>{text.asCall}</summary>
          <CodeBlock
            id={`curl-${id}`}
            text={fault.curl}
            copy={words.docs.copy}
            copied={words.docs.copied}
          />
        </details>
      }
      action={
        <VerbForm context={context} verb="fault.delete" fields={{ fault: id }}>
          <Button look="danger" isLittle id={`remove-${id}`} about={`name-${id}`}>
            {words.console.buttons['fault.delete']}
          </Button>
        </VerbForm>
      }
    />
  )
}
