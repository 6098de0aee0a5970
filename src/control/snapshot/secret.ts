import { isDeepStrictEqual } from 'node:util'
import type { EpochTableRow } from '../../../db/epoch.ts'
import type { EpochTable } from '../../../db/schema.ts'
import { officialSecrets } from '../../wechat/official-account.ts'
import type { Source } from '../../world/seed.ts'
import { generatedSecret } from '../account/account.ts'
import { secret_columns } from '../world/secret.ts'

/** What a file without secrets has in their place: it follows from name and seed of the world, or only the server knows it. */
export const derived = { derived: true } as const
export const withheld = { withheld: true } as const

export const isDerived = (value: unknown) => isDeepStrictEqual(value, derived)
export const isWithheld = (value: unknown) => isDeepStrictEqual(value, withheld)

/** What a secret of a row is when nobody has chosen another; undefined: only somebody can have chosen it. */
export function derivedSecret(
  source: Source,
  table: EpochTable,
  row: EpochTableRow,
  column: string,
): string | undefined {
  if (table === 'official_account') {
    const secrets = officialSecrets(source, String(row['appid']))
    return secrets[column as keyof typeof secrets]
  }
  const isPartner = table === 'account' && column === 'partner_secret'
  return isPartner ? generatedSecret(source, String(row['key'])) : undefined
}

/** A row without its secrets. */
export function hideSecrets(source: Source, table: EpochTable, row: EpochTableRow): EpochTableRow {
  const hidden: Record<string, unknown> = { ...row }
  for (const [column, value] of Object.entries(row)) {
    if (typeof value !== 'string') continue
    if (secret_columns.includes(column))
      hidden[column] = value === derivedSecret(source, table, row, column) ? derived : withheld
    else if (/^[{[]/.test(value) && namesSecret(value)) hidden[column] = withheld
  }
  return hidden
}

function namesSecret(text: string): boolean {
  try {
    return hasSecret(JSON.parse(text))
  } catch {
    return false
  }
}

const secret_names = [...secret_columns, 'secret']

/** Whether a value holds a secret that somebody has chosen, at whatever depth. */
export function hasSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, below]) => {
    const isChosen = typeof below === 'string' && below !== 'generated'
    return (isChosen && secret_names.includes(name)) || hasSecret(below)
  })
}
