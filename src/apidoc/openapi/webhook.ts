import type { z } from 'zod'
import { type JsonObject, jsonSchemaOf } from '../json-schema.ts'
import { named } from './named.ts'
import { allOf } from './security.ts'

/** A call that goes out from here, to an address that somebody configured. */
export interface Webhook {
  readonly name: string
  readonly summary: string
  readonly description: string
  /** Headers that come with it, and what they are. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: z.ZodType
  readonly example: unknown
  /** How it is acknowledged. */
  readonly answer: string
}

/** The same as OpenAPI describes it, under the tag of whoever makes the call. */
export function webhookItem(webhook: Webhook, tag: string): JsonObject {
  const { name, summary, description, headers, body, example, answer } = webhook
  const parameters = Object.entries(headers).map(([header, meaning]) => ({
    name: header,
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description: meaning,
  }))
  const content = {
    'application/json': { schema: named('CallbackBody', jsonSchemaOf(body, 'output')), example },
  }
  return {
    post: {
      operationId: name,
      summary,
      description,
      tags: [tag],
      security: [{}, allOf(Object.keys(headers))],
      parameters,
      requestBody: { required: true, content },
      responses: { '2XX': { description: answer } },
    },
  }
}
