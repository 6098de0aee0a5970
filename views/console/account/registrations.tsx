import { Panel } from '../../components/panel.tsx'
import type { AccountProps } from '../parts.tsx'
import { ImportForm } from './import-form.tsx'
import { RegisterForm, RegistrationList } from './registration-list.tsx'

/** Who is registered at the account, and where people register. */
export function RegistrationsTab(props: AccountProps) {
  const { life, registrations } = props.facts
  return (
    <>
      {registrations ? <RegistrationList {...props} found={registrations} /> : null}
      {life.appid === null ? null : <RegisterForm {...props} />}
      {life.appid === null ? null : <ImportForm {...props} />}
      <RegistrationLink {...props} />
    </>
  )
}

/** The direct link to the registration page, as text and as a QR code. */
function RegistrationLink({ frame: { words }, facts: { life, qr }, site }: AccountProps) {
  const text = words.console.registration
  const picture = `/_sim/v1/worlds/${site.facts.world}/accounts/${life.key}/registration-qr`
  const isPublished = life.checklist.some(
    ({ step, done }) => step === 'registration_page_published' && done,
  )
  if (life.register_url === null) {
    return (
      <Panel id="registration" title={text.title}>
        <p class="c-muted">{text.none}</p>
      </Panel>
    )
  }
  const note = life.state !== 'active' ? text.closed : isPublished ? text.link : text.notPublished
  return (
    <Panel id="registration" title={text.title}>
      <p>
        <a href={life.register_url}>{life.register_url}</a>
      </p>
      <p class={life.state === 'active' ? 'c-muted' : 'c-attention'}>{note}</p>
      {qr === null ? null : (
        <>
          <img
            class="c-qr"
            src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
            alt={text.qr}
            width="160"
            height="160"
          />
          <p class="c-actions">
            <a href={`${picture}?format=png`}>{text.png}</a>
            <a href={`${picture}?format=svg`}>{text.svg}</a>
          </p>
        </>
      )}
    </Panel>
  )
}
