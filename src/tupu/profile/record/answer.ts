import { elementFields, readXml } from '../../../core/xml.ts'
import type { ProfileData } from '../data.ts'
import { parseExact } from '../match.ts'
import { putAt } from '../put.ts'
import type { RecordedAnswer } from './exchange.ts'
import { type Leaf, leavesOf } from './leaf.ts'
import { formatOf } from './proof.ts'

/** The answers of a draft; undefined: none was recorded. */
export type Answered = ProfileData['answers']

type Note = (text: string) => void

/** Placeholders by what names and values mostly mean, the surest first. */
const meanings: readonly {
  readonly name: RegExp
  readonly value: RegExp
  readonly fill: (leaf: Leaf) => string
}[] = [
  {
    name: /(?:msg|message|task|send)_?id$|^(?:id|umid|result)$/i,
    value: /^\d{5,}$/,
    fill: ({ value }) => (typeof value === 'number' ? '{msgid}' : '{msgid_str}'),
  },
  { name: /id$/i, value: /^[\da-f]{8}-/i, fill: () => '{request_id:uuid}' },
  { name: /(?:request|trace)_?id$/i, value: /./, fill: () => '{request_id}' },
  {
    name: /time|timestamp|_at$|At$|^ts$/,
    value: /^(?:\d{10}|\d{13}|20\d{12}|\d{4}-\d\d-\d\dT.*)$/,
    fill: ({ value }) => `{now:${formatOf(String(value))}}`.replace(':iso', ''),
  },
  {
    name: /^(?:err)?_?(?:msg|message|description|reason|error)$/i,
    value: /\D/,
    fill: () => '{errmsg}',
  },
  { name: /^sign(?:ature)?$/i, value: /./, fill: () => '' },
]

/** Draws what a good answer, or a refusal, looks like. */
export function draftAnswer(answer: RecordedAnswer | undefined, note: Note): Answered {
  if (!answer || isPage(answer.body)) {
    note(`answers: ${answer ? 'a page of HTML' : 'none'} was given, so they are the canonical ones`)
    return undefined
  }
  const { status, body } = answer
  const { type, content } = parse(body)
  if (content === undefined) {
    note('answers: the body is neither JSON nor XML, and is left as a text')
    return { success: { status, type: 'text', body: body.slice(0, 2000) } }
  }
  const kept: Leaf[] = []
  let template: unknown = content
  for (const leaf of leavesOf(content)) {
    const value = String(leaf.value)
    const meant = meanings.find((one) => one.name.test(leaf.name) && one.value.test(value))
    if (meant) template = putAt(template, partsOf(leaf.at), meant.fill(leaf))
    else kept.push(leaf)
  }
  const shape = { status, ...(type === 'xml' ? { type: 'xml' as const } : {}), body: template }
  if (status >= 400) {
    note(
      'answers: it is a refusal; record an answer of success, too, and put {errcode} where the code stands',
    )
    return { refusal: shape }
  }
  const code = kept.find(
    ({ name, at }) =>
      !at.includes('*') &&
      /^(?:err_?)?code$|^status(?:_?code)?$|^success$|^ok$|^error$/i.test(name),
  )
  note(
    `answers: what a refusal looks like does not show; ${code ? `success is taken to be ${code.at} = ${JSON.stringify(code.value)}` : 'nor what means success'}`,
  )
  for (const { at } of kept) if (at !== code?.at) note(`answers: ${at} always stands as it was`)
  const when = code ? { when: { [code.at]: [code.value as string | number | boolean | null] } } : {}
  return { success: { ...shape, ...when }, refusal: refusalLike(shape, code) }
}

/** The same shape with another code, so that the two can be told apart. */
function refusalLike(shape: { status: number; body: unknown }, code: Leaf | undefined) {
  if (!code) return { status: 400, body: { errcode: '{errcode}', errmsg: '{errmsg}' } }
  const other = typeof code.value === 'boolean' ? !code.value : '{errcode}'
  return { ...shape, body: putAt(shape.body, partsOf(code.at), other) }
}

const isPage = (body: string) => /^\s*<(?:!doctype html|html)\b/i.test(body)

const partsOf = (at: string) =>
  at
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

function parse(text: string): { type: 'json' | 'xml'; content: unknown } {
  if (!/^\s*</.test(text)) return { type: 'json', content: parseExact(text) }
  const root = readXml(text.trim())
  return {
    type: 'xml',
    content: 'fault' in root ? undefined : { [root.name]: elementFields(root) },
  }
}
