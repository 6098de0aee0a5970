import { filled } from '../components/text.tsx'
import { Others } from './chats.tsx'
import { Avatar, phoneHref } from './parts.tsx'
import type { FindFacts } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

type Props = ScreenProps & { readonly facts: FindFacts }

/** All official accounts of the world, to look for one and follow it. */
export function FindPage(props: Props) {
  const { frame, context, phone, facts } = props
  const words = frame.words.phone
  return (
    <Shell {...props} title={words.find.title} tab="find" action={<Others {...props} />}>
      <search>
        <form
          class="ph-search"
          method="get"
          action={phoneHref({ ...context, langQuery: '' }, phone.person, '/find')}
        >
          <label class="ph-hidden" for="q">
            {words.find.label}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            class="weui-input"
            value={facts.q}
            placeholder={words.find.label}
            autocomplete="off"
          />
          {context.langQuery ? <input type="hidden" name="lang" value={frame.lang} /> : null}
          <button type="submit" class="weui-btn weui-btn_mini weui-btn_default">
            {words.find.submit}
          </button>
        </form>
      </search>
      <div data-live="found">
        <Found {...props} />
      </div>
    </Shell>
  )
}

function Found({ frame, context, phone, facts }: Props) {
  const words = frame.words.phone
  const { q, found } = facts
  if (found.length === 0) {
    return <p class="ph-none">{q ? filled(words.find.none, { q }) : words.find.noAccount}</p>
  }
  return (
    <ul class="ph-list" aria-label={words.find.results}>
      {found.map(({ appid, name, state }) => (
        <li>
          <a
            class="ph-line"
            id={`account-${appid}`}
            href={phoneHref(context, phone.person, `/account/${appid}`)}
          >
            <span class="ph-picture">
              <Avatar name={name} seed={appid} />
            </span>
            <span class="ph-line-text">
              <span class="ph-name">{name}</span>
              <span class="ph-line-last">{words.states[state]}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
