const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}]/u

/** About how wide a text is, rather too wide than too narrow: fonts differ. */
export function widthOf(text: string, size: number): number {
  let ems = 0
  for (const sign of text) ems += emsOf(sign)
  return ems * size
}

function emsOf(sign: string): number {
  if (WIDE.test(sign)) return 1
  if (/[WMm@%‰—…ЖШЩЮФЫшщю]/u.test(sign)) return 1.08
  if (/[wDGHNOQU&<>=+~#]/u.test(sign)) return 0.84
  if (/\p{Lu}/u.test(sign)) return 0.76
  return /[ilj.,:;|'! ]/u.test(sign) ? 0.36 : 0.64
}

/** A text on one line, as far as there is room for it. */
export function shortened(text: string, room: number, size: number): string {
  const plain = text.replace(/\s+/g, ' ')
  if (widthOf(plain, size) <= room) return plain
  const signs = [...plain]
  while (signs.length > 1 && widthOf(`${signs.join('')}…`, size) > room) signs.pop()
  return `${signs.join('')}…`
}

/** The same of a path, of which the end says most. */
export function shortenedPath(text: string, room: number, size: number): string {
  const [, method = '', path = ''] = /^([A-Z]+) (\/\S+)$/u.exec(text) ?? []
  let rest = path
  while (
    rest.lastIndexOf('/') > 0 &&
    widthOf(`${method} ${rest === path ? rest : `…${rest}`}`, size) > room
  )
    rest = rest.slice(rest.indexOf('/', 1))
  const said = rest === path ? text : `${method} …${rest}`
  return shortened(said, room, size)
}
