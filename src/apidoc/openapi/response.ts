import type { DocumentedEndpoint, Method } from '../../core/endpoint.ts'
import { type Documented, exampleAnswer, hasBody, isObject } from '../describe.ts'
import { type RefusedAnswer, refusedAnswers, transportAnswer } from '../error-docs.ts'
import { type JsonObject, jsonSchemaOf } from '../json-schema.ts'
import { trace_header } from './components.ts'
import { named } from './named.ts'

const problem_type = 'application/problem+json'

/** What may be wrong with a body before its endpoint is reached. */
const body_faults = ['body_too_large', 'unknown_encoding'] as const

/** Every answer of an operation, by status. The name of a schema that has none begins with `name`. */
export function responses(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
  operation: { readonly method: Method; readonly name: string },
): JsonObject {
  return surface.table
    ? errcodeResponses(surface, endpoint, operation)
    : problemResponses(surface, endpoint, operation.name)
}

function answerSchema({ answer }: DocumentedEndpoint<never>, name: string): JsonObject | undefined {
  return typeof answer === 'string'
    ? undefined
    : named(`${name}Answer`, jsonSchemaOf(answer, 'output'))
}

/** Of a surface whose refusals are problems with statuses of their own. */
function problemResponses(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
  name: string,
): JsonObject {
  const { status, body } = exampleAnswer(surface, endpoint)
  const good = goodResponse(endpoint, { name, example: body })
  const problem = { $ref: '#/components/responses/Problem' }
  const { statusIfThere: there } = endpoint
  return {
    [status]: good,
    ...(there === undefined ? {} : { [there]: { ...good, description: 'It already existed.' } }),
    ...Object.fromEntries(endpoint.refusals.map((code) => [code, problem])),
    421: { $ref: '#/components/responses/Host' },
    default: problem,
  }
}

function goodResponse(
  endpoint: DocumentedEndpoint<never>,
  { name, example }: { name: string; example: unknown },
): JsonObject {
  const headers = endpoint.journalled === false ? {} : { headers: trace_header }
  const description = endpoint.summary.en
  if (typeof endpoint.answer === 'string') {
    const types = endpoint.answer.split(', ').filter((type) => type.includes('/'))
    const content = Object.fromEntries(types.map((type) => [type, {}]))
    return { description, ...headers, ...(types.length > 0 ? { content } : {}) }
  }
  const schema = answerSchema(endpoint, name)
  const others = Object.fromEntries((endpoint.formats ?? []).map((type) => [type, {}]))
  return {
    description,
    ...headers,
    content: { 'application/json': { schema, example }, ...others },
  }
}

/** Of a surface whose answers say by an errcode whether they are good, mostly with the same status. */
function errcodeResponses(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
  { method, name }: { readonly method: Method; readonly name: string },
): JsonObject {
  const { status, body } = exampleAnswer(surface, endpoint)
  const refused = refusedAnswers(surface, endpoint)
  const carries = hasBody(endpoint, method) || endpoint.example.file !== undefined
  for (const fault of carries ? body_faults : [])
    refused.push(transportAnswer(surface, endpoint, fault))
  const { type } = transportAnswer(surface, endpoint, 'unknown_path')
  const byStatus = Map.groupBy(refused, (answer) => answer.status)
  const isSpelled = surface.spelling?.success(endpoint.id, {}) !== undefined
  const others = isSpelled ? undefined : { type: 'object' }
  const isFile = !isSpelled && typeof endpoint.answer === 'string'
  const good =
    isSpelled || typeof endpoint.answer === 'string'
      ? { example: body, schema: undefined }
      : { example: body, schema: answerSchema(endpoint, name) }
  const answers: JsonObject = {
    [status]: errcodeResponse(endpoint.summary.en, byStatus.get(status) ?? [], {
      // Where refusals are problems, good answers are none.
      type: type === problem_type ? 'application/json' : type,
      others,
      ...(isFile ? {} : { good }),
    }),
    421: { $ref: '#/components/responses/Host' },
    500: { $ref: '#/components/responses/Bug' },
  }
  for (const [other, some] of byStatus)
    if (other !== status) answers[other] = errcodeResponse('A refusal.', some, { type, others })
  if (isFile) addTypes(answers, status, String(endpoint.answer))
  return endpoint.takes ? withOthers(answers, method) : answers
}

/** What a good answer is besides JSON: a file of one of some types. */
function addTypes(answers: JsonObject, status: number, types: string): void {
  const known = answers[status] as JsonObject
  const others = Object.fromEntries(types.split(', ').map((type) => [type, {}]))
  answers[status] = { ...known, content: { ...(known['content'] as JsonObject), ...others } }
}

/** With what others answer who have the path, too, where a call is not the endpoint's: a page, or nobody. */
function withOthers(answers: JsonObject, method: Method): JsonObject {
  const [status, type] = method === 'GET' ? [200, 'text/html'] : [404, problem_type]
  const known = (answers[status] ?? { description: 'The call is no such call.' }) as JsonObject
  return {
    ...answers,
    [status]: { ...known, content: { ...(known['content'] as JsonObject), [type]: {} } },
  }
}

/** Where a profile spells answers there is no schema; the examples show what they look like. */
function errcodeResponse(
  description: string,
  refused: readonly RefusedAnswer[],
  of: {
    readonly type: string
    /** What refusals look like that are none of ours; undefined: a profile says it. */
    readonly others: JsonObject | undefined
    readonly good?: { readonly schema: JsonObject | undefined; readonly example: unknown }
  },
): JsonObject {
  const { type, others, good } = of
  const isOurs = refused.every(
    ({ body }) => isObject(body) && 'errcode' in body && 'errmsg' in body,
  )
  const refusal = isOurs ? { $ref: '#/components/schemas/Refusal' } : others
  const shapes = [...(good ? [good.schema] : []), ...(refused.length > 0 ? [refusal] : [])]
  const isKnown = !shapes.includes(undefined)
  const schema = shapes.length === 1 ? shapes[0] : { anyOf: shapes }
  const examples: JsonObject = good ? { ok: { value: good.example } } : {}
  for (const { entry, body } of refused)
    examples[String(entry.code)] = { summary: entry.en, value: body }
  const content = { [type]: { ...(isKnown ? { schema } : {}), examples } }
  return { description, headers: trace_header, content }
}
