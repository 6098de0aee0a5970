import type { RegisterWords } from '../words/register/en.ts'

export type FormMode = 'first' | 'change' | 'apply'
export type FieldName = 'name' | 'mobile' | 'email' | 'consent'
/** What may be wrong with a field. */
export type FieldCode = keyof RegisterWords['form']['errors']

/** What somebody typed, as it came. */
export interface Typed {
  readonly name: string
  readonly region: string
  readonly mobile: string
  readonly email: string
  readonly consent: boolean
}
