import type { z } from 'zod'
import type { Method } from '../../core/endpoint.ts'
import type { Answers } from './answer-data.ts'
import type { mobile_formats, profileData } from './data.ts'

/** How a field is written where it stands; a pointer alone says only where. */
export interface Spelled {
  readonly at: string
  readonly format?: (typeof mobile_formats)[number]
  readonly cut?: number | undefined
  readonly max?: number | undefined
  readonly form?: 'map' | 'pairs' | 'wechat'
  readonly name?: string
  readonly value?: string
  readonly take?: Readonly<Record<string, string>>
}

/** How a profile spells one endpoint. */
export interface OwnPlace {
  readonly method?: Method | undefined
  readonly path?: string | undefined
  readonly content?: 'json' | 'form' | 'xml' | undefined
  readonly fields: Readonly<Record<string, string | Spelled | undefined>>
  readonly constants: Readonly<Record<string, unknown>>
  readonly rows_max: number
  readonly answers?: Answers | undefined
}
/** A profile that may be used; `endpoints` by canonical id, null where the partner has none. */
export type Profile = Omit<z.output<typeof profileData>, 'endpoints'> & {
  readonly endpoints: Readonly<Record<string, OwnPlace | null | undefined>>
}

/** How a field is spelled by a profile; undefined: as in the canonical contract. */
export function spelledField(
  profile: Pick<Profile, 'endpoints'>,
  endpoint: string,
  field: string,
): Spelled | undefined {
  const own = profile.endpoints[endpoint]?.fields[field]
  return typeof own === 'string' ? { at: own } : own
}
