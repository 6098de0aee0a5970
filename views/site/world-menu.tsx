import { Button } from '../components/button.tsx'
import { Confirm } from '../components/confirm.tsx'
import { PostForm } from '../components/post-form.tsx'
import { filled } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import type { Site } from './props.ts'

interface Props {
  readonly words: Words
  readonly site: Site
}

const default_world = 'default'
const name_length_max = 63

/** Which world this is, the others, and how one is made, begun anew and ended. */
export function WorldMenu({ words, site }: Props) {
  const { facts } = site
  const text = words.site.world
  return (
    <details class="f-drop f-world" id="world-menu" data-drop open={isRefused(site)}>
      <summary>
        <span>{text.label}</span> <b translate="no">{facts.world}</b>
      </summary>
      <div class="f-panel">
        <Make words={words} site={site} />
        <p class="f-title">{text.switch}</p>
        <ul class="f-worlds" translate="no">
          {facts.worlds.map((world) => (
            <li>
              <a href={`${basePathOf(world)}/`} aria-current={world === facts.world || undefined}>
                {world}
              </a>
            </li>
          ))}
        </ul>
        {facts.hasMoreWorlds ? <p class="c-small">{text.more}</p> : null}
        <End words={words} site={site} />
      </div>
    </details>
  )
}

/** No world can have the name that was typed. */
function isRefused({ context: { typed } }: Site): boolean {
  return typed.form === 'world'
}

function whyRefused({ context: { flash, typed } }: Site, { console }: Words): string | undefined {
  if (typed.form !== 'world' || typeof flash !== 'object' || flash === null) return undefined
  const refusals: Readonly<Record<string, string>> = console.refusals
  return 'code' in flash ? refusals[String(flash.code)] : undefined
}

/** What addresses of a world begin with. */
export function basePathOf(world: string): string {
  return world === default_world ? '' : `/w/${encodeURIComponent(world)}`
}

/** A world of a name that is there is opened. */
function Make({ words, site }: Props) {
  const text = words.site.world
  const { context } = site
  const isWrong = isRefused(site)
  return (
    <>
      <p class="f-title">{text.make}</p>
      <PostForm
        context={context}
        path="/do/world.create"
        form="world"
        fields={{ if_exists: 'reuse' }}
        class="c-form"
      >
        <p class="c-field">
          <label for="world-name">{text.name}</label>
          <input
            class="c-input"
            id="world-name"
            name="name"
            value={isWrong ? context.typed.fields['name'] : undefined}
            maxlength={name_length_max}
            autocomplete="off"
            aria-describedby="world-name-hint"
            aria-invalid={isWrong ? 'true' : undefined}
            autofocus={isWrong}
            required
          />
          <span class={isWrong ? 'c-small c-error' : 'c-small'} id="world-name-hint">
            {whyRefused(site, words) ?? text.nameHint}
          </span>
        </p>
        <Button id="world-make">{text.make}</Button>
      </PostForm>
    </>
  )
}

function End({ words, site: { context, facts } }: Props) {
  const text = words.site.world
  const { world } = facts
  const fill = { world }
  // Ended from where it is not: its own pages are gone with it.
  const outside = { ...context, basePath: '', returnTo: '/' }
  return (
    <div class="c-actions">
      <Confirm
        id="world-reset-ask"
        name={text.reset}
        ask={filled(text.resetAsk, fill)}
        context={context}
        path="/do/world.reset"
        button={{ id: 'world-reset', name: filled(text.resetNow, fill) }}
      />
      {world === default_world ? null : (
        <Confirm
          id="world-end-ask"
          name={text.end}
          ask={filled(text.endAsk, fill)}
          context={outside}
          path="/do/world.delete"
          fields={{ world }}
          button={{ id: 'world-end', name: filled(text.endNow, fill) }}
        />
      )}
    </div>
  )
}
