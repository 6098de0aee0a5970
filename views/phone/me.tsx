import { filled } from '../components/text.tsx'
import { mobileText } from '../console/messages/list.tsx'
import { langHref, pageHref } from '../page-context.ts'
import { SwitchButton } from './account.tsx'
import { Others } from './chats.tsx'
import { Avatar, VerbForm } from './parts.tsx'
import type { MeFacts } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

type Props = ScreenProps & { readonly facts: MeFacts }

/** Whose phone it is, and how it shows pages. */
export function MePage(props: Props) {
  const { frame, context, phone } = props
  const words = frame.words.phone
  return (
    <Shell {...props} title={words.me.title} tab="me" action={<Others {...props} />}>
      <div data-live="me">
        <div class="ph-profile">
          <Avatar name={phone.name} seed={phone.person} size="large" />
          <div>
            <h2>{phone.name}</h2>
            <p>{filled(words.people.keyed, { key: phone.key })}</p>
          </div>
        </div>
        <Facts {...props} />
        <Snapshot {...props} />
      </div>
      <div class="weui-cells">
        <Languages {...props} />
        <a
          class="weui-cell weui-cell_access"
          id="all"
          href={pageHref(context, '/phone')}
          target="_top"
        >
          <span class="weui-cell__bd">{words.allPhones}</span>
          <span class="weui-cell__ft" />
        </a>
      </div>
    </Shell>
  )
}

function Snapshot({ frame, context, phone, facts }: Props) {
  const { me } = frame.words.phone
  const fields = { on: facts.snapshot ? 'false' : 'true' }
  return (
    <div class="weui-cells">
      <VerbForm context={context} person={phone.person} verb="snapshot" fields={fields}>
        <SwitchButton id="snapshot" on={facts.snapshot} name={me.snapshot} hint={me.snapshotHint} />
      </VerbForm>
    </div>
  )
}

function Facts({ frame, phone, facts }: Props) {
  const { me } = frame.words.phone
  const rows = [
    [me.mobile, facts.mobile === null ? me.none : mobileText(facts.mobile)],
    [me.person, phone.person],
    [me.unionid, facts.unionid],
  ]
  return (
    <dl class="weui-cells ph-facts">
      {rows.map(([name, value]) => (
        <div class="weui-cell">
          <dt class="weui-cell__bd">{name}</dt>
          <dd class="weui-cell__ft">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Languages({ frame, context }: Props) {
  return (
    <div class="weui-cell">
      <span class="weui-cell__bd">{frame.words.phone.me.language}</span>
      <span class="weui-cell__ft ph-langs">
        {frame.languages.map(({ lang, tag, name }) => (
          <a
            id={`lang-${lang}`}
            href={langHref(context, lang)}
            lang={tag}
            hreflang={tag}
            aria-current={lang === frame.lang ? 'true' : undefined}
          >
            {name}
          </a>
        ))}
      </span>
    </div>
  )
}
