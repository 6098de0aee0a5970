import { Say } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import { Scroll } from './parts.tsx'
import type { DrillDoc, OutcomeDoc, RefusalDoc, SettingDoc } from './props.ts'
import { Meaning } from './refusals.tsx'

/** So many rows scroll in a box of their own. */
const rows_max = 40

/** What a platform must handle, row by row. */
export function Outcomes({ words, outcomes }: { words: Words; outcomes: readonly OutcomeDoc[] }) {
  const { outcomes: says } = words.docs
  return (
    <Scroll label={says.label}>
      <table class="outcomes">
        <thead>
          <tr>
            <th scope="col">{says.outcome}</th>
            <th scope="col">{says.does}</th>
            <th scope="col">{says.magic}</th>
            <th scope="col">{says.fault}</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map(({ id, errcode, meets, act, does, mobile, fault }) => (
            <tr id={`outcome-${id}`}>
              <th scope="row">
                {errcode === null ? null : <code class="code">{errcode}</code>} {meets}
              </th>
              <td>
                <b class={`act ${act}`}>{says.acts[act]}</b> <Say text={does} />
              </td>
              <Value label={says.magic} value={mobile} />
              <Value label={says.fault} value={fault} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** The named bad days, and what the audit says of who does not handle them. */
export function Drills({ words, drills }: { words: Words; drills: readonly DrillDoc[] }) {
  const { drills: says } = words.docs
  return (
    <Scroll label={says.label}>
      <table class="outcomes drills">
        <thead>
          <tr>
            <th scope="col">{says.drill}</th>
            <th scope="col">{says.does}</th>
            <th scope="col">{says.audit}</th>
            <th scope="col">{says.lasts}</th>
          </tr>
        </thead>
        <tbody>
          {drills.map(({ name, title, advice, lasts }) => (
            <tr id={`drill-${name}`}>
              <th scope="row">
                <code class="name">{name}</code> {title}
              </th>
              <td>{advice}</td>
              <td data-label={says.audit}>
                <Say text={says.audits[name] ?? ''} />
              </td>
              <Value label={says.lasts} value={lasts} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** A cell that may be empty; where the table has no columns any more, it says whose it is. */
function Value({ label, value }: { label: string; value: string | null }) {
  return value === null ? (
    <td class="nothing">–</td>
  ) : (
    <td data-label={label}>
      <code translate="no">{value}</code>
    </td>
  )
}

/** Codes, or types of problem with their status. */
export function CodeTable({
  words,
  name,
  codes,
}: {
  words: Words
  name: string
  codes: readonly RefusalDoc[]
}) {
  return (
    <Scroll label={`${words.docs.codesLabel}: ${name}`} tall={codes.length > rows_max}>
      <table class="codes">
        <tbody>
          {codes.map((refusal) => (
            <tr id={`${name}-${name === 'problems' ? refusal.text : refusal.code}`}>
              <th scope="row">
                <b class="code">{refusal.code}</b> <code>{refusal.text}</code>
              </th>
              <td>
                <Meaning words={words} of={refusal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** The rules whose names stand in decisions. */
export function Rules({ words }: { words: Words }) {
  return (
    <Scroll label={words.docs.rulesLabel} tall>
      <table class="codes">
        <tbody>
          {Object.entries(words.rules).map(([rule, means]) => (
            <tr id={`rule-${rule}`}>
              <th scope="row">
                <code>{rule}</code>
              </th>
              <td>
                <Say text={means} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** Every setting, in each place where it can be given. */
export function Settings({ words, settings }: { words: Words; settings: readonly SettingDoc[] }) {
  const { settings: says } = words.docs
  return (
    <Scroll label={says.label}>
      <table class="settings">
        <thead>
          <tr>
            <th scope="col">{says.setting}</th>
            <th scope="col">{says.meaning}</th>
            <th scope="col">{says.usual}</th>
            <th scope="col">{says.file}</th>
            <th scope="col">{says.commands}</th>
          </tr>
        </thead>
        <tbody>
          {settings.map(({ id, names, key, usual, commands, meaning }) => (
            <tr id={`setting-${id}`}>
              <th scope="row">
                {names.map((name) => (
                  <code class="name">{name}</code>
                ))}
              </th>
              <td>
                <Say text={meaning} />
              </td>
              <Value label={says.usual} value={usual === '' ? null : usual} />
              <Value label={says.file} value={key ?? null} />
              <td data-label={says.commands}>{commands}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
