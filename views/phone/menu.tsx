import { VerbForm } from './parts.tsx'
import type { ChatFacts, MenuButton } from './props.ts'
import type { ScreenProps } from './shell.tsx'

type Props = ScreenProps & { readonly facts: ChatFacts }

/** The menu of an official account: buttons, and above each that has some, those below it. */
export function MenuBar(props: Props) {
  const { frame, phone, facts } = props
  const { menu, noMenu } = frame.words.phone.chat
  const { state } = facts.chat
  // Who does not follow sees no menu: the place for it stays, in case that changes.
  const isFollowed = state !== 'never' && state !== 'unfollowed'
  const buttons = isFollowed ? (facts.chat.menu ?? []) : []
  return (
    <nav class="ph-menu" aria-label={`${menu} · ${phone.name}`} data-live="menu">
      {isFollowed && buttons.length === 0 ? <p>{noMenu}</p> : null}
      {buttons.map(({ buttons: below, ...button }) =>
        below.length === 0 && !scans(button) ? (
          <Button {...props} button={button} />
        ) : (
          <details name="menu" id={`menu-${button.position}`}>
            <summary id={`open-menu-${button.position}`}>{button.name}</summary>
            <ul>
              {(below.length === 0 ? [button] : below).map((each) => (
                <li>
                  {scans(each) ? (
                    <ScanButton {...props} button={each} />
                  ) : (
                    <Button {...props} button={each} />
                  )}
                </li>
              ))}
            </ul>
          </details>
        ),
      )}
    </nav>
  )
}

function scans({ type }: MenuButton): boolean {
  return type === 'scancode_push' || type === 'scancode_waitmsg'
}

type ButtonProps = Props & { readonly button: MenuButton }

function Button({ context, phone, facts, button }: ButtonProps) {
  const { name, position } = button
  const fields = { account: facts.chat.appid, button: position }
  return (
    <VerbForm context={context} person={phone.person} verb="tap" fields={fields}>
      <button type="submit" id={`tap-${position}`}>
        {name}
      </button>
    </VerbForm>
  )
}

/** What the scanner would see is typed: this phone has no camera. */
function ScanButton({ frame, context, phone, facts, button }: ButtonProps) {
  const { scanned } = frame.words.phone.chat
  const { name, position } = button
  const fields = { account: facts.chat.appid, button: position }
  return (
    <VerbForm
      context={context}
      person={phone.person}
      verb="tap"
      fields={fields}
      class="ph-scanning"
    >
      <input
        id={`scanned-${position}`}
        name="scanned"
        type="text"
        required
        maxlength={2000}
        autocomplete="off"
        placeholder={scanned}
        aria-label={scanned}
      />
      <button type="submit" id={`tap-${position}`}>
        {name}
      </button>
    </VerbForm>
  )
}
