/**
 * Signs that nobody sees: direction, joining, variation and soft hyphens, which address books and chats paste along. Unicode
 * calls them ignorable.
 */
export const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/** Full-width forms and the digits of other scripts as ASCII, each in its place. */
export function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000\u0660-\u0669\u06f0-\u06f9]/g, (wide) => {
    const code = wide.charCodeAt(0)
    if (code === 0x3000) return ' '
    return code > 0xff00 ? String.fromCharCode(code - 0xfee0) : String(code & 0xf)
  })
}

/** Those that join a picture (❤️, 👨‍👩‍👧) belong to it, but for signs of direction: these turn what comes after it. */
const HIDDEN =
  /\p{Bidi_Control}|(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\p{Default_Ignorable_Code_Point}/gu

/** What is left of Unicode without the blocks of ASCII and Chinese, in which everything is seen: most texts have nothing of it. */
const UNUSUAL = /[^\0-\xac\u3000-\u3163\u4e00-\u9fff\uff01-\uff9f]/

/** Text with what nobody sees as escapes of JSON; `begin`: how each of them begins. */
export function escapeInvisible(text: string, begin = '\\u'): string {
  if (!UNUSUAL.test(text)) return text
  return text.replace(HIDDEN, (sign) => escaped(sign, begin))
}

function escaped(sign: string, begin = '\\u'): string {
  const units = sign.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  return units.map((unit) => begin + unit).join('')
}

/** What moves the cursor, recolours the terminal of whoever reads, or breaks the line in some of them. */
const MOVING = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu

/** One line as a terminal may show it: nothing in it moves, turns or hides anything. */
export function printable(line: string): string {
  return escapeInvisible(line.replace(MOVING, (sign) => escaped(sign)))
}

/** The same of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
