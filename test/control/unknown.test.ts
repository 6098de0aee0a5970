import { describe, expect, it } from 'vitest'
import type { DocumentedEndpoint } from '../../src/core/endpoint.ts'
import type { CallError } from '../../src/simulator.ts'
import {
  allFields,
  callWith,
  endpoints,
  fieldNames,
  pathFields,
  resetScene,
  type Scene,
  startScene,
  surfaceOf,
} from '../endpoint-calls.ts'
import { type Answer, startSim } from '../sim.ts'

const control: readonly DocumentedEndpoint[] = [...endpoints.values()].filter(
  (endpoint) => surfaceOf(endpoint) === 'control' && endpoint.answer !== 'text/event-stream',
)

/** What is wrong with how control calls are refused, call by call, in a scene that begins anew after what changed it. */
async function offenders(
  faults: (scene: Scene, endpoint: DocumentedEndpoint) => Promise<readonly string[]>,
) {
  let scene = await startScene()
  const found: string[] = []
  for (const endpoint of control) {
    for (const fault of await faults(scene, endpoint)) found.push(`${endpoint.id}: ${fault}`)
    if (endpoint.methods[0] !== 'GET') scene = await resetScene(scene)
  }
  return found
}

const saying = ({ status, text }: Answer) => `${status} ${text.slice(0, 400)}`

/** Names that nothing has: a word, and one of each form that ids have. */
const nobody = {
  word: 'nobody-9',
  number: '999999999',
  mobile: '+8613900139999',
  appid: 'wx00000000000000aa',
  code: 'http://weixin.qq.com/q/nothing',
}

describe('a name that nothing has', () => {
  it('is 404 in a path, at its field, with the names that there are', async () => {
    const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
      // What is gone already need not be deleted.
      if (endpoint.methods[0] === 'DELETE') return []
      const fields = await allFields(scene, endpoint)
      const answers = pathFields(endpoint).map(async (name) => {
        const value = name === 'seq' ? nobody.number : nobody.word
        const answer = await callWith(scene, endpoint, { ...fields, [name]: value })
        const { field, fix } = answer.json
        const isNamed = answer.status === 404 && field === name && /use one of: \S/.test(fix ?? '')
        return isNamed ? [] : [`${name}: ${saying(answer)}`]
      })
      return (await Promise.all(answers)).flat()
    }
    expect(await offenders(faults)).toEqual([])
  })

  it('is 422 in a body or query, at the field that was sent, and never 404', async () => {
    const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
      const fields = await allFields(scene, endpoint)
      const found: string[] = []
      for (const name of fieldNames(endpoint)) {
        for (const value of Object.values(nobody)) {
          const answer = await callWith(scene, endpoint, { ...fields, [name]: value })
          if (answer.status < 400) continue
          const { field } = answer.json
          const isAtField = String(field).split('.')[0] === name
          const isRefused = answer.status === 422 ? isAtField : answer.status === 409
          if (!isRefused) found.push(`${name}=${value}: ${saying(answer)}`)
        }
      }
      return found
    }
    // These say which of two fields is to be given, at the first of them.
    const either =
      /^(association\.withdraw: openid|phone\.open: url|application\.create: title|explain\.get: (trace|msgid|client_msg_id))=/
    expect((await offenders(faults)).filter((fault) => !either.test(fault))).toEqual([])
  })

  it('lists the names that there are, whichever of them a body or query names', async () => {
    const named = new Set(['account', 'button', 'profile'])
    const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
      const fields = await allFields(scene, endpoint)
      const answers = fieldNames(endpoint)
        .filter((name) => named.has(name))
        // There it is the menu itself.
        .filter(() => endpoint.id !== 'official_account.publish_menu')
        .map(async (name) => {
          const answer = await callWith(scene, endpoint, { ...fields, [name]: nobody.word })
          const isListed = answer.status === 422 && /use one of: \S/.test(answer.json['fix'] ?? '')
          return isListed ? [] : [`${name}: ${saying(answer)}`]
        })
      return (await Promise.all(answers)).flat()
    }
    expect(await offenders(faults)).toEqual([])
  })

  it.each([
    { field: 'people.0.follows.0', body: { people: [{ follows: ['acmee'] }] } },
    {
      field: 'people.1.registered_with.0',
      body: { people: [{}, { mobile: '13800138000', registered_with: ['acmee'] }] },
    },
    { field: 'accounts.0.profile', body: { accounts: [{ key: 'acme', profile: 'defalt' }] } },
  ])('is named where it stands in a long body: $field', async ({ field, body }) => {
    const { http } = await startSim()
    const accounts = [{ key: 'globex' }, { key: 'acme' }]
    const { status, json } = await http('POST', '/_sim/v1/worlds', { accounts, ...body })
    const fix = field.endsWith('profile') ? 'use one of: default' : 'use one of: acme, globex'
    expect({ status, json }).toMatchObject({ status: 422, json: { field, fix } })
  })

  it('lists twenty names at most, the one that was probably meant first', async () => {
    const { world, http } = await startSim()
    for (let n = 0; n < 30; n++) await world.call('person.create', { key: `p${n}-candidate` })
    await world.call('person.create', { key: 'zhao' })
    const path = '/_sim/v1/worlds/test/people'
    const { json } = await http('POST', `${path}/zhoa/follow`, {})
    expect(json).toMatchObject({
      field: 'person',
      fix: expect.stringMatching(/^use one of: zhao, ([\w-]+, ){19}and 15 more$/),
    })
    const call = world.call('phone.mutte', { person: 'li' })
    await expect(call).rejects.toThrow('there is no control call phone.mutte; use one of: phone.')
    await expect(world.call('phone.mutte')).rejects.toThrow(/use one of: phone\.mute, /)
  })

  it('is told without the mobiles of those who have no other name', async () => {
    const { world } = await startSim()
    const made = (await world.register('13800138009')) as { person: string }
    const error = await world.call('phone.mute', { person: 'nobody' }).catch((no: unknown) => no)
    const { fix } = (error as CallError).problem
    expect(fix).toContain(made.person)
    expect(fix).not.toContain('138009')
  })

  it('says which worlds there are', async () => {
    const { sim } = await startSim()
    await expect(sim.call('world.get', { world: 'tset' })).rejects.toMatchObject({
      status: 404,
      problem: { field: 'world', fix: 'make it with world.create, or use one of: test, default' },
    })
  })
})

describe('a field', () => {
  it('of the path that is missing in process is named, and nothing is called', async () => {
    const { sim } = await startScene()
    const found: string[] = []
    for (const endpoint of control) {
      for (const [i, name] of pathFields(endpoint).entries()) {
        const others = pathFields(endpoint).slice(0, i)
        const input = Object.fromEntries(others.map((other) => [other, 'test']))
        for (const hole of [{}, { [name]: '' }, { [name]: null }]) {
          const no: unknown = await sim.call(endpoint.id, { ...input, ...hole }).catch((no) => no)
          const { message, problem } = no as CallError
          const { field, reason, status } = problem
          const isNamed = status === 422 && field === name && reason === 'it is missing'
          if (!isNamed || message.includes('//')) found.push(`${endpoint.id}: ${message}`)
        }
      }
    }
    expect(found).toEqual([])
  })

  it('of the path that is missing over HTTP is named, too', async () => {
    const scene = await startScene()
    const found: string[] = []
    for (const endpoint of control) {
      for (const name of pathFields(endpoint)) {
        const filled = Object.fromEntries(pathFields(endpoint).map((one) => [one, 'test']))
        const answer = await callWith(scene, endpoint, { ...filled, [name]: '' })
        const { status, field, reason } = answer.json as Record<string, unknown>
        if (status !== 404 || field !== name || reason !== 'it is missing')
          found.push(`${endpoint.id}: ${saying(answer)}`)
      }
    }
    expect(found).toEqual([])
  })

  it.each(['.', '..'])('of the path that a path cannot hold is named: %s', async (person) => {
    const { world } = await startSim()
    await expect(world.call('phone.mute', { person })).rejects.toMatchObject({
      problem: { status: 422, field: 'person', reason: 'a path cannot hold it' },
    })
  })

  it('that is unknown is told with those that are known and were not given', async () => {
    const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
      if (!endpoint.from.includes('json') && !endpoint.from.includes('query')) return []
      const fields = await allFields(scene, endpoint)
      const answer = await callWith(scene, endpoint, { ...fields, nobody: 'x' })
      const free = fieldNames(endpoint).filter((name) => !(name in fields))
      const { type, field, fix } = answer.json
      const more = free.length > 20 ? `, and ${free.length - 20} more` : ''
      const listed = free.slice(0, 20).join(', ') + more
      const others = free.length > 0 ? `, or use one of: ${listed}` : ''
      const isTold = type === 'unknown_field' && field === 'nobody'
      const isListed = String(fix) === `leave it out${others}`
      return isTold && isListed ? [] : [saying(answer)]
    }
    expect(await offenders(faults)).toEqual([])
  })

  it('that is misspelt is told with the one that was probably meant first', async () => {
    const { http } = await startSim()
    const body = { accounts: [{ key: 'acme', compny: 'x' }] }
    const { json } = await http('POST', '/_sim/v1/worlds', body)
    expect(json).toMatchObject({
      field: 'accounts.0.compny',
      fix: expect.stringMatching(/^leave it out, or use one of: company, stage, eid, /),
    })
  })

  it.each([
    { field: 'gateway.kind', value: { gateway: { kind: 'x' } }, fix: 'use one of: local, remote' },
    { field: 'rebind', value: { rebind: 'rejct' }, fix: 'use one of: reject, replace' },
    { field: 'company', value: { company: 'x'.repeat(101) }, fix: 'give at most 100' },
    { field: 'minute_limit', value: { minute_limit: 1.5 }, fix: 'give a whole number' },
    { field: 'minute_limit', value: { minute_limit: 0 }, fix: 'give at least 1' },
    { field: 'callback.url', value: { callback: {} }, fix: 'give callback.url' },
  ])('with a bad value says what it takes: $field, $fix', async ({ field, value, fix }) => {
    const { http } = await startSim()
    const { json } = await http('PATCH', '/_sim/v1/worlds/test/accounts/acme', value)
    expect(json).toMatchObject({ status: 422, field, fix })
  })

  it('with a bad value says once what it should be, in words of people', async () => {
    const values = [null, 7, -1, 1.5, true, [], {}, [{}], '', 'x', '\0', 'x'.repeat(20_000)]
    const faults = async (scene: Scene, endpoint: DocumentedEndpoint) => {
      const fields = await allFields(scene, endpoint)
      const found: string[] = []
      for (const name of fieldNames(endpoint)) {
        for (const value of values) {
          const answer = await callWith(scene, endpoint, { ...fields, [name]: value })
          if (answer.status !== 422) continue
          const { reason = '', fix = '' } = answer.json as Record<string, string>
          const wanted = /^it is (?:not|no) (.+)$/.exec(reason)?.[1] ?? reason
          const isTwice = fix.includes(wanted)
          const isOfZod = /Invalid|expected|Too (big|small)/.test(reason)
          if (isTwice || isOfZod || reason.length > 300) found.push(`${name}: ${saying(answer)}`)
        }
      }
      return found
    }
    expect(await offenders(faults)).toEqual([])
  })
})
