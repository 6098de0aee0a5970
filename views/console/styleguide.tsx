import { Banner } from '../components/banner.tsx'
import { Button, ButtonLink } from '../components/button.tsx'
import { Chip } from '../components/chip.tsx'
import { CodeBlock } from '../components/code-block.tsx'
import { Confirm } from '../components/confirm.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Filters, Tabs } from '../components/filters.tsx'
import { Older } from '../components/older.tsx'
import { Empty, Facts, Panel } from '../components/panel.tsx'
import { Progress } from '../components/progress.tsx'
import { Item, Row, Rows } from '../components/rows.tsx'
import { SearchField } from '../components/search-field.tsx'
import { MomentOf } from '../components/when.tsx'
import { pageHref } from '../page-context.ts'
import type { Words } from '../words/en.ts'
import { Field, optionsOf, Select } from './field.tsx'
import { type ConsoleProps, VerbConfirm } from './parts.tsx'
import { Shell } from './shell.tsx'

/** Every component that pages are built of, in its states. */
export function StyleguidePage(props: ConsoleProps) {
  const { words } = props.frame
  const text = words.console.styleguide
  return (
    <Shell
      {...props}
      title={text.title}
      crumbs={[{ href: '#main', name: text.crumb }]}
      aside={<Chip tone="good">{text.states.good}</Chip>}
    >
      <p class="c-muted">{text.lead}</p>
      <States {...props} />
      <Lists {...props} />
      <div class="c-two">
        <div>
          <Forms {...props} />
        </div>
        <div>
          <Details {...props} />
        </div>
      </div>
    </Shell>
  )
}

function States({ frame: { words } }: ConsoleProps) {
  const { states, banners, buttons } = words.console.styleguide
  return (
    <>
      <div class="c-actions">
        <Chip tone="good">{states.good}</Chip>
        <Chip tone="bad">{states.bad}</Chip>
        <Chip tone="warn">{states.warn}</Chip>
        <Chip>{states.plain}</Chip>
        <span class="c-attention">{states.attention}</span>
      </div>
      <Banner tone="good" title={banners.good}>
        <p>{banners.text}</p>
      </Banner>
      <Banner
        tone="bad"
        title={banners.bad}
        button={
          <ButtonLink href="#main" look="primary">
            {buttons.primary}
          </ButtonLink>
        }
      >
        <p>{banners.text}</p>
      </Banner>
      <Banner tone="warn" title={banners.warn} />
      <Banner tone="good" title={banners.stays} isAnswer>
        <p>{banners.staysText}</p>
      </Banner>
    </>
  )
}

const example_at = '2026-01-19T01:41:07.000Z'

function Lists(props: ConsoleProps) {
  const { words } = props.frame
  const { filters, states, rows, tabs } = words.console.styleguide
  const tones = ['good', 'bad', 'warn', 'plain'] as const
  return (
    <>
      <Tabs
        label={tabs.label}
        tabs={tabs.names.map((name, i) => ({ name, href: '#main', isChosen: i === 0 }))}
      />
      <BothFilters {...props} />
      <SearchField
        id="guide-search"
        label={filters.search}
        button={filters.send}
        action="/styleguide"
        method="get"
      />
      <Rows label={rows.label}>
        {tones.map((tone) => (
          <Row
            href="#main"
            chip={<Chip tone={tone}>{states[tone]}</Chip>}
            name={rows.name}
            under={rows.under}
            line={rows.line}
            note={rows.note}
            at={<MomentOf at={example_at} now={example_at} words={words} />}
          />
        ))}
        <StandingItem {...props} />
      </Rows>
      <Older href="#main" name={rows.older} note={rows.olderNote} />
    </>
  )
}

function BothFilters({ frame: { words } }: ConsoleProps) {
  const { filters } = words.console.styleguide
  const shown = filters.names.map((name, i) => ({ name, href: '#main', isChosen: i === 0 }))
  return (
    <>
      <Filters label={filters.label} filters={shown} />
      <Filters label={filters.wrapped} isWrapped filters={shown} />
    </>
  )
}

function StandingItem({ frame: { words } }: ConsoleProps) {
  const { buttons, states, rows } = words.console.styleguide
  return (
    <Item
      id="guide-item"
      chip={<Chip>{states.plain}</Chip>}
      name={rows.name}
      under={rows.under}
      line={rows.line}
      note={rows.note}
      action={<Button isLittle>{buttons.little}</Button>}
    />
  )
}

function Forms({ frame: { words }, context }: ConsoleProps) {
  const { fields, buttons } = words.console.styleguide
  const flash = {
    kind: 'refused',
    code: 'bad_mobile',
    form: 'guide',
    field: 'mobile',
    reason: '',
  } as const
  const at = { words, context: { ...context, flash }, form: 'guide' }
  return (
    <Panel id="guide-forms" title={fields.title}>
      <form class="c-form" action="/styleguide">
        <Field {...at} name="name" label={fields.name} hint={fields.hint} />
        <Field {...at} name="mobile" label={fields.mobile} value="138" />
        <Select {...at} name="kind" label={fields.kind} options={optionsOf(fields.kinds)} />
        <Field {...at} name="text" label={fields.text} value={fields.value} rows={3} count={200} />
        <div class="c-actions">
          <Button look="primary">{buttons.primary}</Button>
          <Button>{buttons.plain}</Button>
          <Button look="danger">{buttons.danger}</Button>
          <Button isLittle>{buttons.little}</Button>
          <Button to={pageHref(context, '/styleguide')}>{buttons.elsewhere}</Button>
        </div>
      </form>
      <Questions words={words} context={context} />
    </Panel>
  )
}

/** Dangerous buttons: a click asks, one that must be told something too. */
function Questions({ words, context }: Pick<ConsoleProps, 'context'> & { readonly words: Words }) {
  const { checklist, styleguide } = words.console
  const { confirm } = styleguide
  const at = { words, context, form: 'guide-asked' }
  return (
    <div class="c-actions">
      <Confirm
        id="guide-confirm"
        name={confirm.name}
        ask={confirm.ask}
        context={context}
        path="/do/clock.set"
        fields={{ mode: 'frozen' }}
        button={{ id: 'guide-confirmed', name: confirm.now }}
      />
      <VerbConfirm
        words={words}
        context={context}
        verb="vendor.refuse"
        id="guide-asked"
        name={checklist.vendorRefuse}
        ask={checklist.vendorRefuseAsk}
        form="guide-asked"
      >
        <Field {...at} name="reason" label={checklist.vendorReason} required />
      </VerbConfirm>
    </div>
  )
}

function Details({ frame: { words } }: ConsoleProps) {
  const { facts, progress, buttons, empty } = words.console.styleguide
  return (
    <>
      <Panel id="guide-facts" title={facts.title}>
        <Facts of={facts.rows} />
        <CodeBlock
          id="guide-code"
          title={facts.code}
          text={'{\n  "errcode": 43101,\n  "errmsg": "user refuse to accept the msg"\n}'}
          copy={words.docs.copy}
          copied={words.docs.copied}
        />
        <div class="c-actions">
          <CopyButton of="guide-code" name={words.console.send.curl} copied={words.docs.copied} />
        </div>
        <Progress
          id="guide-progress"
          label={progress.label}
          text={progress.text}
          done={2}
          of={5}
          cancel={<Button isLittle>{progress.cancel}</Button>}
        />
      </Panel>
      <Empty title={empty.title} text={empty.text}>
        <ButtonLink href="#main" look="primary">
          {buttons.primary}
        </ButtonLink>
      </Empty>
    </>
  )
}
