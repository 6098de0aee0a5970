interface Props {
  readonly id: string
  readonly words: { readonly label: string; readonly placeholder: string }
  readonly value: string
  readonly hint?: string
  readonly error: string | undefined
  /** The first field that is wrong has the focus. */
  readonly isFirst: boolean
  readonly input: Readonly<Record<string, string>>
}

/** A field with its label; hint and error stand below it and are said along with it. */
export function Field({ id, words, value, hint, error, isFirst, input }: Props) {
  const hintId = hint === undefined ? [] : [`${id}-hint`]
  const errorId = error === undefined ? [] : [`${id}-error`]
  const described = [...errorId, ...hintId].join(' ')
  return (
    <div class={error === undefined ? 'reg-field' : 'reg-field reg-field_wrong'}>
      <div class="weui-cell">
        <div class="weui-cell__hd">
          <label class="weui-label" for={id}>
            {words.label}
          </label>
        </div>
        <div class="weui-cell__bd">
          <input
            class="weui-input"
            id={id}
            name={id}
            value={value}
            placeholder={words.placeholder}
            required
            aria-invalid={error === undefined ? undefined : 'true'}
            aria-describedby={described === '' ? undefined : described}
            autofocus={isFirst}
            {...input}
          />
        </div>
      </div>
      {error === undefined ? null : (
        <p class="reg-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p class="reg-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface RegionProps {
  readonly words: { readonly label: string }
  readonly options: string
}

/** Where the mobile is from, for those who write it without its country code. */
export function RegionField({ words, options }: RegionProps) {
  return (
    <div class="reg-field">
      <div class="weui-cell reg-region">
        <div class="weui-cell__hd">
          <label class="weui-label" for="region">
            {words.label}
          </label>
        </div>
        <div class="weui-cell__bd">
          <select
            class="reg-select"
            id="region"
            name="region"
            // Our own component, rendered before.
            dangerouslySetInnerHTML={{ __html: options }}
          />
        </div>
      </div>
    </div>
  )
}

/** A region, the code that is dialled for it, and its name. */
export interface RegionOption {
  readonly region: string
  readonly calling: string
  readonly name: string
}

interface OptionsProps {
  readonly words: { readonly common: string; readonly all: string }
  readonly common: readonly RegionOption[]
  readonly others: readonly RegionOption[]
  readonly selected: string
}

/** What the select of regions offers: the common ones first. */
export function RegionOptions({ words, common, others, selected }: OptionsProps) {
  return (
    <>
      <optgroup label={words.common}>
        {common.map((one) => (
          <Option one={one} selected={selected} />
        ))}
      </optgroup>
      <optgroup label={words.all}>
        {others.map((one) => (
          <Option one={one} selected={selected} />
        ))}
      </optgroup>
    </>
  )
}

function Option({ one, selected }: { one: RegionOption; selected: string }) {
  return (
    <option value={one.region} selected={one.region === selected}>
      {`${one.name} +${one.calling}`}
    </option>
  )
}
