import type { PageContext, RefusedFlash } from '../page-context.ts'
import type { FollowerState } from '../wechat/props.ts'
import type { PhoneWords } from '../words/phone/en.ts'

/** Why a form did nothing. `form`: it was not made for this browser. `other`: there are no words for it. */
export type RefusalCode = keyof PhoneWords['refusals']

/** Why there is no page. */
export type MissingPage = Exclude<keyof PhoneWords['notFound'], 'title' | 'lead'>

/** What a tap needs that this phone has not. */
export type Need = keyof PhoneWords['flash']['needs']

/** What a page has to say of what was done last. */
export type Flash =
  | RefusedFlash<RefusalCode>
  | { readonly kind: 'followed' | 'scanned' }
  | {
      readonly kind: 'tapped'
      readonly button: string
      readonly event: string
      readonly event_key: string
      readonly needs: Need | null
      /** What the account answers at once. */
      readonly reply: string | null
    }

export type PhoneContext = PageContext<Flash>

/** An instant as WeChat words it: by how long ago it was, in Beijing. */
export interface Moment {
  readonly iso: string
  readonly age: 'today' | 'yesterday' | 'week' | 'year' | 'older'
  /** `09:00`. */
  readonly time: string
  /** From Sunday, 0. */
  readonly weekday: number
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
}

/** One person's phone, whatever it shows. */
export interface Phone {
  readonly person: string
  readonly key: string
  readonly name: string
  /** Of all conversations together. */
  readonly unread: number
  /** On the world's clock: `09:00`. */
  readonly time: string
  /** Changes with anything that the phone shows. */
  readonly digest: string
}

export interface PersonLine {
  readonly person: string
  readonly key: string
  readonly name: string
  readonly mobile: string | null
  readonly unread: number
  /** Names of the official accounts that the person follows. */
  readonly follows: readonly string[]
}

export interface PeopleFacts {
  readonly world: string
  readonly people: readonly PersonLine[]
  /** There are more than are listed. */
  readonly hasMore: boolean
  readonly q: string
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
}

/** Several phones at once. */
export interface SideFacts {
  readonly phones: readonly Pick<PersonLine, 'person' | 'key' | 'name'>[]
}

/** An official account as a list names it. */
interface ListedAccount {
  readonly appid: string
  readonly name: string
  readonly state: FollowerState
}

/** One line of the chat list. */
export interface ChatLine extends ListedAccount {
  readonly unread: number
  readonly last: {
    /** `template`, or a kind of chat message. */
    readonly type: string
    readonly title: string
    readonly line: string | null
    readonly at: string
  } | null
  readonly when: Moment | null
}

export interface ChatsFacts {
  readonly screen: 'chats'
  readonly chats: readonly ChatLine[]
}

export interface FindFacts {
  readonly screen: 'find'
  readonly q: string
  readonly found: readonly ListedAccount[]
}

export interface ScanFacts {
  readonly screen: 'scan'
}

export interface MeFacts {
  readonly screen: 'me'
  readonly mobile: string | null
  readonly unionid: string
  readonly snapshot: boolean
}

/** What a message says that is no template message. */
export type MessageContent =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'notice'; readonly content: string }
  | { readonly type: 'image'; readonly media_id: string | null; readonly pic_url: string | null }
  | { readonly type: 'voice'; readonly media_id: string | null }
  | {
      readonly type: 'video'
      readonly media_id: string | null
      readonly title: string
      readonly description: string
    }
  | {
      readonly type: 'music'
      readonly title: string
      readonly description: string
      readonly music_url: string
      readonly hq_music_url: string
    }
  | {
      readonly type: 'news'
      readonly articles: readonly {
        readonly title: string
        readonly description: string
        readonly url: string
      }[]
    }
  | {
      readonly type: 'msgmenu'
      readonly head_content: string
      readonly list: readonly { readonly id: string; readonly content: string }[]
      readonly tail_content: string
    }
  | { readonly type: 'miniprogrampage'; readonly title: string; readonly pagepath: string }
  | { readonly type: 'wxcard'; readonly card_id: string }
  | {
      readonly type: 'location'
      readonly latitude: string
      readonly longitude: string
      readonly label: string
    }

/** A message on the phone. */
export interface Message {
  readonly msgid_str: string
  readonly from: 'account' | 'person'
  /** Null: it is a template message. */
  readonly content: MessageContent | null
  readonly title: string
  readonly line: string | null
  readonly keywords: readonly { readonly label: string; readonly value: string }[]
  readonly url: string | null
}

export interface MenuButton {
  /** From 0, below a button with a point: `0.1`. */
  readonly position: string
  readonly name: string
  /** Null: it only opens the buttons below it. */
  readonly type: string | null
}

/** How a person and an official account stand to each other. */
interface Relation extends ListedAccount {
  readonly openid: string | null
  readonly consented: boolean
}

export interface ChatFacts {
  readonly screen: 'chat'
  readonly chat: Relation & {
    readonly next_cursor: string | null
    readonly menu: readonly (MenuButton & { readonly buttons: readonly MenuButton[] })[] | null
  }
  readonly hasMessages: boolean
  /** Older messages are shown, not the newest. */
  readonly isOlder: boolean
  /** So long the account shows yet that it types; 0: it does not. */
  readonly typing_ms: number
}

/** A notification for which an account can ask, with an example, and what the person answered last. */
export interface AskedSubscription {
  readonly template_id: string
  readonly title: string
  readonly lines: readonly { readonly label: string; readonly example: string }[]
  /** Null: the person was never asked. */
  readonly answer: 'accept' | 'reject' | null
  /** Null: any number. */
  readonly sends_left: number | null
}

export interface AccountFacts {
  readonly screen: 'account'
  readonly chat: Relation
  readonly subscriptions: readonly AskedSubscription[]
  readonly kind: keyof PhoneWords['account']['kinds']
  readonly original_id: string
}

export interface WebFacts {
  readonly screen: 'web'
  /** Null: it is no link that WeChat opens. */
  readonly url: string | null
  readonly isOurs: boolean
  readonly back: string
  /** Where what a page asks by the JS-SDK is answered. */
  readonly jssdkPath: string
}

/** An SMS or an e-mail. */
export interface Letter {
  readonly contact: string
  readonly from: string
  readonly to: string
  /** Of an SMS, empty. */
  readonly subject: string
  readonly text: string
  readonly when: Moment
}

/** What came by SMS or e-mail, the newest first; or one of them. */
export interface InboxFacts {
  readonly screen: 'sms' | 'mail'
  /** Null: the list is shown. */
  readonly letter: (Letter & { readonly html: string | null }) | null
  readonly letters: readonly Letter[]
  /** As `before`: what is older. Null: nothing is. */
  readonly next_cursor: string | null
}

export type ScreenFacts =
  | ChatsFacts
  | InboxFacts
  | FindFacts
  | ScanFacts
  | MeFacts
  | ChatFacts
  | AccountFacts
  | WebFacts
