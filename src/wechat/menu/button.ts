/** What a button may carry besides its name; each type has its own. */
export type ButtonField = 'key' | 'url' | 'appid' | 'pagepath' | 'media_id' | 'article_id'

/** What each type of button needs, in the order of the checks. Source: developers.weixin.qq.com: createCustomMenu. */
export const button_fields = {
  click: ['key'],
  view: ['url'],
  miniprogram: ['url', 'appid', 'pagepath'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
} as const satisfies Readonly<Record<string, readonly ButtonField[]>>

export type ButtonType = keyof typeof button_fields

/** One button of a menu: a leaf has a type and the type's fields, a parent has buttons below it and nothing else. */
export interface Button extends Partial<Readonly<Record<ButtonField, string>>> {
  readonly type?: ButtonType
  readonly name: string
  /** Always there, empty on a leaf. */
  readonly sub_button: readonly Button[]
}
