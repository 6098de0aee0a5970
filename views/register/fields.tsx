import { filled } from '../components/text.tsx'
import type { RegisterWords } from '../words/register/en.ts'
import { Field, RegionField } from './field.tsx'
import type { FieldCode, Typed } from './props.ts'

/** What every field of the form is handed. */
export interface FieldProps {
  readonly form: RegisterWords['form']
  readonly typed: Typed
  readonly error: string | undefined
  /** The first field that is wrong has the focus. */
  readonly isFirst: boolean
}

/** What is wrong, in words. */
export function errorText(
  form: RegisterWords['form'],
  code: FieldCode | undefined,
  company: string,
): string | undefined {
  return code === undefined ? undefined : filled(form.errors[code], { company })
}

export function NameField({ form, typed, error, isFirst }: FieldProps) {
  return (
    <Field
      id="name"
      words={form.name}
      value={typed.name}
      error={error}
      isFirst={isFirst}
      input={{ type: 'text', autocomplete: 'name', dir: 'auto' }}
    />
  )
}

/** The number, and before it the region for those who write it without its country code. */
export function MobileField({
  form,
  typed,
  error,
  isFirst,
  hint,
  options,
}: FieldProps & { hint: string; options: string }) {
  return (
    <>
      <RegionField words={form.region} options={options} />
      <Field
        id="mobile"
        words={form.mobile}
        value={typed.mobile}
        hint={hint}
        error={error}
        isFirst={isFirst}
        input={{ type: 'tel', inputmode: 'tel', autocomplete: 'tel' }}
      />
    </>
  )
}

/** Not of the type `email`: a browser would rewrite addresses that have other letters. */
export function EmailField({ form, typed, error, isFirst }: FieldProps) {
  return (
    <Field
      id="email"
      words={form.email}
      value={typed.email}
      error={error}
      isFirst={isFirst}
      input={{
        type: 'text',
        inputmode: 'email',
        autocomplete: 'email',
        autocapitalize: 'none',
        spellcheck: 'false',
      }}
    />
  )
}
