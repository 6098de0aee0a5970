import { z } from 'zod'
import { type JsonObject, jsonSchemaOf } from './apidoc/json-schema.ts'
import { settings } from './config/settings.ts'
import { Values } from './config/values.ts'
import { profileData } from './tupu/profile/data.ts'
import { shipped_profiles } from './tupu/profile/shipped.ts'
import { worldList } from './world-list.ts'

let schema: JsonObject | undefined

/** The JSON Schema of configuration files, for editors: made of the schemas by which they are read. */
export function configSchema(): JsonObject {
  schema ??= makeSchema()
  return schema
}

function makeSchema(): JsonObject {
  const shapes: Record<string, z.ZodType> = {
    ...Values.shape,
    profiles: z.array(z.union([z.enum(shipped_profiles), profileData])),
    worlds: worldList,
  }
  const fields = settings
    .filter(({ inFile }) => inFile)
    .map(({ name, meaning }) => [name, shapes[name]?.optional().describe(meaning)])
  const file = z.strictObject({
    $schema: z.string().optional().describe('Where this schema is, for editors.'),
    ...(Object.fromEntries(fields) as Record<string, z.ZodType>),
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration file of tupu-sim',
    ...jsonSchemaOf(file, 'input'),
  }
}
