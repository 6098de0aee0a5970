import { Chip } from '../../components/chip.tsx'
import { Panel } from '../../components/panel.tsx'
import { Row, Rows } from '../../components/rows.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { MomentOf } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import { Field } from '../field.tsx'
import { mobileText } from '../messages/list.tsx'
import { type AccountProps, Submit, VerbForm } from '../parts.tsx'
import { GoOn, NothingFound } from '../people/parts.tsx'
import type { Registration, RegistrationsFacts } from '../people/props.ts'
import { tabHref } from './page.tsx'

type Props = AccountProps & { readonly found: RegistrationsFacts }

/** Who is registered at the account: all, or whom one looks for. */
export function RegistrationList(props: Props) {
  const { frame, context, facts, found } = props
  const text = frame.words.console.registrations
  const { key } = facts.life
  return (
    <>
      <SearchField
        id="search"
        label={text.search}
        button={frame.words.console.people.find}
        method="post"
        action={pageHref(context, `/accounts/${key}/registrations`)}
        value={found.q}
      />
      {found.rows.length === 0 ? (
        <NothingFound
          {...props}
          facts={found}
          text={text}
          showAll={tabHref(context, key, 'registrations')}
        />
      ) : (
        <Rows label={text.title}>
          {found.rows.map((row) => (
            <RegistrationRow {...props} row={row} />
          ))}
        </Rows>
      )}
      <GoOn
        {...props}
        facts={found}
        name={text.more}
        path={`/accounts/${key}`}
        query={{ tab: 'registrations' }}
        isEmpty={found.rows.length === 0}
      />
    </>
  )
}

function RegistrationRow({ frame: { words }, context, site, row }: Props & { row: Registration }) {
  const { people, person: text, registrations } = words.console
  const { person, name, mobile, email, source, state, registered_at } = row
  return (
    <Row
      href={person === null ? undefined : pageHref(context, `/people/${person}`)}
      chip={
        state === null ? (
          <Chip>{registrations.unlinked}</Chip>
        ) : (
          <Chip tone={state === 'following' ? 'good' : 'warn'}>{people.states[state]}</Chip>
        )
      }
      name={name || mobileText(mobile)}
      under={name === '' ? undefined : mobileText(mobile)}
      line={email}
      note={text.sources[source]}
      at={<MomentOf at={registered_at} now={site.facts.clock.now} words={words} />}
    />
  )
}

/** Somebody is registered as on the registration page. */
export function RegisterForm({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console
  const at = { words, context, form: 'register' }
  return (
    <Panel id="register" title={text.registrations.make}>
      <VerbForm
        context={context}
        verb="association.create"
        form="register"
        fields={{ account: life.key }}
        class="c-form"
      >
        <Field {...at} name="mobile" type="tel" label={text.people.mobile} required />
        <Field {...at} name="name" label={text.people.name} maxlength={100} />
        <Field {...at} name="email" label={text.person.email} maxlength={254} />
        <Submit words={words} verb="association.create" id="register-one" />
      </VerbForm>
    </Panel>
  )
}
