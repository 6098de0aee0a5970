import { Chip } from '../../components/chip.tsx'
import { MessageCard } from '../../components/message-card.tsx'
import { Empty, Facts } from '../../components/panel.tsx'
import { type AccountProps, VerbButton, VerbConfirm } from '../parts.tsx'
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

type OneProps = OfficialProps & { readonly template: Template }

function One(props: OneProps) {
  const { frame, official, template } = props
  const text = frame.words.console.templates
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
      <Turn {...props} />
    </article>
  )
}

/** As WeChat does: it takes a template away, and gives it back. */
function Turn({ frame: { words }, context, official: { appid }, template }: OneProps) {
  const text = words.console.templates
  const { template_id, state } = template
  const at = { words, context, about: `of-${template_id}`, fields: { appid, template_id } }
  if (state === 'disabled')
    return <VerbButton {...at} verb="template.enable" id={`enable-${template_id}`} />
  return (
    <VerbConfirm
      {...at}
      verb="template.disable"
      id={`disable-${template_id}`}
      name={text.disable}
      ask={text.disableAsk}
    />
  )
}
