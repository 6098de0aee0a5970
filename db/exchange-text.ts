import type { Particulars } from './exchange-head.ts'

/** A text that is in the body already is worth a reference from so many characters on. */
const reference_length_min = 32
/** What JSON never has as it is stands around a reference. */
const mark = '\u0001'

/** A decision whose long texts are in the request's body too: there it says where, in UTF-16 units. */
export function shorten(
  decision: string,
  { texts = [], request_body }: Pick<Particulars, 'texts' | 'request_body'>,
): string {
  let short = decision
  for (const text of texts) {
    if (text.length < reference_length_min) continue
    const quoted = JSON.stringify(text)
    if (!short.includes(quoted)) continue
    const bytes_at = request_body.indexOf(quoted)
    if (bytes_at < 0) continue
    const at = request_body.toString('utf8', 0, bytes_at).length
    short = short.replaceAll(quoted, `${mark}${at},${quoted.length}${mark}`)
  }
  return short
}

/** The same as it was. */
export function lengthen(decision: string, request_body: Buffer): string {
  if (!decision.includes(mark)) return decision
  const body = request_body.toString('utf8')
  const references = new RegExp(`${mark}(\\d+),(\\d+)${mark}`, 'g')
  return decision.replace(references, (_, at, length) =>
    body.slice(Number(at), Number(at) + Number(length)),
  )
}
