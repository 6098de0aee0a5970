import { describe, expect, it } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { StartError } from '../../src/start-error.ts'
import { profileData } from '../../src/tupu/profile/data.ts'
import { tupuEndpoints } from '../../src/tupu/surface.ts'

const good = { name: 'partner', base: '/api/v2' }

describe('the profiles given at the start', () => {
  it.each([
    { what: 'no object', profile: 'partner', field: 'profiles.0' },
    { what: 'no name', profile: { base: '/api' }, field: 'profiles.0.name' },
    {
      what: 'a name with blanks',
      profile: { ...good, name: 'My partner' },
      field: 'profiles.0.name',
    },
    { what: 'the name of our own', profile: { ...good, name: 'default' }, field: 'profiles.0' },
    { what: 'no base path', profile: { name: 'partner' }, field: 'profiles.0.base' },
    {
      what: 'a base path without a slash',
      profile: { ...good, base: 'api' },
      field: 'profiles.0.base',
    },
    {
      what: 'a base path that ends in one',
      profile: { ...good, base: '/api/' },
      field: 'profiles.0.base',
    },
    { what: 'our own base path', profile: { ...good, base: '/tupu/v1' }, field: 'profiles.0' },
    {
      what: 'a base path below ours',
      profile: { ...good, base: '/tupu/v1/x' },
      field: 'profiles.0',
    },
    { what: 'a base path above ours', profile: { ...good, base: '/tupu' }, field: 'profiles.0' },
    { what: "WeChat's path", profile: { ...good, base: '/cgi-bin' }, field: 'profiles.0.base' },
    {
      what: 'a path of the control API',
      profile: { ...good, base: '/_sim/v9' },
      field: 'profiles.0.base',
    },
    {
      what: 'the path of a world',
      profile: { ...good, base: '/w/test' },
      field: 'profiles.0.base',
    },
    { what: 'an unknown member', profile: { ...good, url: '/' }, field: 'profiles.0' },
    {
      what: 'an unknown authentication',
      profile: { ...good, authentication: { kind: 'oauth' } },
      field: 'profiles.0.authentication.kind',
    },
    {
      what: 'a header that is none',
      profile: { ...good, authentication: { kind: 'key', header: 'X Key' } },
      field: 'profiles.0.authentication.header',
    },
    {
      what: 'an unknown endpoint',
      profile: { ...good, endpoints: { 'message.sent': {} } },
      field: 'profiles.0.endpoints',
    },
    {
      what: 'an unknown method',
      profile: { ...good, endpoints: { 'message.send': { method: 'SEND' } } },
      field: 'profiles.0.endpoints.message.send.method',
    },
    {
      what: 'a path that is none',
      profile: { ...good, endpoints: { 'message.send': { path: 'send' } } },
      field: 'profiles.0.endpoints.message.send.path',
    },
    {
      what: 'an unknown field',
      profile: { ...good, endpoints: { 'message.send': { fields: { phone: '/to' } } } },
      field: 'profiles.0.endpoints.message.send.fields',
    },
    {
      what: 'a pointer that is none',
      profile: { ...good, endpoints: { 'message.send': { fields: { mobile: 'to.phone' } } } },
      field: 'profiles.0.endpoints.message.send.fields.mobile',
    },
    {
      what: 'a path without the field it needs',
      profile: { ...good, endpoints: { 'message.get': { path: '/status' } } },
      field: 'profiles.0.endpoints.message.get',
    },
    {
      what: 'two endpoints at one address',
      profile: { ...good, endpoints: { 'registration.query': { path: '/messages' } } },
      field: 'profiles.0.endpoints.registration.query',
    },
    {
      what: 'a status that is none',
      profile: { ...good, answers: { success: { status: 99 } } },
      field: 'profiles.0.answers.success.status',
    },
    {
      what: 'an errcode that is none',
      profile: { ...good, answers: { by_errcode: { busy: {} } } },
      field: 'profiles.0.answers.by_errcode.busy',
    },
  ])('are refused with $what', async ({ profile, field }) => {
    const error: unknown = await createSimulator({ profiles: [profile] }).catch((no) => no)
    expect(error).toBeInstanceOf(StartError)
    expect(error).toMatchObject({ field, fix: expect.any(String) })
    expect(String(error)).toContain('partner')
  })

  it('are refused when two have one name or one base path', async () => {
    for (const twin of [
      { ...good, base: '/other' },
      { ...good, name: 'other' },
    ]) {
      await expect(createSimulator({ profiles: [good, twin] })).rejects.toThrow(StartError)
    }
  })

  it('may be several side by side', async () => {
    await using sim = await createSimulator({
      profiles: [good, { name: 'other', base: '/api/v3' }],
    })
    const call = async (base: string) => {
      const request = new Request(`http://sim.localhost${base}/messages`, {
        method: 'POST',
        body: '{}',
      })
      return (await sim.fetch(request)).json()
    }
    const unknown = { errcode: 100001, errmsg: 'unknown eid' }
    expect(await call('/api/v2')).toEqual(unknown)
    expect(await call('/api/v3')).toEqual(unknown)
    expect(await call('/tupu/v1')).toEqual(unknown)
  })

  it('may place every endpoint that there is, and every field that it reads', () => {
    for (const { id, input, later } of tupuEndpoints) {
      const names = ['eid', ...Object.keys(input.shape), ...Object.keys(later?.shape ?? {})]
      const fields = Object.fromEntries(names.map((name) => [name, `/${name}`]))
      const read = profileData.safeParse({ ...good, endpoints: { [id]: { fields } } })
      expect({ id, faults: read.error?.issues ?? [] }).toEqual({ id, faults: [] })
    }
  })
})
