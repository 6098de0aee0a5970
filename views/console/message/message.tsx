import { Banner } from '../../components/banner.tsx'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import { TemplateCard } from '../../phone/card.tsx'
import { AnswerChip, Half, pathText } from '../journal/bytes.tsx'
import { Decision } from '../journal/decision.tsx'
import { recipientText, StateChip } from '../messages/list.tsx'
import type { ConsoleProps } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { NextButton, outcomeTitle, Sentence } from './explained.tsx'
import { judgedText } from './judged.ts'
import type { MessageFacts, Verdict } from './props.ts'
import { Report, Story } from './story.tsx'

type Props = ConsoleProps & { readonly facts: MessageFacts }

const title_length_max = 60

/** One message: whether it arrived, why not, whether the platform did right, and what mends it; then how all that came about. */
export function MessagePage(props: Props) {
  const { frame, context, facts } = props
  const { words } = frame
  const { message } = facts
  return (
    <Shell
      {...props}
      title={titleOf(props)}
      place="messages"
      crumbs={[{ href: pageHref(context, '/'), name: words.console.messages.title }]}
      aside={<StateChip message={message} words={words} />}
    >
      <div data-live="message">
        <p class="c-muted">
          {addresseeText(props)} · <When at={message.at} words={words} />
          {words.console.message.zone}
        </p>
        <Verdicts {...props} />
        <div class="c-two">
          <div>
            <Story {...props} />
            <Bytes {...props} />
          </div>
          <div>
            <Decided {...props} />
            <OnPhone {...props} />
            <Report {...props} />
          </div>
        </div>
      </div>
    </Shell>
  )
}

function titleOf({ frame: { words }, facts: { message } }: Props): string {
  const signs = [...message.text]
  if (signs.length === 0) return words.console.message.erased
  return signs.length > title_length_max
    ? `${signs.slice(0, title_length_max).join('')}…`
    : message.text
}

function addresseeText({ frame: { words }, facts: { message } }: Props): string {
  const { name, company } = message
  const shown = recipientText(message, words)
  const to = [words.console.message.to, name, shown].filter(Boolean).join(' ')
  return [company, to].filter(Boolean).join(' · ')
}

const tones: Readonly<Record<Verdict, 'good' | 'bad' | 'warn'>> = {
  reached: 'good',
  refused: 'bad',
  failed_later: 'bad',
  pending: 'warn',
  unknown: 'warn',
  fault: 'bad',
  never_asked: 'warn',
}

function Verdicts({ frame: { words }, context, facts: { message, explained } }: Props) {
  const { verdict, resolved } = explained
  const judged = judgedText(message, words)
  return (
    <Banner
      tone={resolved ? 'warn' : tones[verdict]}
      title={outcomeTitle(words.console.message.verdicts[verdict], { explained, words })}
      button={<NextButton explained={explained} context={context} words={words} />}
    >
      <Sentence explained={explained} words={words} />
      {judged === '' ? null : <p class={isWrong(message) ? 'c-attention' : 'c-muted'}>{judged}</p>}
    </Banner>
  )
}

const isWrong = ({ judged }: MessageFacts['message']) =>
  judged === 'lost' || judged === 'double' || judged === 'late'

function Bytes({ frame: { words }, context, facts: { exchange } }: Props) {
  if (!exchange) return null
  const text = words.console.journal.exchange
  const { seq, method, url, request, answer } = exchange
  return (
    <section class="c-panel" aria-labelledby="bytes">
      <div class="c-panel-head">
        <h2 id="bytes">
          <a href={pageHref(context, `/journal/${seq}`)}>{`${method} ${pathText(url)}`}</a>
        </h2>
        <AnswerChip of={exchange} words={words} />
      </div>
      <Half id="request-body" title={text.request} half={request} words={words} />
      <Half id="answer-body" title={text.answer} half={answer} words={words} />
    </section>
  )
}

function Decided({ frame: { words }, facts: { story, explained } }: Props) {
  const text = words.console.message
  const steps = (story?.items ?? []).filter((item) => item.kind === 'step')
  // What the explanation found is whole; the journal masks whom it concerns.
  const { rule, actual, expected, fix } = explained
  const checks = steps.map((step) =>
    step.passed || step.rule !== rule ? step : { ...step, actual, expected, fix },
  )
  return (
    <Panel id="decision" title={text.decided}>
      {checks.length === 0 ? (
        <p class="c-muted">{text.noStory}</p>
      ) : (
        <Decision checks={checks} words={words} />
      )}
    </Panel>
  )
}

function OnPhone({ frame: { words }, context, facts: { message, shown } }: Props) {
  const text = words.console.message
  const phone = `/phone/${message.person}`
  const isSomebodys = message.person !== null
  return (
    <Panel id="on-phone" title={text.phone}>
      {shown === null ? (
        <p class="c-muted">{text.nothing}</p>
      ) : (
        <div class="c-preview">
          <TemplateCard {...shown}>
            {shown.message.url !== null && isSomebodys ? (
              <a
                class="ph-card-open"
                href={pageHref(context, `${phone}/chat/${shown.from.appid}`)}
                id="open-details"
              >
                {words.phone.chat.details}
              </a>
            ) : null}
          </TemplateCard>
        </div>
      )}
      <p>
        {isSomebodys ? (
          <a href={pageHref(context, phone)}>{text.openPhone}</a>
        ) : (
          <span class="c-muted">{text.nobody}</span>
        )}
      </p>
    </Panel>
  )
}
