import { Chip } from '../../components/chip.tsx'
import { MessageCard } from '../../components/message-card.tsx'
import { Empty, Facts } from '../../components/panel.tsx'
import { type AccountProps, VerbConfirm } from '../parts.tsx'
import type { Official, Template } from '../props.ts'
import { Applications } from './applications.tsx'
import { Industries } from './industries.tsx'

/** The industries, templates and applications of the official account. */
export function TemplatesTab(props: AccountProps) {
  const { official } = props.facts
  const text = props.frame.words.console
  if (!official) return <Empty title={text.templates.none} text={text.industries.noOfficial} />
  return (
    <>
      <Templates {...props} official={official} />
      <Applications {...props} />
      <Industries {...props} />
    </>
  )
}

type OfficialProps = AccountProps & { readonly official: Official }

function Templates(props: OfficialProps) {
  const { templates } = props.facts
  const text = props.frame.words.console.templates
  return (
    <section aria-labelledby="templates">
      <h2 id="templates">{text.title}</h2>
      {templates.length === 0 ? <p class="c-muted">{text.none}</p> : null}
      {templates.map((template) => (
        <One {...props} template={template} />
      ))}
    </section>
  )
}

function One(props: OfficialProps & { readonly template: Template }) {
  const { frame, context, official, template } = props
  const { words } = frame
  const text = words.console.templates
  const { template_id, title, state, filed, preview } = template
  const rows = [
    { name: text.id, is: <code>{template_id}</code> },
    ...(filed === '' ? [] : [{ name: text.filed, is: <span lang="zh-CN">{filed}</span> }]),
  ]
  return (
    <article class="c-panel" aria-labelledby={`of-${template_id}`}>
      <h3 id={`of-${template_id}`}>
        {title} <Chip tone={state === 'active' ? 'good' : 'bad'}>{text.states[state]}</Chip>
      </h3>
      <Facts of={rows} />
      <div class="c-preview">
        <MessageCard id={template_id} from={official} title={title} {...preview} />
      </div>
      {state === 'active' ? (
        <VerbConfirm
          words={words}
          context={context}
          verb="template.disable"
          id={`disable-${template_id}`}
          name={text.disable}
          ask={text.disableAsk}
          fields={{ appid: official.appid, template_id }}
        />
      ) : null}
    </article>
  )
}
