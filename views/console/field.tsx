import type { Words } from '../words/en.ts'
import type { ConsoleContext } from './props.ts'

interface FieldProps {
  readonly words: Words
  readonly context: ConsoleContext
  /** The form in which it stands. */
  readonly form: string
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  /** What stands there unless something else was typed. */
  readonly value?: string
}

interface InputProps extends FieldProps {
  readonly type?: 'text' | 'tel' | 'url' | 'number'
  readonly maxlength?: number
  readonly rows?: number
  readonly required?: boolean
}

/** A field of a form with its label, and what is wrong with it. */
export function Field(props: InputProps) {
  const { type = 'text', maxlength, rows, required } = props
  const common = { ...attributesOf(props), maxlength, required }
  const value = currentValue(props)
  return (
    <div class="co-field">
      <Around {...props} />
      {rows === undefined ? (
        <input {...common} type={type} value={value} autocomplete="off" />
      ) : (
        <textarea {...common} rows={rows}>
          {value}
        </textarea>
      )}
    </div>
  )
}

interface SelectProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly name: string }[]
}

/** One of several. */
export function Select(props: SelectProps) {
  const chosen = currentValue(props)
  return (
    <div class="co-field">
      <Around {...props} />
      <select {...attributesOf(props)}>
        {props.options.map(({ value, name }) => (
          <option value={value} selected={value === chosen}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The options of a table of names. */
export function optionsOf(names: Readonly<Record<string, string>>): SelectProps['options'] {
  return Object.entries(names).map(([value, name]) => ({ value, name }))
}

function Around(props: FieldProps) {
  const { label, hint } = props
  const id = idOf(props)
  const fault = faultOf(props)
  return (
    <>
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      ) : null}
    </>
  )
}

function attributesOf(props: FieldProps) {
  const id = idOf(props)
  const isWrong = faultOf(props) !== undefined
  const described = [isWrong && `${id}-fault`, props.hint && `${id}-hint`].filter(Boolean)
  return {
    id,
    name: props.name,
    'aria-describedby': described.join(' ') || undefined,
    'aria-invalid': isWrong ? ('true' as const) : undefined,
    autofocus: isWrong,
  }
}

function idOf({ form, name }: FieldProps): string {
  return `${form}-${name.replaceAll('.', '-')}`
}

function currentValue({ context: { typed }, form, name, value = '' }: FieldProps): string {
  return typed.form === form ? (typed.fields[name] ?? value) : value
}

function faultOf({ context: { flash }, form, name, words }: FieldProps): string | undefined {
  if (flash?.kind !== 'refused' || flash.form !== form || flash.field !== name) return undefined
  return words.console.refusals[flash.code]
}
