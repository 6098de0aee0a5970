import { generate } from 'lean-qr'
import { toPngBuffer } from 'lean-qr/extras/node_export'
import { toSvgPath } from 'lean-qr/extras/svg'
import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { life, stepOf } from '../tupu/life.ts'
import { acmesClient, tablesOf } from '../wechat/client.ts'

const qr_path = '/_sim/v1/worlds/test/accounts/acme/registration-qr'
const published = 'registration_page_published'

describe('the QR code of a registration page', () => {
  it('holds the register_url, as a vector picture of the wanted size', async () => {
    const { http, acme } = await startSim()
    const { status, headers, text } = await http('GET', `${qr_path}?size=500`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('image/svg+xml')
    expect(text).toContain('width="500"')
    const code = generate(acme.info.register_url ?? '')
    expect(text).toContain(toSvgPath(code))
    expect(text).toContain(`viewBox="-4 -4 ${code.size + 8} ${code.size + 8}"`)
    const other = await http('GET', qr_path.replace('acme', acme.eid))
    expect(other.text).toContain('width="320"')
  })

  it.each([
    { size: '64', scale: 1 },
    { size: '320', scale: 8 },
    { size: '2048', scale: 55 },
  ])('is a PNG of whole modules, at most as wide as wanted: $size', async ({ size, scale }) => {
    const { http, world, acme } = await startSim()
    const { headers } = await http('GET', `${qr_path}?format=png&size=${size}`)
    expect(headers.get('content-type')).toBe('image/png')
    const png = await world.call('registration_qr.get', { eid: 'acme', format: 'png', size })
    const code = generate(acme.info.register_url ?? '')
    const white = [255, 255, 255] as const
    expect((code.size + 8) * scale).toBeLessThanOrEqual(Number(size))
    expect((code.size + 8) * (scale + 1)).toBeGreaterThan(Number(size))
    expect(png).toEqual(new Uint8Array(toPngBuffer(code, { off: white, pad: 4, scale })))
  })

  it.each([
    { query: 'size=63', field: 'size' },
    { query: 'size=2049', field: 'size' },
    { query: 'size=big', field: 'size' },
    { query: 'format=gif', field: 'format' },
    { query: 'colour=red', field: 'colour' },
  ])('is refused for $query', async ({ query, field }) => {
    const { http } = await startSim()
    expect(await http('GET', `${qr_path}?${query}`)).toMatchObject({ status: 422, json: { field } })
  })

  it('is not there without an official account', async () => {
    const { http } = await startSim()
    const at = (key: string) => http('GET', qr_path.replace('acme', key))
    expect(await at('globex')).toMatchObject({ status: 409, json: { field: 'eid' } })
    expect(await at('nobody')).toMatchObject({ status: 404, json: { field: 'eid' } })
  })
})

/** What a WeChat client reads of Acme's menu. */
async function menuOf(sim: Awaited<ReturnType<typeof startSim>>) {
  const client = await acmesClient(sim)
  return async () => (await client.get('/cgi-bin/menu/get')).json['menu'] as unknown as Menu
}

interface Menu {
  readonly button: readonly Button[]
}
interface Button {
  readonly name: string
  readonly url?: string
  readonly sub_button: readonly Button[]
}

const leaf = (name: string) => ({ type: 'click', name, key: name })

describe('registration_page.publish', () => {
  it('gives a new account a menu whose one item opens the page, on a phone too', async () => {
    const { world, globex, li } = await startSim()
    await world.call('account.connect', { eid: 'globex' })
    await world.call('registration_page.publish', { eid: 'globex' })
    await li.follows(globex)
    const tapped = await world.call('phone.tap', {
      person: 'li',
      account: 'globex',
      button: '入职登记',
    })
    expect(JSON.stringify(tapped)).toContain(`/register/${globex.eid}`)
    expect(await stepOf(world, 'globex', published)).toMatchObject({ done: true })
  })

  it('changes nothing in a menu that has the item, and writes down that it was published', async () => {
    const sim = await startSim()
    const menu = await menuOf(sim)
    const before = await menu()
    await sim.world.call('registration_page.publish', { eid: 'acme', name: '登记' })
    expect(await menu()).toEqual(before)
    const { events } = await life(sim.world, 'acme')
    expect(events.filter(({ verb }) => verb === published)).toHaveLength(2)
  })

  it.each([
    { what: 'beside two others', button: [leaf('a'), leaf('b')], at: [2] },
    {
      what: 'below the first of three that has room',
      button: [
        leaf('a'),
        { name: 'b', sub_button: [1, 2, 3, 4, 5].map((n) => leaf(`b${n}`)) },
        { name: 'c', sub_button: [leaf('c1')] },
      ],
      at: [2, 1],
    },
  ])('puts the item $what, and leaves the others', async ({ button, at }) => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    expect((await client.post('/cgi-bin/menu/create', { button })).json).toMatchObject({
      errcode: 0,
    })
    expect(await stepOf(sim.world, 'acme', published)).toMatchObject({ done: false })
    await sim.world.call('registration_page.publish', { eid: 'acme', name: '入职' })
    const menu = await (await menuOf(sim))()
    const [top = 0, below] = at
    const item = below === undefined ? menu.button[top] : menu.button[top]?.sub_button[below]
    expect(item).toEqual({
      type: 'view',
      name: '入职',
      url: sim.acme.info.register_url,
      sub_button: [],
    })
    const names = (buttons: unknown) => JSON.stringify(buttons).match(/"name":"[abc]\d?"/g)
    expect(names(menu)).toEqual(names(button))
    expect(await stepOf(sim.world, 'acme', published)).toMatchObject({ done: true })
  })

  it.each([
    {
      what: 'there is no room',
      button: [leaf('a'), leaf('b'), leaf('c')],
      body: {},
      says: 'no room',
    },
    {
      what: 'the name is too long',
      button: [leaf('a')],
      body: { name: '一二三四五六' },
      says: '40018',
    },
  ])('is 409 when $what, and leaves the menu as it is', async ({ button, body, says }) => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    await client.post('/cgi-bin/menu/create', { button })
    const before = await tablesOf(sim.world)
    const path = '/_sim/v1/worlds/test/accounts/acme/registration-page/publish'
    expect(await sim.http('POST', path, body)).toMatchObject({
      status: 409,
      json: { type: 'conflict', reason: expect.stringContaining(says) },
    })
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it('is 409 without an official account', async () => {
    const { http } = await startSim()
    const path = '/_sim/v1/worlds/test/accounts/globex/registration-page/publish'
    expect(await http('POST', path, {})).toMatchObject({ status: 409, json: { field: 'eid' } })
  })
})
