import type { WechatWords } from '../words/wechat/en.ts'

/** How a person stands to an official account. */
export type FollowerState = keyof WechatWords['who']['states']

/** Somebody in whose WeChat a link may open. */
export interface Onlooker {
  readonly key: string
  readonly name: string
  readonly state: FollowerState
  readonly href: string
}
