import type { FollowerState } from '../../../src/wechat/follower.ts'

/** What the pages of WeChat say. */
export interface WechatWords {
  readonly title: string
  /** Of pages on which something is wrong. */
  readonly sorry: string
  readonly error: {
    /** `{code}` is WeChat's number. */
    readonly code: string
    /** `{trace}` names the exchange in the journal. */
    readonly trace: string
  }
  readonly outside: {
    readonly heading: string
    readonly why: string
    readonly who: string
  }
  readonly who: {
    readonly title: string
    /** `{account}` is the official account's name. */
    readonly lead: string
    readonly none: string
    /** `{count}` is how many are shown. */
    readonly more: string
    readonly states: Readonly<Record<FollowerState, string>>
  }
  readonly consent: {
    readonly title: string
    readonly asks: string
    readonly what: string
    readonly as: string
    readonly allow: string
    readonly deny: string
    readonly stale: string
  }
  readonly refused: {
    readonly heading: string
    readonly text: string
    readonly again: string
  }
}
