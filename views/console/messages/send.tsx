import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { Say } from '../../components/text.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import { Field, Select } from '../field.tsx'
import { type ConsoleProps, VerbForm } from '../parts.tsx'
import { CheckButton } from './check.tsx'
import { mobileText } from './list.tsx'
import type { SendFacts, SentFacts, Whom } from './props.ts'

type Props = ConsoleProps & { readonly send: SendFacts }

const text_length_max = 200

/** Sends a test message as the platform would, and shows its answer beside the form. */
export function SendForm(props: Props) {
  const { frame, context, send } = props
  const { words } = frame
  const text = words.console.send
  const at = { words, context, form: 'send' }
  const { draft } = send
  return (
    <section class="c-panel" aria-labelledby="send-title" id="send">
      <h2 id="send-title">{text.title}</h2>
      {send.sent ? <SendAnswer {...props} sent={send.sent} /> : null}
      <VerbForm context={context} verb="message.test" form="send" class="c-form">
        <Recipient {...props} />
        <Field
          {...at}
          name="message"
          label={text.message}
          value={draft.message}
          rows={3}
          count={text_length_max}
        />
        <Field
          {...at}
          name="keywords"
          label={text.keywords}
          hint={text.keywordsHint}
          rows={2}
          value={draft.keywords}
        />
        <div class="c-actions">
          <Button look="primary" id="send-now">
            {text.button}
          </Button>
          <CheckButton {...props} />
        </div>
      </VerbForm>
      <Curl {...props} />
    </section>
  )
}

/** To whom, and by which account. */
function Recipient({ frame: { words }, context, send }: Props) {
  const text = words.console.send
  const at = { words, context, form: 'send' }
  const { draft } = send
  return (
    <>
      <Field
        {...at}
        name="to"
        label={text.to}
        hint={text.toHint}
        value={recipientText(draft.to)}
        list="send-people"
      />
      <datalist id="send-people">
        {send.people.map((person) => (
          <option value={recipientText(person)} />
        ))}
      </datalist>
      <Select
        {...at}
        name="account"
        label={text.account}
        value={draft.account}
        options={send.accounts.map(({ key, company, eid }) => ({
          value: key,
          name: `${company} · ${eid}`,
        }))}
      />
    </>
  )
}

function recipientText({ name, mobile }: Whom): string {
  return name === '' ? mobile : `${name} · ${mobileText(mobile)}`
}

/** What the partner API answered, and whether a platform falls back for it. */
export function SendAnswer({
  frame: { words },
  context,
  sent,
}: ConsoleProps & { readonly sent: SentFacts }) {
  const text = words.console.send
  const { errcode, meaning, advice, message, answer } = sent
  const isGood = errcode === 0
  return (
    <div class="c-answer" role="status" id="sent">
      <p>
        <Chip tone={isGood ? 'good' : 'bad'}>errcode {errcode ?? '–'}</Chip>{' '}
        {isGood ? text.reached : (meaning ?? text.noAnswer)}
      </p>
      <p>
        <strong>{isGood ? text.noFallBack : text.fallBack}</strong>{' '}
        {advice === undefined ? null : <Say text={advice} />}
      </p>
      {answer === '' ? null : (
        <CodeBlock id="sent-answer" title={text.answer} text={answer} {...copyWords(words)} />
      )}
      {message === null ? null : (
        <p>
          <a href={pageHref(context, `/messages/${message}`)}>{text.see}</a>
        </p>
      )}
    </div>
  )
}

/** The same call for a terminal; one that must be signed is in the documentation. */
function Curl({ frame: { words }, context, send }: Props) {
  const text = words.console.send
  return (
    <details class="c-more" id="send-curl" data-check={pageHref(context, '/check')}>
      <summary>{text.curl}</summary>
      {send.curl === null ? (
        <p>
          {text.signed}{' '}
          <a href={pageHref(context, '/docs/signature')}>{words.docs.topics.signature.title}</a>
        </p>
      ) : (
        <CodeBlock id="send-command" text={send.curl} {...copyWords(words)} />
      )}
    </details>
  )
}

function copyWords({ docs }: Words) {
  return { copy: docs.copy, copied: docs.copied }
}
