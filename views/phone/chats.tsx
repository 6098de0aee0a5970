import { filled } from '../components/text.tsx'
import { pageHref } from '../page-context.ts'
import type { PhoneWords } from '../words/phone/en.ts'
import { Avatar, phoneHref, Unread, When } from './parts.tsx'
import type { ChatLine, ChatsFacts, PhoneContext } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

/** The conversations of a phone, the newest first. */
export function ChatsPage(props: ScreenProps & { facts: ChatsFacts }) {
  const { frame, context, phone, facts } = props
  const words = frame.words.phone
  return (
    <Shell {...props} title={words.chats.title} tab="chats" action={<Others {...props} />}>
      <div data-live="chats">
        {facts.chats.length === 0 ? (
          <div class="ph-empty">
            <p>{words.chats.none}</p>
            <a
              class="weui-btn weui-btn_mini weui-btn_primary"
              id="find"
              href={phoneHref(context, phone.person, '/find')}
            >
              {words.chats.look}
            </a>
          </div>
        ) : (
          <ul class="ph-list">
            {facts.chats.map((chat) => (
              <Line chat={chat} context={context} person={phone.person} words={words} />
            ))}
          </ul>
        )}
      </div>
    </Shell>
  )
}

/** The way to the table on which all phones lie. */
export function Others({ frame, context }: Pick<ScreenProps, 'frame' | 'context'>) {
  return (
    <a class="ph-others" id="others" href={pageHref(context, '/phone')} target="_top">
      <span class="ph-hidden">{frame.words.phone.allPhones}</span>
    </a>
  )
}

interface LineProps {
  readonly chat: ChatLine
  readonly context: PhoneContext
  readonly person: string
  readonly words: PhoneWords
}

function Line({ chat, context, person, words }: LineProps) {
  const { appid, name, state, unread, last, when } = chat
  const text = textOf(chat, words)
  const news = last && unread > 0 ? filled(words.chat.arrived, { name, text }) : undefined
  return (
    <li>
      <a
        class="ph-line"
        id={`chat-${appid}`}
        href={phoneHref(context, person, `/chat/${appid}`)}
        data-news={news && `${appid} ${last?.at} ${unread}`}
        data-said={news}
      >
        <span class="ph-picture">
          <Avatar name={name} seed={appid} />
          <Unread count={unread} words={words} />
        </span>
        <span class="ph-line-text">
          <span class="ph-line-top">
            <span class="ph-name">{name}</span>
            {when ? <When at={when} words={words} /> : null}
          </span>
          <span class="ph-line-last">
            {state === 'following' ? null : <em class="ph-state">{words.states[state]}</em>}
            <span class="ph-cut">{text}</span>
          </span>
        </span>
      </a>
    </li>
  )
}

function textOf({ last }: ChatLine, { chats, kinds }: PhoneWords): string {
  if (!last) return chats.noMessage
  const { type, title, line } = last
  const kind = type in kinds && type !== 'text' ? kinds[type as keyof typeof kinds] : ''
  return [kind, line || title].filter((text) => text !== '').join(' ')
}
