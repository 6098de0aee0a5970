import { nearest } from '../core/nearest.ts'
import { StartError } from '../start-error.ts'
import type { Place } from './settings.ts'
import type { SettingName } from './values.ts'

/** A value as somebody gave it, and where, in words that an error can begin with. */
export interface Given {
  readonly value: unknown
  readonly place: Place
  readonly label: string
}

/** What one place gives. */
export type GivenSettings = ReadonlyMap<SettingName, Given>

/** The error for a name that is none, with the one that was probably meant. */
export function unknownName(label: string, name: string, names: readonly string[]): StartError {
  const meant = nearest(name, names)
  const fix = meant ? `Did you mean ${meant}?` : `There are: ${names.join(', ')}.`
  return new StartError(`${label} is unknown.`, { field: name, fix })
}
