import type { FieldRow } from '../../views/docs/props.ts'
import { objectRows } from '../apidoc/field-row.ts'
import { type DocLang, jsonSchemaOf } from '../apidoc/json-schema.ts'
import { type ProfileData, profileData } from '../tupu/profile/data.ts'
import { tupuEndpoints } from '../tupu/surface.ts'

/** A profile that differs in everything that a profile may say. */
export const exampleProfile: ProfileData = {
  name: 'initech',
  base: '/partner/v2',
  authentication: { kind: 'key', header: 'Authorization', scheme: 'Bearer' },
  endpoints: {
    'message.send': {
      method: 'POST',
      path: '/notify',
      fields: { eid: '/customer', mobile: '/to/phone', message: '/to/text' },
    },
  },
  answers: {
    success: { status: 202, body: { ok: true, id: '{msgid_str}' } },
    refusal: { status: 400, body: { ok: false, code: '{errcode}', why: '{errmsg}' } },
    by_errcode: { '100011': { status: 404, body: { ok: false, code: 'nobody' } } },
  },
}

/** A profile's fields; what holds of every endpoint stands once. */
export function profileRows(lang: DocLang): FieldRow[] {
  const rows = new Map<string, FieldRow>()
  for (const row of objectRows(jsonSchemaOf(profileData, 'input', lang))) {
    const id = tupuEndpoints.find((endpoint) => row.name.startsWith(`endpoints.${endpoint.id}`))?.id
    const name = id === undefined ? row.name : row.name.replace(id, '*')
    rows.set(name, { ...row, name })
  }
  return [...rows.values()]
}
