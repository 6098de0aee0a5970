import type { Particulars } from './exchange-head.ts'

/** A text that is in the body already is worth a reference from so many characters on. */
const reference_length_min = 32
/** What JSON never has as it is stands around a reference: the name of a member of the body, or from where, how many UTF-16 units. */
const mark = '\u0001'
const plain_name = /^[a-z_]+$/
const references = new RegExp(`${mark}(?:(\\d+),(\\d+)|([a-z_]+))${mark}`, 'g')

/** A decision whose long texts are members of the request's JSON body too: there it says of which. */
export function shorten(decision: string, { texts }: Pick<Particulars, 'texts'>): string {
  let short = decision
  for (const name in texts) {
    const text = texts[name]
    if (typeof text !== 'string' || text.length < reference_length_min) continue
    if (plain_name.test(name)) {
      short = short.replaceAll(JSON.stringify(text), `${mark}${name}${mark}`)
    }
  }
  return short
}

/** The same as it was. */
export function lengthen(decision: string, request_body: Buffer): string {
  if (!decision.includes(mark)) return decision
  const body = request_body.toString('utf8')
  let members: Record<string, unknown> | undefined
  return decision.replace(references, (_, at, length, name) => {
    // Older files say where.
    if (name === undefined) return body.slice(Number(at), Number(at) + Number(length))
    members ??= JSON.parse(body) as Record<string, unknown>
    return JSON.stringify(members[name])
  })
}
