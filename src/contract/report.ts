import type { ContractReport, Finding } from './run.ts'

/** One finding as a line for a terminal. */
export function findingLine({
  check,
  title,
  verdict,
  expected,
  came,
  because,
  ms,
}: Finding): string {
  const marks = { holds: 'ok', differs: 'DIFF', not_tried: '-' } as const
  const line = `${marks[verdict].padEnd(4)}  ${check.padEnd(27)} ${title}`
  if (verdict === 'differs') return `${line}; expected ${expected}; came ${came} (${ms} ms)`
  return verdict === 'not_tried' ? `${line}: not tried, ${because}` : `${line} (${ms} ms)`
}

/** The last line for a terminal. */
export function summaryLine({ holds, differs, not_tried, target }: ContractReport): string {
  return `${holds} hold, ${differs} differ, ${not_tried} not tried at ${target}`
}

/** As JUnit's XML, which CI servers show: what differs is a failure, what was not tried is skipped. */
export function junitText({ findings, differs, not_tried, profile }: ContractReport): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(3)
  const total = findings.reduce((sum, { ms }) => sum + ms, 0)
  const cases = findings.map((one) => {
    const open = `    <testcase classname="contract" name="${escaped(`${one.check}: ${one.title}`)}" time="${seconds(one.ms)}"`
    const inner = innerOf(one)
    return inner === '' ? `${open}/>` : `${open}>\n      ${inner}\n    </testcase>`
  })
  const counted = `tests="${findings.length}" failures="${differs}" skipped="${not_tried}" time="${seconds(total)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counted}>`,
    `  <testsuite name="${escaped(`partner contract, profile ${profile}`)}" ${counted}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function innerOf({ verdict, expected = '', came = '', because = '' }: Finding): string {
  if (verdict === 'holds') return ''
  if (verdict === 'not_tried') return `<skipped message="${escaped(because)}"/>`
  return `<failure message="${escaped(`expected ${expected}`)}">${escaped(came)}</failure>`
}

/** What XML cannot hold becomes a question mark. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
