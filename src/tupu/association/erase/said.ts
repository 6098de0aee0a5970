import { listTrace } from '../../../../db/exchange.ts'
import type { AssociationChangeRow, ExchangeRow } from '../../../../db/schema.ts'
import type { Db } from '../../../../db/unit.ts'
import { readForm, readJson } from '../../../core/request.ts'
import { phoneLibrary, readMobile } from '../../mobile.ts'
import type { Said } from './terms.ts'

/** The exchanges by which an association was made and changed. */
export function tracesOf(changes: readonly AssociationChangeRow[]): string[] {
  const made = changes.filter(({ verb }) => verb === 'registered' || verb === 'changed')
  return [...new Set(made.map(({ trace }) => trace))].filter((trace) => trace !== '')
}

/**
 * What was said in the exchanges by which an association was made and changed: history itself keeps no values, and those of
 * an earlier change are to go as well.
 */
export async function listSaid(db: Db, epoch: number, traces: readonly string[]): Promise<Said[]> {
  const said: Said[] = []
  for (const trace of traces) {
    for (const row of await listTrace(db, epoch, trace)) {
      if (row.direction === 'in') said.push(saidIn(row))
    }
  }
  return said
}

function saidIn({ request_body }: ExchangeRow): Said {
  const read = readJson(request_body)
  const fields = read.fault ? readForm(request_body.toString('utf8')) : read.fields
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    name: text('name'),
    email: text('email'),
    mobile: mobileIn(text('mobile'), text('region')) ?? '',
  }
}

/** A form says the region beside the number. */
function mobileIn(mobile: string, region: string): string | undefined {
  if (region === '' || !phoneLibrary().isSupportedCountry(region)) return readMobile(mobile)
  return readMobile(mobile, region)
}
