import { Panel } from '../../components/panel.tsx'
import { Field } from '../field.tsx'
import { type AccountProps, Submit, VerbForm } from '../parts.tsx'

/** Registers whom a file names, and gives everybody as a file. With script a file is chosen; its text is what is sent. */
export function ImportForm({ frame: { words }, context, facts: { life }, site }: AccountProps) {
  const text = words.console.imports
  const at = { words, context, form: 'import' }
  const world = `/_sim/v1/worlds/${site.facts.world}`
  return (
    <Panel id="import" title={text.title}>
      <p>
        <a href={`${world}/associations/export?account=${life.key}`} id="export">
          {text.export}
        </a>
      </p>
      <VerbForm
        context={context}
        verb="association_import.create"
        form="import"
        fields={{ account: life.key }}
        class="c-form"
      >
        <div class="c-field" data-file="import-csv" hidden>
          <label for="import-file">{text.file}</label>
          <input class="c-input" id="import-file" type="file" accept=".csv,text/csv" />
          <output class="c-small" for="import-file" data-says={text.readAs} />
        </div>
        <Field
          {...at}
          name="csv"
          label={text.csv}
          hint={text.csvHint}
          placeholder={text.example}
          rows={5}
          required
        />
        <Submit words={words} verb="association_import.create" id="import-now" />
      </VerbForm>
    </Panel>
  )
}
