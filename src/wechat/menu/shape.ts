import { z } from 'zod'
import { type ButtonField, type ButtonType, button_fields } from './button.ts'

const types = Object.keys(button_fields) as ButtonType[]

/** What a leaf has besides its name and type. */
const fields = {
  key: z.string().optional(),
  url: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
  media_id: z.string().optional(),
  article_id: z.string().optional(),
} satisfies Record<ButtonField, z.ZodType>

const type = z.enum(types).optional()
const name = z.string()

/** A button as it is sent. */
const sent = z.object({ type, name, ...fields })
/** The buttons of a menu as they are sent. */
export const sentButtons = z
  .array(sent.extend({ sub_button: z.array(sent).max(5).optional() }))
  .min(1)
  .max(3)

const leaf = z.object({ type, name, ...fields, sub_button: z.array(z.never()) })
/** The buttons of a menu as `menu/get` answers them: `sub_button` is always there. */
export const shownShape = z.array(leaf.extend({ sub_button: z.array(leaf) }))

const bare = z.object({ type, name, ...fields })
/** The same as `get_current_selfmenu_info` answers them: only parents have `sub_button`, with a list in it. */
export const nestedShape = z.array(
  bare.extend({ sub_button: z.object({ list: z.array(bare) }).optional() }),
)
