import { Panel } from '../components/panel.tsx'
import { Item, Rows } from '../components/rows.tsx'
import { filled } from '../components/text.tsx'
import { Field } from './field.tsx'
import { type ConsoleProps, Submit, VerbConfirm, VerbForm } from './parts.tsx'

/** A website app of the Open Platform, at which people log in by QR code. */
export interface WebsiteApp {
  readonly key: string
  readonly name: string
  readonly appid: string
  readonly app_secret: string
  /** The one host to which a login may lead back; null: any. */
  readonly domain: string | null
}

/** The website apps of a world, and the form that makes another. */
export function WebsiteApps(props: ConsoleProps & { readonly apps: readonly WebsiteApp[] }) {
  const { frame, apps } = props
  const text = frame.words.console.websiteApps
  return (
    <section aria-labelledby="website-apps">
      <h2 id="website-apps">{text.title}</h2>
      <p class="c-muted">{text.lead}</p>
      {apps.length === 0 ? null : (
        <Rows label={text.title} live="website-apps">
          {apps.map((app) => (
            <AppRow {...props} app={app} />
          ))}
        </Rows>
      )}
      <Make {...props} />
    </section>
  )
}

function AppRow({ frame: { words }, context, app }: ConsoleProps & { readonly app: WebsiteApp }) {
  const text = words.console.websiteApps
  const { key, name, appid, app_secret, domain } = app
  return (
    <Item
      id={key}
      chip={<code>{key}</code>}
      name={name}
      under={domain ?? text.anyDomain}
      line={
        <>
          AppID <code>{appid}</code>
        </>
      }
      note={
        <>
          AppSecret <code>{app_secret}</code>
        </>
      }
      action={
        <VerbConfirm
          words={words}
          context={context}
          verb="website_app.delete"
          id={`app-delete-${key}`}
          name={text.delete}
          ask={filled(text.deleteAsk, { name })}
          fields={{ key }}
        />
      }
    />
  )
}

function Make({ frame: { words }, context }: ConsoleProps) {
  const text = words.console.websiteApps
  const at = { words, context, form: 'app' }
  return (
    <Panel id="app-title" title={text.make}>
      <VerbForm context={context} verb="website_app.create" form="app" class="c-form">
        <Field {...at} name="key" label={text.key} hint={text.keyHint} maxlength={40} required />
        <Field {...at} name="name" label={text.name} maxlength={100} />
        <Field
          {...at}
          name="domain"
          label={text.domain}
          hint={text.domainHint}
          placeholder="hr.example.com"
          maxlength={253}
        />
        <Submit words={words} verb="website_app.create" id="app-make" />
      </VerbForm>
    </Panel>
  )
}
