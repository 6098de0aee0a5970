import { readFileSync } from 'node:fs'
import { readFlags } from '../config/flags.ts'
import { Values } from '../config/values.ts'
import {
  type CoverageReport,
  coverageShape,
  coverageText,
  mergeReports,
} from '../core/coverage-report.ts'
import { StartError } from '../start-error.ts'
import { sortOut } from './arguments.ts'
import { type Terminal, tell } from './terminal.ts'

/** `tupu-sim coverage FILE…`: what several runs have met together; exit code 1 when that is too little. */
export async function coverage(args: readonly string[], terminal: Terminal): Promise<number> {
  const { names: files, flags } = sortOut(args)
  const min = readMin(flags)
  if (files.length === 0) {
    const fix = 'Name answers of coverage.get: tupu-sim coverage a.json b.json --min 80.'
    throw new StartError('There is nothing to add up.', { fix })
  }
  const report = mergeReports(files.map(readReport))
  tell(terminal.stdout, coverageText(report).trimEnd())
  if (report.met * 100 >= min * report.of) return 0
  tell(terminal.stderr, `tupu-sim: ${report.percent} % of the outcomes were met, not ${min} %`)
  return 1
}

function readMin(flags: readonly string[]): number {
  const given = readFlags('coverage', flags).given.get('min')
  const parsed = Values.shape.min.safeParse(given?.value ?? 0)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new StartError(`${given?.label} is ${JSON.stringify(given?.value)}.`, {
    field: 'min',
    ...(issue && { fix: issue.message }),
  })
}

function readReport(file: string): CoverageReport {
  const fix = 'Keep the answer of GET /_sim/v1/coverage in it, or run tupu-sim exec --coverage.'
  try {
    return coverageShape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause
    const what = isMissing ? `cannot be read: ${cause.message}` : 'is no answer of coverage.get'
    throw new StartError(`${file} ${what}.`, { fix, cause })
  }
}
