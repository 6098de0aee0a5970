const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}]/u

/** About how wide a text is: fonts differ. */
export function widthOf(text: string, size: number): number {
  let ems = 0
  for (const sign of text) ems += WIDE.test(sign) ? 1 : /[ilj.,:;|'! ]/.test(sign) ? 0.34 : 0.6
  return ems * size
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
