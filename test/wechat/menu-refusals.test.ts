import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, linksMiniprogram, refusalOf, tablesOf } from './client.ts'
import { create, rows, sub, texts } from './menu-refusals.ts'

const click = { type: 'click', name: '联系我们', key: 'contact' }
const view = { type: 'view', name: '招聘', url: 'https://hr.example.com' }

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  await linksMiniprogram(sim)
  return { ...sim, client: await acmesClient(sim) }
}

describe(`POST ${create}`, () => {
  it.each(rows)('answers $errcode when $when', async ({ errcode, body, send }) => {
    const { client } = await start()
    const answer = send ? await send(client) : await client.post(create, body)
    expect(refusalOf(answer)).toEqual({ errcode, errmsg: texts[errcode] })
  })

  it.each([
    { first: 'the name', errcode: 40018, button: { name: '', type: 'x' } },
    {
      first: 'the levels',
      errcode: 40025,
      button: { name: 'a', sub_button: [{ sub_button: {} }] },
    },
    { first: 'the button that comes first', errcode: 40017, button: { name: 'a', type: 'x' } },
  ])('looks at $first first', async ({ errcode, button }) => {
    const { client } = await start()
    const answer = await client.post(create, { button: [button, { ...view, url: '' }] })
    expect(refusalOf(answer)).toMatchObject({ errcode })
  })

  it('takes an escaped backslash before a u for what it is', async () => {
    const { client } = await start()
    const button = [{ ...click, key: '\\u0041' }]
    expect((await client.post(create, { button })).json).toMatchObject({ errcode: 0 })
    const { text } = await client.get('/cgi-bin/menu/get')
    expect(JSON.parse(text).menu.button[0].key).toBe('\\u0041')
  })

  it('says in its decision which button was refused, and why', async () => {
    const { client, world } = await start()
    await client.post(create, sub({ ...view, url: 'x' }))
    const { items } = (await world.call('exchange.list', { surface: 'wechat' })) as {
      items: { decision: unknown[] }[]
    }
    expect(items[0]?.decision.at(-1)).toEqual({
      rule: 'menu.url',
      actual: { 'button[0].sub_button[1].url': 'x' },
      expected: 'an address that begins with http:// or https://',
    })
  })
})

onEither('a refused menu', (database) => {
  it('leaves everything as it was', async () => {
    const { client, world } = await start(database)
    const before = await tablesOf(world)
    for (const { body, send } of rows) await (send ? send(client) : client.post(create, body))
    expect(await tablesOf(world)).toEqual(before)
  })
})
