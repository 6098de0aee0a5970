import { filled, Say } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'
import type { Onlooker } from './props.ts'

/** What the choice of who is looking shows. */
export interface Props {
  readonly frame: Frame
  readonly account: string
  readonly people: readonly Onlooker[]
  /** There are more people than are shown. */
  readonly more: boolean
  readonly langHref: (lang: string) => string
}

/** Asks in whose WeChat a link opens: the simulator's own page, for the people at it. */
export function WhoPage({ frame, account, people, more, langHref }: Props) {
  const { who } = frame.words.wechat
  return (
    <Mobile frame={frame} title={who.title} langHref={langHref}>
      <div class="wx-head">
        <h1>{who.title}</h1>
        <p>{filled(who.lead, { account })}</p>
      </div>
      {people.length === 0 ? (
        <p class="wx-note">{who.none}</p>
      ) : (
        <ul class="weui-cells wx-people">
          {people.map((person) => (
            <li>
              <a class="weui-cell weui-cell_access" href={person.href}>
                <span class="wx-avatar" aria-hidden="true">
                  {[...person.name][0]}
                </span>
                <span class="weui-cell__bd">
                  {person.name} <small translate="no">{person.key}</small>
                </span>
                <span class="weui-cell__ft">{who.states[person.state]}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {more ? (
        <p class="wx-note">
          <Say text={who.more} fill={{ count: String(people.length) }} />
        </p>
      ) : null}
    </Mobile>
  )
}
