import type { Documented } from '../describe.ts'
import type { JsonObject } from '../json-schema.ts'
import { securitySchemes } from './security.ts'

/** Names the exchange in the journal. */
export const trace_header = { 'X-Sim-Trace': { $ref: '#/components/headers/X-Sim-Trace' } }

/** What the operations of these surfaces refer to; `schemas` are those that they have named. */
export function components(
  surfaces: readonly Pick<Documented, 'spelling'>[],
  schemas: JsonObject,
): JsonObject {
  const headers = surfaces.flatMap(({ spelling }) => spelling?.headers ?? [])
  return {
    schemas: { ...schemas, Refusal: refusal, Problem: problem },
    headers: {
      'X-Sim-Trace': {
        description: 'Identifies this exchange, and all that result from it, in the journal.',
        schema: { type: 'string' },
      },
    },
    parameters: Object.fromEntries(headers.map((name) => [name, proof(name)])),
    responses: {
      Problem: problemResponse('Refused: field, reason and fix say why, and what to do.'),
      Host: problemResponse(
        'The host of the request is not one of the simulator’s; the answer names the setting that allows it.',
      ),
      Bug: problemResponse(
        'The simulator itself made an error; never an answer of TUPU or WeChat.',
      ),
    },
    securitySchemes: securitySchemes(surfaces),
  }
}

const refusal = {
  type: 'object',
  required: ['errcode', 'errmsg'],
  properties: {
    errcode: { type: 'integer', description: 'Never 0.' },
    errmsg: { type: 'string' },
    retry_after_s: { type: 'integer', description: 'Only with 100018.' },
  },
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'reason', 'fix'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    field: { type: ['string', 'null'] },
    reason: { type: 'string' },
    fix: { type: 'string' },
  },
}

function problemResponse(description: string): JsonObject {
  const schema = { $ref: '#/components/schemas/Problem' }
  return { description, content: { 'application/problem+json': { schema } } }
}

function proof(name: string): JsonObject {
  return {
    name,
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description: 'Required if the account has a partner secret.',
  }
}
