import { z } from 'zod'

import type { Localized } from '../core/field.ts'

/** A language of the documents. */
export type DocLang = keyof Localized

export type JsonObject = Record<string, unknown>

/** Formats that say more than the long pattern that stands for them. */
const formats_that_suffice: readonly unknown[] = ['date-time', 'ipv4', 'ipv6']

/**
 * The JSON Schema of a zod schema, as people write one by hand: without the bounds of safe integers and without
 * patterns that repeat a format. Answers stay open: a later version may have more fields. Descriptions are in one language.
 */
export function jsonSchemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  lang: DocLang = 'en',
): JsonObject {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => tidy(jsonSchema, io, lang),
  })
  return json
}

function tidy(json: JsonObject, io: 'input' | 'output', lang: DocLang): void {
  // Fields that are described by hand, because the handler reads them itself.
  for (const field of Object.values(json['properties'] ?? {}))
    if ('zh' in field) tidy(field, io, lang)
  if (lang === 'zh' && 'zh' in json) json['description'] = json['zh']
  delete json['zh']
  if (json['minimum'] === Number.MIN_SAFE_INTEGER) delete json['minimum']
  if (json['maximum'] === Number.MAX_SAFE_INTEGER) delete json['maximum']
  if (Number.isInteger(json['const'])) json['type'] = 'integer'
  if (formats_that_suffice.includes(json['format'])) delete json['pattern']
  if (io === 'output' && json['additionalProperties'] === false) delete json['additionalProperties']
  delete json['propertyNames']
}
