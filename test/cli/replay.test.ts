import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startReceiver } from '../callback-receiver.ts'
import { onEither } from '../database.ts'
import { PlainBrowser } from '../phone/browser.ts'
import { type Sim, startSim } from '../sim.ts'
import { Browser } from '../tupu/register/browser.ts'
import { good, pageOf } from '../tupu/register/candidate.ts'
import { realSeconds, signedHeaders } from '../tupu/signed.ts'
import { startThrough } from '../tupu/through.ts'
import { WechatClient } from '../wechat/client.ts'
import { folderWith, runHere } from './in-process.ts'

const secret = 'the-secret-of-acme'
/** Whatever gives somebody away, in any spelling. */
const personal = [
  ...['王小雨', '李雷', '韩梅梅', '方芳', '赵敏', 'Zhao'],
  ...[
    '13800138001',
    '138 0013 8002',
    '8001',
    '8002',
    '8003',
    '8004',
    '9000',
    '51234567',
    '5123 4567',
  ],
  ...['li@example.com', 'zhao.min@example.com', secret, 'hook-secret-17'],
]

/** A day at two accounts with everything that a journal may hold. */
async function liveThrough(sim: Sim): Promise<void> {
  const { world, http, platform, acme, globex, wang, li, han, fang } = sim
  await platform.sends(globex, { mobile: wang.mobile, message: '王小雨，欢迎加入', name: '王小雨' })
  await platform.sends(globex, {
    mobile: '138 0013 9000',
    message: '找 han：138-0013-8003',
    name: '赵敏',
  })
  await platform.sends(globex, { mobile: '123', client_msg_id: 'order-1' })
  await world.fault({ mobile: wang.mobile, account: 'globex', errcode: 45009, times: 1 })
  await platform.sends(globex, { mobile: wang.mobile })
  await world.fault({ account: 'globex', transport: 'reset', stage: 'after', times: 1 })
  await expect(platform.sends(globex, { mobile: wang.mobile })).rejects.toThrow()
  await world.register('+852 5123 4567', {
    account: 'globex',
    name: 'Zhao Min',
    email: 'Zhao.Min@example.com',
  })
  await platform.sends(globex, { mobile: '+85251234567', keywords: { keyword1: '赵敏' } })
  await world.advance('P1D')
  await han.follows(globex)
  await wang.blocks(globex)
  await platform.sends(globex, { mobile: fang.mobile })
  const path = '/w/test/tupu/v1/messages'
  const body = JSON.stringify({ eid: acme.eid, mobile: wang.mobile, message: '请登记' })
  const of = { secret, method: 'POST', path, body, timestamp: await realSeconds(sim) }
  await http('POST', path, body, signedHeaders(of))
  await http('POST', path, body, signedHeaders({ ...of, secret: 'another-secret' }))
  const client = new WechatClient(http, globex)
  await client.signsIn()
  const { items } = (await world.call('association.list', {
    account: 'globex',
    mobile: '+85251234567',
  })) as { items: { openid: string }[] }
  const [template] = globex.info.template_id === null ? [] : [globex.info.template_id]
  const data = { first: { value: '你好' } }
  await client.post('/cgi-bin/message/template/send', {
    touser: items[0]?.openid,
    template_id: template,
    data,
  })
  await client.post('/cgi-bin/message/template/send', {
    touser: 'oNobody',
    template_id: template,
    data,
  })
  const browser = new PlainBrowser(http)
  await browser.opens('/w/test/accounts/globex?tab=eid')
  await browser.presses('ask-suspend', {}).catch(() => undefined)
  await world.call('eid.suspend', { eid: 'globex' })
  await platform.sends(globex, { mobile: wang.mobile })
  const candidate = new Browser(http)
  await candidate.submit(await candidate.open(pageOf(acme, 'li')), good)
  await platform.sends(acme, { mobile: li.mobile })
}

async function startDay(more: object = {}) {
  let told = 0
  const receiver = await startReceiver((response) =>
    response.writeHead(told++ === 0 ? 500 : 204).end(),
  )
  const callback = { url: receiver.url, secret: 'hook-secret-17' }
  const accounts = [
    { key: 'acme', company: '晨光科技', partner_secret: secret },
    { key: 'globex', company: '环球制造', callback },
  ]
  const people = [
    { key: 'wang', name: '王小雨', mobile: '13800138002', registered_with: ['acme', 'globex'] },
    { key: 'li', name: '李雷', mobile: '13800138001', follows: ['acme'] },
    { key: 'han', name: '韩梅梅', mobile: '13800138003' },
    { key: 'fang', name: '方芳', mobile: '13800138004', registered_with: ['globex'] },
  ]
  return startSim({ ...more, world: { accounts, people } })
}

/** The file of a world, as text. */
async function bundleOf({ http }: Sim): Promise<string> {
  return (await http('GET', '/_sim/v1/worlds/test/bundle')).text
}

function replays(text: string) {
  return runHere(['replay', join(folderWith({ 'b.json': text }), 'b.json')])
}

onEither('a bundle', (database) => {
  it('is replayed with the same answers, of accepted, refused and faulted calls, of pages, and after the clock was moved', async () => {
    const sim = await startDay({ database })
    await liveThrough(sim)
    const text = await bundleOf(sim)
    expect(await replays(text)).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^\d\d calls made again: \d\d answered the same, 0 otherwise\n$/u,
      ),
    })
    expect(await bundleOf(sim)).toBe(text)
  })

  it('holds no name, mobile, e-mail, secret or token of its world, in whatever spelling', async () => {
    const sim = await startDay({ database })
    await liveThrough(sim)
    const { world } = sim
    const { tables } = (await world.call('world.export', { secrets: 'true' })) as Exported
    const secrets = tables['official_account']?.flatMap((row) => [
      row['app_secret'],
      row['token'],
      row['aes_key'],
    ])
    const openids = tables['association']
      ?.filter(({ mobile }) => mobile === '+85251234567')
      .map(({ openid }) => openid)
    const given = [...personal, ...(secrets ?? []), ...(openids ?? [])].map((one) =>
      String(one).toLowerCase(),
    )
    expect(given.length).toBeGreaterThan(20)
    const text = (await bundleOf(sim)).toLowerCase()
    expect(given.filter((one) => text.includes(one))).toEqual([])
  })
})

it('a bundle holds no name that a keyword, an address or a part of a name tells, and no identity card', async () => {
  const sim = await startDay()
  const { world, http, platform, acme, globex, wang } = sim
  await world.register('13911112222', {
    account: 'globex',
    name: 'Zoë Ünïcode 曾小薇',
    email: 'z@x.example',
  })
  for (const [i, name] of ['Иван Петров', 'محمد', '김철수', 'はなこ', 'İpek Ñandú'].entries())
    await world.register(`1391111333${i}`, { account: 'globex', name })
  await platform.sends(globex, {
    mobile: wang.mobile,
    message: '请 Ünïcode（曾小薇）带身份证 11010519491231002X，Zoë',
    keywords: { keyword1: 'Quentin Jäger' },
    url: 'https://hr.example.com/?full_name=Rosa%20Lux&mobile=13911112222',
  })
  const query = `?name=Rumpelstilz&eid=${acme.eid}`
  await http('POST', `/w/test/tupu/v1/messages${query}`, '{broken Rumpelstilz')
  const client = new WechatClient(http, globex)
  await client.signsIn()
  await client.post('/cgi-bin/message/template/send', {
    touser: 'oNobody',
    template_id: globex.info.template_id,
    data: { keyword1: { value: 'Ines Öst' } },
  })
  await http('POST', '/w/test/sink/sms', { to: '13911112222', text: 'Dear Quentin Jäger' })
  const text = await bundleOf(sim)
  for (const told of [
    'Zoë',
    'Ünïcode',
    '曾小薇',
    '110105',
    'Quentin',
    'Rosa',
    'Rumpelstilz',
    'Ines',
    ...['Иван', 'Петров', 'محمد', '김', '철', 'はなこ', 'İp', 'Ñan', 'Öst'],
  ])
    expect(text).not.toContain(told)
  expect(text).toContain('请 ')
  expect(await replays(text)).toMatchObject({ code: 0 })
})

interface Exported {
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

it('a changed answer is found and named', async () => {
  const sim = await startDay()
  await sim.platform.sends(sim.globex, { mobile: '13900139000' })
  await sim.platform.sends(sim.globex, { mobile: sim.wang.mobile })
  const text = (await bundleOf(sim)).replace('\\"errcode\\":100011', '\\"errcode\\":100012')
  const { code, stdout } = await replays(text)
  expect(code).toBe(1)
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(
      /^DIFF {2}#\d+ message\.send {2}POST \/w\/test\/tupu\/v1\/messages {2}body\.errcode: expected 100012; came 100011$/u,
    ),
    '2 calls made again: 1 answered the same, 1 otherwise',
    '',
  ])
})

it('a world whose clock runs is bundled from a server and replayed on it', async () => {
  const sim = await startSim({ listen: true, world: { clock: { mode: 'running' } } })
  const { world, platform, acme, wang, http } = sim
  await platform.sends(acme, { mobile: wang.mobile })
  await world.advance('PT1H')
  await platform.sends(acme, { mobile: '13900139000', message: '王小雨' })
  const browser = new PlainBrowser(http)
  await browser.opens('/w/test/')
  await browser.presses('send-now', { to: wang.mobile, message: '再次欢迎' })
  const file = join(folderWith({}), 'b.json')
  const url = sim.sim.url ?? ''
  const bundled = await runHere(['bundle', '--url', url, '--world', 'test', '--out', file])
  expect(bundled).toMatchObject({ code: 0, stderr: '' })
  const same = { code: 0, stdout: '3 calls made again: 3 answered the same, 0 otherwise\n' }
  expect(await runHere(['replay', file])).toMatchObject(same)
  const taken = await runHere(['replay', file, '--target', url])
  expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('world_exists') })
  await world.close()
  expect(await runHere(['replay', file, '--target', url])).toMatchObject(same)
})

it('a world that was reset, and the demo, begin as they did', async () => {
  const { sim, http } = await startSim({ demo: true })
  for (const again of [false, true]) {
    if (again) await sim.call('world.reset', { world: 'default' })
    await sim.call('message.test', { world: 'default', person: 'wang', message: '欢迎加入' })
    const { text } = await http('GET', '/_sim/v1/worlds/default/bundle')
    expect(await replays(text)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^1 calls/u),
    })
  }
})

it('what another WeChat has answered is answered again, and nobody is called', async () => {
  const { acme, http, platform, remote, wang } = await startThrough()
  await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
  await remote.wang.mutes(remote.acme)
  expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 43101 })
  const { text } = await http('GET', '/_sim/v1/worlds/test/bundle')
  expect(text).not.toContain(remote.acme.info.app_secret)
  await remote.sim.close()
  expect(await replays(text)).toEqual({
    code: 0,
    stderr: '',
    stdout: '4 calls made again: 4 answered the same, 0 otherwise\n',
  })
})

it('a drill does by itself what it did, and the usual people are others', async () => {
  const { sim, http } = await startSim()
  const world = await sim.world({
    name: 'drilled',
    clock: { mode: 'frozen', now: '2026-01-05T01:00:00Z' },
  })
  await world.drill('wechat_busy')
  for (let n = 0; n < 3; n++) {
    await world.call('message.test', { mobile: '13800138002', message: '欢迎加入' })
    await world.advance('PT10M')
  }
  const { text } = await http('GET', '/_sim/v1/worlds/drilled/bundle')
  expect(text).not.toMatch(/8002|王小雨/u)
  expect(await replays(text)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^7 calls/u) })
})

it.each([
  { what: 'a file that is none', text: '{}', says: 'is no bundle' },
  { what: 'a newer format', text: '{"format":2}', says: 'a newer version' },
  { what: 'no file', text: undefined, says: 'cannot be read' },
])('says of $what why it cannot be replayed', async ({ text, says }) => {
  const folder = folderWith(text === undefined ? {} : { 'b.json': text })
  const { code, stderr } = await runHere(['replay', join(folder, 'b.json')])
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(says) })
})

it('says of what is no simulator that it is none, and writes and replays nothing there', async () => {
  const { url: page } = await startReceiver((response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>{"format":1'),
  )
  const sim = await startSim()
  const folder = folderWith({ 'b.json': await bundleOf(sim), 'out.json': 'an earlier one' })
  const [file, out] = [join(folder, 'b.json'), join(folder, 'out.json')]
  const origin = new URL(page).origin
  const bundled = await runHere(['bundle', '--url', origin, '--out', out])
  expect(bundled).toMatchObject({ code: 1, stderr: expect.stringContaining('is no simulator') })
  expect(readFileSync(out, 'utf8')).toBe('an earlier one')
  expect(readdirSync(folder)).toEqual(['b.json', 'out.json'])
  for (const [url, says] of [
    [origin, 'was answered 200: <!doctype html>'],
    ['http://127.0.0.1:1', 'No simulator answers at http://127.0.0.1:1.'],
  ] as const) {
    const { code, stderr } = await runHere(['replay', file, '--target', url])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(says) })
  }
})

it('says so when the file has no seed, or does not hold how the world began', async () => {
  const sim = await startSim({
    exposed: true,
    controlToken: 'the-operators-token',
    partnerOpen: true,
  })
  await sim.world.snapshot('ready')
  const get = (query = '') =>
    sim.sim.call('bundle.get', { world: 'test', ...(query && { seed: query }) })
  expect((await replays(JSON.stringify(await get()))).stderr).toContain('has no seed')
  expect(await replays(JSON.stringify(await get('true')))).toMatchObject({ code: 0 })
  await sim.world.restore('ready')
  expect((await replays(JSON.stringify(await get('true')))).stderr).toContain(
    'began with a snapshot',
  )
})
