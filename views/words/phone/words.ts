import type { Need } from '../../../src/phone/menu.ts'
import type { Lost } from '../../../src/phone/pages/lost.ts'
import type { RefusedCode } from '../../../src/phone/pages/refused.ts'
import type { FollowerState } from '../../../src/wechat/follower.ts'

/** What the phone says. Names in braces are filled. */
export interface PhoneWords {
  readonly people: {
    readonly title: string
    readonly lead: string
    readonly search: string
    readonly find: string
    readonly all: string
    readonly list: string
    readonly follows: string
    readonly followsNobody: string
    readonly noMobile: string
    readonly more: string
    readonly none: string
    readonly nobody: string
    readonly side: string
    readonly sideHint: string
    readonly choose: string
    readonly make: string
    readonly makeHint: string
    readonly name: string
    readonly mobile: string
    readonly mobileHint: string
    readonly key: string
    readonly keyHint: string
    readonly submit: string
    readonly followsLegend: string
  }
  readonly side: {
    readonly title: string
    readonly back: string
    readonly alone: string
    readonly frame: string
  }
  readonly tabs: {
    readonly label: string
    readonly chats: string
    readonly find: string
    readonly scan: string
    readonly me: string
  }
  readonly back: string
  readonly allPhones: string
  readonly unread: string
  readonly whose: string
  readonly chats: {
    readonly title: string
    readonly none: string
    readonly look: string
    readonly noMessage: string
  }
  readonly states: Readonly<Record<FollowerState, string>>
  readonly find: {
    readonly title: string
    readonly label: string
    readonly submit: string
    readonly results: string
    readonly none: string
    readonly noAccount: string
  }
  readonly scan: {
    readonly title: string
    readonly label: string
    readonly hint: string
    readonly submit: string
    readonly open: string
    readonly openLabel: string
    readonly openHint: string
    readonly openSubmit: string
  }
  readonly me: {
    readonly title: string
    readonly key: string
    readonly mobile: string
    readonly none: string
    readonly person: string
    readonly unionid: string
    readonly snapshot: string
    readonly snapshotHint: string
    readonly language: string
  }
  readonly chat: {
    readonly messages: string
    readonly about: string
    readonly none: string
    readonly older: string
    readonly newest: string
    readonly details: string
    readonly menu: string
    readonly noMenu: string
    readonly notFollowed: string
    readonly follow: string
    readonly arrived: string
  }
  readonly account: {
    readonly title: string
    readonly kinds: Readonly<Record<'service' | 'subscription' | 'sandbox', string>>
    readonly original: string
    readonly appid: string
    readonly openid: string
    readonly noOpenid: string
    readonly follow: string
    readonly refollow: string
    readonly unfollow: string
    readonly chat: string
    readonly notices: string
    readonly noticesHint: string
    readonly block: string
    readonly blockHint: string
    readonly consent: string
    readonly consentHint: string
    readonly settings: string
    readonly facts: string
  }
  readonly web: {
    readonly title: string
    readonly close: string
    readonly outside: string
    readonly frame: string
    readonly bad: string
  }
  readonly lost: Readonly<Record<Lost, string>> & { readonly title: string; readonly lead: string }
  readonly notice: {
    readonly refused: string
    readonly followed: string
    readonly scanned: string
    readonly tapped: string
    readonly pushed: string
    readonly nothing: string
    readonly needs: Readonly<Record<Need, string>>
  }
  readonly refusals: Readonly<Record<RefusedCode, string>>
  readonly moments: {
    readonly yesterday: string
    readonly yesterdayAt: string
    readonly weekdays: readonly string[]
    readonly weekdayAt: string
    readonly months: readonly string[]
    readonly day: string
    readonly dayAt: string
    readonly date: string
    readonly dateAt: string
  }
}
