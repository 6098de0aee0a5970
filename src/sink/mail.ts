import { cleanText } from '../core/request.ts'

/** How much of each part is kept. */
interface Bounds {
  readonly email: number
  readonly html: number
  readonly subject: number
  readonly from: number
}

export interface Mail {
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

/** What a mail says (MIME, RFC 5322), cut where it is longer than is kept. One without a plain part is read from the other. */
export async function readMail(mail: Buffer, bounds: Bounds): Promise<Mail> {
  // Loaded with the first mail.
  const { default: PostalMime } = await import('postal-mime')
  const {
    from,
    subject = '',
    text,
    html,
  } = await PostalMime.parse(mail, {
    maxNestingDepth: nesting_max,
  })
  const said = text?.trim() ? text : plainText(html ?? '')
  return {
    from: cleanText(senderOf(from?.name, from?.address), bounds.from),
    subject: cleanText(subject, bounds.subject),
    text: cleanText(said.trimEnd(), bounds.email),
    ...(html === undefined ? {} : { html: cleanText(html, bounds.html) }),
  }
}

const nesting_max = 20

function senderOf(name = '', address = ''): string {
  return name && address ? `${name} <${address}>` : name || address
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** What a page of HTML says, without its form. */
export function plainText(html: string): string {
  return html
    .replace(/<(style|script|head)\b[^>]*>.*?<\/\1>/gis, '')
    .replace(/\s+/g, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
      if (name) return entities[name.toLowerCase()] ?? whole
      const point = decimal ? Number(decimal) : Number.parseInt(hex, 16)
      return point > 0x10ffff ? whole : String.fromCodePoint(point)
    })
    .replace(/ *\n */g, '\n')
    .trim()
}
