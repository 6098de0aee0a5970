import { MessageCard } from '../components/message-card.tsx'
import { filled } from '../components/text.tsx'
import { type AccountProps, VerbButton } from './parts.tsx'
import type { Official, Template } from './props.ts'

/** The templates of the official account, as messages by them look. */
export function Templates(props: AccountProps) {
  const { official, templates } = props.facts
  const text = props.frame.words.console.templates
  if (!official) return null
  return (
    <section aria-labelledby="templates">
      <h2 id="templates">{text.title}</h2>
      {templates.length === 0 ? <p>{text.none}</p> : null}
      {templates.map((template) => (
        <One {...props} official={official} template={template} />
      ))}
    </section>
  )
}

type OneProps = AccountProps & { readonly official: Official; readonly template: Template }

function One(props: OneProps) {
  const { frame, official, template } = props
  const text = frame.words.console.templates
  const { template_id, title, state, filed, preview } = template
  return (
    <article class="co-card" aria-labelledby={`of-${template_id}`}>
      <h3 id={`of-${template_id}`}>
        {title} <span class="co-state">{text.states[state]}</span>
      </h3>
      <p class="path">
        <code>{template_id}</code>
      </p>
      {filed === '' ? null : <p>{filled(text.filed, { industry: filed })}</p>}
      <div class="co-preview">
        <MessageCard id={template_id} from={official} title={title} {...preview} />
      </div>
      {state === 'active' ? <Disable {...props} /> : null}
    </article>
  )
}

function Disable({ frame: { words }, context, official: { appid }, template }: OneProps) {
  const { template_id } = template
  return (
    <>
      <p class="hint" id={`hint-${template_id}`}>
        {words.console.templates.disableHint}
      </p>
      <VerbButton
        words={words}
        context={context}
        verb="template.disable"
        id={`disable-${template_id}`}
        about={`of-${template_id} hint-${template_id}`}
        fields={{ appid, template_id }}
        quiet
      />
    </>
  )
}
