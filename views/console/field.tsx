import type { Words } from '../words/en.ts'
import type { ConsoleContext } from './props.ts'

interface FieldProps {
  readonly words: Words
  readonly context: Pick<ConsoleContext, 'flash' | 'typed'>
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
  readonly placeholder?: string
  /** Names that are offered while one types: id of a list. */
  readonly list?: string
  /** So many characters are good: counted while one types, and more may be typed. */
  readonly count?: number
}

/** A field of a form with its label, and what is wrong with it. */
export function Field(props: InputProps) {
  const { type = 'text', maxlength, rows, required, placeholder, list, count } = props
  const counted = count === undefined ? undefined : String(count)
  const common = { ...attributesOf(props), maxlength, required, placeholder, class: 'c-input' }
  const value = currentValue(props)
  return (
    <div class="c-field">
      <Around {...props} />
      {rows === undefined ? (
        <input {...common} type={type} value={value} autocomplete="off" list={list} />
      ) : (
        <textarea {...common} rows={rows} data-count={counted}>
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
    <div class="c-field">
      <Around {...props} />
      <select {...attributesOf(props)} class="c-input">
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

function Around(props: FieldProps & { readonly count?: number }) {
  const { label, hint, count } = props
  const id = idOf(props)
  const fault = faultOf(props)
  const length = [...currentValue(props)].length
  return (
    <>
      <div class="c-label">
        <label for={id}>{label}</label>
        {count === undefined ? null : (
          <output id={`${id}-count`} for={id} class={length > count ? 'c-over' : undefined}>
            {`${length} / ${count}`}
          </output>
        )}
      </div>
      {hint ? (
        <p class="c-small" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p class="c-error" id={`${id}-fault`}>
          {fault}
        </p>
      ) : null}
    </>
  )
}

function attributesOf(props: FieldProps & { readonly count?: number }) {
  const id = idOf(props)
  const isWrong = faultOf(props) !== undefined
  const described = [
    isWrong && `${id}-fault`,
    props.hint && `${id}-hint`,
    props.count !== undefined && `${id}-count`,
  ].filter(Boolean)
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
