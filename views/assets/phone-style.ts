import { darkStyle } from './phone/dark.ts'
import { frameStyle } from './phone/frame.ts'
import { listStyle } from './phone/lists.ts'
import { sheetStyle } from './phone/sheets.ts'
import { tableStyle } from './phone/table.ts'
import { talkStyle } from './phone/talk.ts'

/** What the pages of the phone add to the look of a phone. */
export const phoneStyle = frameStyle + listStyle + talkStyle + sheetStyle + tableStyle + darkStyle
