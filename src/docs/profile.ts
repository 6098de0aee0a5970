import type { FieldRow, PartnerDoc } from '../../views/docs/props.ts'
import { inLang } from '../apidoc/describe.ts'
import { objectRows } from '../apidoc/field-row.ts'
import { type DocLang, jsonSchemaOf } from '../apidoc/json-schema.ts'
import { type ProfileData, profileData } from '../tupu/profile/data.ts'
import { readShipped, shipped_profiles } from '../tupu/profile/shipped.ts'
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

const places = [...tupuEndpoints.map(({ id }) => id), 'partner_token.issue']

/** A profile's fields; what holds of every endpoint stands once. */
export function profileRows(lang: DocLang): FieldRow[] {
  const rows = new Map<string, FieldRow>()
  for (const row of objectRows(jsonSchemaOf(profileData, 'input', lang))) {
    const id = places.find((name) => row.name.startsWith(`endpoints.${name}`))
    const name = id === undefined ? row.name : row.name.replace(id, '*')
    rows.set(name, { ...row, name })
  }
  return [...rows.values()]
}

/** The profiles that come with the package: what they imitate, and what of that is assumed. */
export function partnerDocs(lang: DocLang): PartnerDoc[] {
  return shipped_profiles.map((name) => {
    const data = readShipped(name)
    const { base, source = '', assumptions } = profileData.parse(data)
    const { assumptions: _, ...shown } = data as ProfileData
    return {
      name,
      base,
      source,
      assumptions: assumptions.map((one) => inLang(one, lang)),
      data: JSON.stringify(shown, null, 2),
    }
  })
}
