import { z } from 'zod'
import { words } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { RawRequest } from '../../core/request.ts'
import { refuse } from '../endpoint.ts'
import { type ButtonField, type ButtonType, button_fields, console_types } from './button.ts'

/** Every type of button that a call can make. */
export const button_types = Object.keys(button_fields) as ButtonType[]

/** What a leaf has besides its name and type. */
export const button_field_shapes = {
  key: z.string().optional(),
  url: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
  media_id: z.string().optional(),
  article_id: z.string().optional(),
} satisfies Record<ButtonField, z.ZodType>

const type = z.enum(button_types).optional()
export const name = z.string()
/** A button as it is sent. */
const sent = z.object({ type, name, ...button_field_shapes })

/** The buttons of a menu as they are sent. */
export const sentShape = z
  .array(sent.extend({ sub_button: z.array(sent).max(5).optional() }))
  .min(1)
  .max(3)

const leaf = z.object({ type, name, ...button_field_shapes, sub_button: z.array(z.never()) })
/** The buttons of a menu as `menu/get` answers them: `sub_button` is always there. */
export const menuShape = z.array(leaf.extend({ sub_button: z.array(leaf) }))

/** An article of a button that was made in the console. */
export const newsShape = z.object({
  title: z.string(),
  author: z.string(),
  digest: z.string(),
  show_cover: z.int(),
  cover_url: z.string(),
  content_url: z.string(),
  source_url: z.string(),
})
const bare = z.object({
  type: z.enum([...button_types, ...console_types]).optional(),
  name,
  ...button_field_shapes,
  value: z
    .string()
    .optional()
    .meta(words('For a button created in the console.', '仅后台设置的按钮有。')),
  news_info: z.object({ list: z.array(newsShape) }).optional(),
})

/** The same as `get_current_selfmenu_info` answers them: only parents have `sub_button`, with a list in it. */
export const nestedShape = z.array(
  bare.extend({ sub_button: z.object({ list: z.array(bare) }).optional() }),
)

/** An escape of JSON that spells a character by its number; a backslash that is itself escaped begins none. */
const numeric_escape = /(?<!\\)(?:\\\\)*\\u/

/** Text must be sent as it is: menus with escaped Chinese were refused (field reports). */
export function refuseEscapes({ request }: { readonly request: RawRequest }): Refusal | undefined {
  if (!numeric_escape.test(request.body.toString('latin1'))) return undefined
  return refuse(40033, { rule: 'menu.unescaped', expected: 'UTF-8 without \\uXXXX' })
}
