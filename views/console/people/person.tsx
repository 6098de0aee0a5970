import { Button, ButtonLink } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Facts, Panel } from '../../components/panel.tsx'
import { filled } from '../../components/text.tsx'
import { When, whenText } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import { Field, Select } from '../field.tsx'
import { CheckButton, CheckPanel } from '../messages/check.tsx'
import { MessageList, mobileText } from '../messages/list.tsx'
import { SendAnswer } from '../messages/send.tsx'
import { type ConsoleProps, hrefOf, Submit, VerbButton, VerbConfirm, VerbForm } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import type { PersonAtAccount, PersonFacts, Registration } from './props.ts'

type Props = ConsoleProps & { readonly facts: PersonFacts }

/** One person: how they stand to every account, and what has become of their registrations. */
export function PersonPage(props: Props) {
  const { frame, context, facts } = props
  const { words } = frame
  const text = words.console.person
  const { person, key, name, mobile, accounts } = facts
  return (
    <Shell
      {...props}
      title={name || key}
      place="people"
      crumbs={[{ href: pageHref(context, '/people'), name: words.site.places.people }]}
      aside={
        <ButtonLink href={pageHref(context, `/phone/${person}`)} look="primary">
          {text.phone}
        </ButtonLink>
      }
    >
      <Panel id="details" title={text.details}>
        <Facts
          of={[
            {
              name: words.console.people.mobile,
              is: mobile === null ? words.console.people.noMobile : mobileText(mobile),
            },
            { name: words.console.people.key, is: <code>{key}</code> },
            { name: text.id, is: <code>{person}</code> },
          ]}
        />
      </Panel>
      {accounts.map((at) => (
        <AtAccount {...props} at={at} />
      ))}
      {mobile === null || accounts.length === 0 ? null : <Send {...props} />}
      {facts.check ? <CheckPanel {...props} check={facts.check} /> : null}
      <Messages {...props} />
      <History {...props} />
    </Shell>
  )
}

function AtAccount(props: Props & { readonly at: PersonAtAccount }) {
  const { frame, context, facts, at } = props
  const { words } = frame
  const text = words.console.person
  const { account, company, openid, state, registration } = at
  const tone = state === 'following' ? 'good' : state === 'never' ? 'plain' : 'warn'
  return (
    <section class="c-panel" aria-labelledby={`at-${account}`}>
      <h2 id={`at-${account}`}>
        <a href={hrefOf(context, `/${account}`)}>{company}</a>{' '}
        <Chip tone={tone}>{words.console.people.states[state]}</Chip>
      </h2>
      <Facts
        of={[
          ...(openid === null ? [] : [{ name: text.openid, is: <code>{openid}</code> }]),
          ...(registration
            ? registrationRows(registration, props)
            : [{ name: text.registeredAs, is: text.notRegistered }]),
        ]}
      />
      {registration ? (
        <Registered {...props} registration={registration} />
      ) : facts.mobile === null ? null : (
        <VerbButton
          words={words}
          context={context}
          verb="association.create"
          id={`register-${account}`}
          about={`at-${account}`}
          fields={{ account, mobile: facts.mobile, name: facts.name }}
        />
      )}
    </section>
  )
}

function registrationRows(
  { mobile, name, email, source, registered_at }: Registration,
  { frame: { words } }: Props,
) {
  const text = words.console.person
  return [
    { name: text.registeredAs, is: mobileText(mobile) },
    ...(name === '' ? [] : [{ name: words.console.people.name, is: name }]),
    ...(email === '' ? [] : [{ name: text.email, is: email }]),
    { name: text.source, is: text.sources[source] },
    { name: text.since, is: whenText(registered_at, words) },
  ]
}

function Registered({
  frame: { words },
  context,
  facts,
  at: { account, company },
  registration: { mobile, openid },
}: Props & { readonly at: PersonAtAccount; readonly registration: Registration }) {
  const text = words.console.person
  const fill = { mobile: mobileText(mobile), company, name: facts.name }
  return (
    <div class="c-actions">
      <VerbConfirm
        words={words}
        context={context}
        verb="association.release"
        id={`release-${account}`}
        name={text.release}
        ask={filled(text.releaseAsk, fill)}
        fields={{ account, mobile }}
      />
      <VerbConfirm
        words={words}
        context={context}
        verb="association.withdraw"
        id={`withdraw-${account}`}
        name={text.withdraw}
        ask={filled(text.withdrawAsk, fill)}
        fields={{ account, openid }}
      />
    </div>
  )
}

/** As the platform would, with what came of it. */
function Send(props: Props) {
  const {
    frame: { words },
    context,
    facts: { mobile, sent },
  } = props
  const text = words.console.person
  return (
    <Panel id="send" title={text.send}>
      <p class="c-muted">{text.sendHint}</p>
      {sent ? <SendAnswer {...props} sent={sent} /> : null}
      <VerbForm
        context={context}
        verb="message.test"
        form="send"
        fields={{ to: mobile ?? '' }}
        class="c-form"
      >
        <SendFields {...props} />
        <div class="c-actions">
          <Submit words={words} verb="message.test" id="send-now" />
          <CheckButton {...props} />
        </div>
      </VerbForm>
    </Panel>
  )
}

function SendFields({ frame: { words }, context, facts: { accounts, draft } }: Props) {
  const text = words.console.person
  const at = { words, context, form: 'send' }
  return (
    <>
      <Select
        {...at}
        name="account"
        label={text.account}
        value={draft.account ?? ''}
        options={accounts.map(({ account, company }) => ({ value: account, name: company }))}
      />
      <Field
        {...at}
        name="message"
        label={text.message}
        value={draft.message}
        rows={3}
        count={200}
      />
    </>
  )
}

/** The latest messages to their mobile; the search of the inbox finds all. */
function Messages(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.console
  const { mobile, messages } = facts
  if (mobile === null) return null
  return (
    <section aria-labelledby="messages">
      <h2 id="messages">{text.person.messages}</h2>
      {messages.rows.length === 0 ? (
        <p class="c-muted">{messages.isMore ? text.messages.notYet : text.messages.none}</p>
      ) : (
        <MessageList {...props} messages={messages.rows} />
      )}
      {messages.isMore ? (
        <form method="post" action={pageHref(context, '/search')}>
          <input type="hidden" name="q" value={mobile} />
          <Button id="older">{text.messages.older}</Button>
        </form>
      ) : null}
    </section>
  )
}

function History({ frame: { words }, facts: { history } }: Props) {
  const text = words.console.person
  return (
    <Panel id="history" title={text.history}>
      {history.length === 0 ? <p class="c-muted">{text.noHistory}</p> : null}
      <ol class="c-timeline">
        {history.map(({ at, company, verb, who }) => (
          <li>
            <When at={at} words={words} />{' '}
            <span>
              {text.verbs[verb]} {text.by[who]} · {company}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
