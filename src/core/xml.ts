import sax from 'sax'

/** What an element says: a text in CDATA, digits as they are, or elements in their order. */
export type XmlValue = string | { readonly bare: string } | readonly XmlField[]
export type XmlField = readonly [name: string, value: XmlValue]

/** An element as it was read. `text`: of itself alone, what stands around CDATA left out. */
export interface XmlElement {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** As WeChat lays out what it pushes: the first element behind its parent's tag, each other on a line of its own. */
export function writeXml(fields: readonly XmlField[]): string {
  return `<xml>${linesOf(fields)}</xml>`
}

/** The same as it stands around a cipher text: each element indented by four blanks, and a line end at the end. */
export function writeIndentedXml(fields: readonly XmlField[]): string {
  const lines = fields.map((field) => `    ${linesOf([field])}`)
  return `<xml>\n${lines.join('')}</xml>\n`
}

function linesOf(fields: readonly XmlField[]): string {
  return fields.map(([name, value]) => `<${name}>${textOf(value)}</${name}>\n`).join('')
}

function textOf(value: XmlValue): string {
  if (typeof value === 'string') return cdata(value)
  return 'bare' in value ? value.bare : linesOf(value)
}

/** The end of a section may not stand in it: it is split over two. What no XML can hold is left out. */
function cdata(text: string): string {
  return `<![CDATA[${xmlText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** A text without what no XML can hold: control characters, half a surrogate pair, and two that are none. */
export function xmlText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}

export const xml_bytes_max = 256 * 1024

/** How large a document may be. */
export interface XmlBounds {
  readonly bytes_max: number
  readonly depth_max: number
  readonly elements_max: number
}

/** Of what is pushed, and of replies to it. */
const push_bounds: XmlBounds = { bytes_max: xml_bytes_max, depth_max: 8, elements_max: 500 }

/** Of a partner's calls and answers, which may hold lists. */
export const list_bounds: XmlBounds = {
  bytes_max: 1_048_576,
  depth_max: 32,
  elements_max: 20_000,
}

/** No entities but the five of XML. The types of the package do not know that option. */
const options: sax.SAXOptions & { readonly strictEntities: true } = {
  strictEntities: true,
  position: false,
}

interface Open {
  readonly name: string
  readonly children: XmlElement[]
  /** In their order, texts and sections. */
  readonly parts: { readonly text: string; readonly isSection: boolean }[]
}

/** Reads a document, or says why it does not: no DOCTYPE, hence no entity of its own; bounded in size, depth and number. */
export function readXml(
  text: string,
  bounds: XmlBounds = push_bounds,
): XmlElement | { readonly fault: string } {
  const { bytes_max } = bounds
  if (Buffer.byteLength(text) > bytes_max) return { fault: `it has more than ${bytes_max} bytes` }
  const reading = new Reading(bounds)
  return reading.read(text)
}

/** One reading; sax calls it back. */
class Reading {
  readonly #bounds: XmlBounds
  readonly #parser = sax.parser(true, options)
  readonly #open: Open[] = []
  #count = 0
  #root: XmlElement | undefined
  #fault: string | undefined

  constructor(bounds: XmlBounds) {
    this.#bounds = bounds
    const parser = this.#parser
    parser.onopentag = ({ name }) => this.#begin(name)
    parser.onclosetag = () => this.#end()
    parser.ontext = (text) => this.#open.at(-1)?.parts.push({ text, isSection: false })
    parser.oncdata = (text) => this.#open.at(-1)?.parts.push({ text, isSection: true })
    parser.ondoctype = () => this.#stop('it has a DOCTYPE, which is refused')
    parser.onerror = (error) => this.#stop(error.message.split('\n')[0] ?? 'it is no XML')
  }

  read(text: string): XmlElement | { readonly fault: string } {
    try {
      this.#parser.write(text).close()
    } catch (error) {
      if (!(error instanceof XmlStop)) this.#fault ??= 'it is no XML'
    }
    if (this.#fault !== undefined) return { fault: this.#fault }
    return this.#root ?? { fault: 'it has no element' }
  }

  #begin(name: string): void {
    this.#count++
    if (this.#root) this.#stop('it goes on after its end')
    const { elements_max, depth_max } = this.#bounds
    if (this.#count > elements_max) this.#stop(`it has more than ${elements_max} elements`)
    if (this.#open.length >= depth_max) this.#stop(`it is deeper than ${depth_max} elements`)
    this.#open.push({ name, children: [], parts: [] })
  }

  #end(): void {
    const done = this.#open.pop()
    if (!done) return
    const { name, children, parts } = done
    const hasSection = parts.some(({ isSection }) => isSection)
    // Some break the line before and after a section.
    const said = hasSection
      ? parts.filter(({ isSection, text }) => isSection || text.trim() !== '')
      : parts
    const element = { name, text: said.map(({ text }) => text).join(''), children }
    const parent = this.#open.at(-1)
    if (parent) parent.children.push(element)
    else this.#root = element
  }

  #stop(fault: string): never {
    this.#fault ??= fault
    throw new XmlStop(fault)
  }
}

class XmlStop extends Error {}

/** The first child of that name; undefined: there is none. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** Its text; empty where there is none. */
export function textIn(element: XmlElement, name: string): string {
  return childOf(element, name)?.text ?? ''
}

/** What stands in an element, by name: text, what stands in the child, or a list where a name comes twice. */
export function elementFields({ children }: XmlElement): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null)
  for (const [name, group] of Map.groupBy(children, (child) => child.name)) {
    const values = group.map((child) =>
      child.children.length === 0 ? child.text : elementFields(child),
    )
    fields[name] = values.length === 1 ? values[0] : values
  }
  return fields
}

/** The same the other way: names become elements, an item of a list one element of the list's name each. */
export function fieldsXml(fields: object): string {
  return Object.entries(fields)
    .map(([name, value]) => elementsXml(name, value))
    .join('')
}

function elementsXml(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => elementsXml(name, item)).join('')
  const isNested = typeof value === 'object' && value !== null && !('rawJSON' in value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `<${name}>${isNested ? fieldsXml(value) : escapeXml(value == null ? '' : text)}</${name}>`
}

function escapeXml(text: string): string {
  return xmlText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
