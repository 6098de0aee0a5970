import { Others } from './chats.tsx'
import { VerbForm } from './parts.tsx'
import { type ScreenProps, Shell } from './shell.tsx'

/** The scanner: what a QR code says is pasted, or a link typed. */
export function ScanPage(props: ScreenProps) {
  const { scan, tabs } = props.frame.words.phone
  return (
    <Shell {...props} title={tabs.scan} tab="scan" action={<Others {...props} />}>
      <h2 class="weui-cells__title">{scan.title}</h2>
      <Typed
        {...props}
        verb="scan"
        name="content"
        label={scan.label}
        hint={scan.hint}
        submit={scan.submit}
        isPrimary
      />
      <h2 class="weui-cells__title">{scan.open}</h2>
      <Typed
        {...props}
        verb="open"
        name="url"
        label={scan.openLabel}
        hint={scan.openHint}
        submit={scan.openSubmit}
      />
    </Shell>
  )
}

interface TypedProps extends ScreenProps {
  readonly verb: string
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly submit: string
  readonly isPrimary?: boolean
}

function Typed({ context, phone, verb, name, label, hint, submit, isPrimary }: TypedProps) {
  const typed = context.typed.fields[name]
  const isWrong = typed !== undefined && context.flash?.kind === 'refused'
  return (
    <VerbForm context={context} person={phone.person} verb={verb} class="ph-form">
      <label for={name}>{label}</label>
      <p class="ph-hint" id={`${name}-hint`}>
        {hint}
      </p>
      <textarea
        id={name}
        name={name}
        rows={3}
        required
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${name}-hint`}
        aria-invalid={isWrong ? 'true' : undefined}
        autofocus={isWrong}
      >
        {typed ?? ''}
      </textarea>
      <button
        type="submit"
        class={`weui-btn ${isPrimary ? 'weui-btn_primary' : 'weui-btn_default'}`}
        id={verb}
      >
        {submit}
      </button>
    </VerbForm>
  )
}
