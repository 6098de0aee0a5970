import type { PropsWithChildren } from 'hono/jsx'
import { Banner } from '../../components/banner.tsx'
import { ButtonLink } from '../../components/button.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Facts, Panel } from '../../components/panel.tsx'
import { filled } from '../../components/text.tsx'
import { When } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import { NextButton, outcomeTitle, Sentence } from '../message/explained.tsx'
import type { ConsoleProps } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { AnswerChip, Half, pathText } from './bytes.tsx'
import { Decision } from './decision.tsx'
import type { ExchangePageFacts, HalfFacts } from './props.ts'

type Props = ConsoleProps & { readonly facts: ExchangePageFacts }

/** One exchange: what became of it, its bytes, how it was decided, and what other tools take of it. */
export function ExchangePage(props: Props) {
  const { frame, context, facts } = props
  const { words } = frame
  const text = words.console.journal
  const { exchange } = facts
  const { method, url, request, answer, status } = exchange
  return (
    <Shell
      {...props}
      title={filled(text.exchange.title, { method, path: pathText(url) })}
      place="journal"
      crumbs={[{ href: pageHref(context, '/journal'), name: text.title }]}
      aside={<AnswerChip of={exchange} words={words} />}
    >
      <Outcome {...props} />
      <div class="c-two">
        <div>
          <HalfPanel {...props} id="request" title={text.exchange.request} half={request}>
            <p class="c-headers">{`${method} ${url}`}</p>
          </HalfPanel>
          <HalfPanel {...props} id="answer" title={text.exchange.answer} half={answer}>
            {status === 0 ? <p class="c-muted">{text.exchange.noAnswer}</p> : null}
          </HalfPanel>
        </div>
        <div>
          <Decided {...props} />
          <About {...props} />
          <Tools {...props} />
        </div>
      </div>
    </Shell>
  )
}

function Outcome({ frame: { words }, context, facts: { explained } }: Props) {
  if (!explained) return null
  const { verdict, message, resolved } = explained
  const { verdicts } = words.console.journal.exchange
  const tone = verdict === 'reached' ? 'good' : verdict === 'pending' ? 'warn' : 'bad'
  const title = message === null ? verdicts[tone] : words.console.message.verdicts[verdict]
  return (
    <Banner
      tone={resolved ? 'warn' : tone}
      title={outcomeTitle(title, { explained, words })}
      button={<NextButton explained={explained} context={context} words={words} />}
    >
      <Sentence explained={explained} words={words} />
    </Banner>
  )
}

type HalfProps = Props & { readonly id: string; readonly title: string; readonly half: HalfFacts }

function HalfPanel({ id, title, half, frame: { words }, children }: PropsWithChildren<HalfProps>) {
  const text = words.console.journal.exchange
  return (
    <Panel id={id} title={title}>
      {children}
      <Half id={`${id}-body`} title={text.body} half={half} words={words} />
      {half.headers.length === 0 ? null : (
        <details class="c-more" id={`${id}-headers`}>
          <summary>{`${text.headers} (${half.headers.length})`}</summary>
          <dl class="c-facts c-headers">
            {half.headers.map(([name, value]) => (
              <>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </>
            ))}
          </dl>
        </details>
      )}
    </Panel>
  )
}

function Decided({ frame: { words }, facts: { exchange } }: Props) {
  const text = words.console.journal.exchange
  return (
    <Panel id="decision" title={text.decided}>
      {exchange.checks.length === 0 ? (
        <p class="c-muted">{text.noDecision}</p>
      ) : (
        <Decision checks={exchange.checks} words={words} />
      )}
    </Panel>
  )
}

function About({ frame: { words }, context, facts }: Props) {
  const { exchange, isNobodys, isRevealed, explained } = facts
  const text = words.console.journal
  const { seq, trace, at, real_at, surface, endpoint, direction } = exchange
  const of: Record<string, string> = isNobodys ? { of: 'nobody' } : {}
  const other: Record<string, string> = isRevealed ? {} : { reveal: 'true' }
  const facts_shown = [
    { name: text.exchange.at, is: <When at={at} words={words} isExact /> },
    { name: text.exchange.realAt, is: <When at={real_at} words={words} isExact /> },
    { name: text.exchange.direction, is: text.directions[direction] },
    { name: text.exchange.surface, is: isNobodys ? text.strays.nobodys : surface },
    { name: text.exchange.endpoint, is: endpoint === '' ? text.exchange.noEndpoint : endpoint },
    { name: text.exchange.trace, is: <code>{trace}</code> },
  ]
  return (
    <Panel id="facts" title={text.exchange.facts}>
      <Facts of={facts_shown} />
      <div class="c-actions">
        {isNobodys ? null : (
          <ButtonLink href={pageHref(context, '/journal', { trace })}>
            {text.exchange.ofTrace}
          </ButtonLink>
        )}
        {explained?.message ? (
          <ButtonLink href={pageHref(context, `/messages/${explained.message}`)}>
            {text.exchange.message}
          </ButtonLink>
        ) : null}
        <ButtonLink href={pageHref(context, `/journal/${seq}`, { ...of, ...other })}>
          {isRevealed ? text.exchange.conceal : text.exchange.reveal}
        </ButtonLink>
      </div>
    </Panel>
  )
}

function Tools({ frame: { words }, context, facts: { exchange, http, isNobodys } }: Props) {
  const text = words.console.journal.exchange
  const { copy, copied } = words.docs
  return (
    <Panel id="tools" title={text.tools}>
      <div class="c-actions">
        <CopyButton of="curl" name={text.curl} copied={copied} />
        <CopyButton of="http" name={text.http} copied={copied} />
        {isNobodys ? null : (
          <ButtonLink href={pageHref(context, `/journal/${exchange.seq}/har`)}>
            {text.har}
          </ButtonLink>
        )}
      </div>
      <details class="c-more" id="tools-both">
        <summary>{text.showBoth}</summary>
        <CodeBlock id="curl" title="cURL" text={exchange.curl} copy={copy} copied={copied} />
        <CodeBlock id="http" title="HTTP" text={http} copy={copy} copied={copied} />
      </details>
    </Panel>
  )
}
