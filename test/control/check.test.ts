import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules } from '../../src/control/check/rules.ts'
import type { CheckInput } from '../../src/index.ts'
import { foldValue, lossesIn } from '../../src/wechat/template/fold.ts'
import { type Sim, startSim } from '../sim.ts'
import { startThrough } from '../tupu/through.ts'
import { tablesOf } from '../wechat/client.ts'

/** One keyword of each type, behind the one that shows the message. */
const typed = [
  ['thing1', '甲'],
  ['short_thing2', '请'],
  ['character_string3', 'A'],
  ['time4', '15:01'],
  ['date5', '2026-01-05'],
  ['amount6', '9'],
  ['phone_number7', '1'],
  ['car_number8', 'A'],
  ['const9', ''],
  ['phrase10', '甲'],
  ['name11', '甲'],
  ['number12', '1'],
  ['letter13', 'a'],
  ['symbol14', '!'],
] as const
const good = Object.fromEntries(typed.slice(1))

/** Acme, whose template is another one from now on. */
async function withTemplate({ world, acme }: Sim, content: string) {
  const { appid } = acme
  await world.call('template.disable', { appid, template_id: acme.info.template_id ?? '' })
  const wanted = { appid, title: '通知', content }
  const { application } = (await world.call('application.create', wanted)) as {
    application: string
  }
  await world.call('application.submit', { application })
}

async function startTyped(more: readonly string[] = []) {
  const sim = await startSim()
  const names = [...typed.map(([name]) => name), ...more]
  await withTemplate(sim, names.map((name) => `${name}:{{${name}.DATA}}\n`).join(''))
  return sim
}

const long = '字'.repeat(21)
const old = { message: '欢迎加入' }
/** What shows each rule, under the template of the demo or under one with a keyword of each type. */
const finds: Readonly<
  Record<
    string,
    {
      readonly of: 'old' | 'typed'
      readonly check: CheckInput
      readonly field: string
      readonly position?: number
    }
  >
> = {
  'message.folded': { of: 'old', check: { message: '一\n二' }, field: 'message', position: 1 },
  'message.link': {
    of: 'old',
    check: { message: '看 hr.example.com/a' },
    field: 'message',
    position: 2,
  },
  'message.total': { of: 'old', check: { message: '字'.repeat(200) }, field: 'message' },
  'text.contact': {
    of: 'old',
    check: { message: '找 138 0013 8009' },
    field: 'message',
    position: 2,
  },
  'text.identity': {
    of: 'old',
    check: { message: '证号11010519491231002X' },
    field: 'message',
    position: 2,
  },
  'url.address': { of: 'old', check: { ...old, url: 'javascript:alert(1)' }, field: 'url' },
  'url.oauth_domain': {
    of: 'typed',
    check: { ...old, url: 'https://other.example/' },
    field: 'url',
  },
  'url.js_domain': { of: 'typed', check: { ...old, url: 'https://other.example/' }, field: 'url' },
  'value.empty': {
    of: 'typed',
    check: { ...old, keywords: { ...good, time4: '' } },
    field: 'keywords.time4',
  },
  'value.control': {
    of: 'typed',
    check: { ...old, keywords: { ...good, number12: '1\n2' } },
    field: 'keywords.number12',
    position: 1,
  },
  'value.thing': { of: 'typed', check: { message: long }, field: 'message' },
  ...Object.fromEntries(
    [
      ['short_thing2', '六个字就太长'],
      ['character_string3', '中'],
      ['time4', '8点'],
      ['date5', '明天'],
      ['amount6', '1,000'],
      ['phone_number7', 'call'],
      ['car_number8', '京A12345678'],
      ['const9', long],
      ['phrase10', 'ok'],
      ['name11', long],
      ['number12', '-1'],
      ['letter13', '1'],
      ['symbol14', 'a'],
      ['remark15', 'a'],
    ].map(([name = '', value = '']) => [
      `value.${name.replace(/\d+/u, '')}`,
      {
        of: 'typed' as const,
        check: { ...old, keywords: { ...good, [name]: value } },
        field: `keywords.${name}`,
      },
    ]),
  ),
  'value.folded': {
    of: 'old',
    check: { ...old, keywords: { keyword1: long } },
    field: 'keywords.keyword1',
    position: 20,
  },
  'value.line_break': {
    of: 'old',
    check: { ...old, keywords: { keyword1: '一\n二' } },
    field: 'keywords.keyword1',
    position: 1,
  },
  'value.emoji': {
    of: 'old',
    check: { ...old, keywords: { keyword1: '一🎉' } },
    field: 'keywords.keyword1',
    position: 1,
  },
  'value.blank': {
    of: 'old',
    check: { ...old, keywords: { keyword2: '' } },
    field: 'keywords.keyword2',
  },
  'line.hidden': { of: 'old', check: old, field: 'message' },
  'sms.signature': { of: 'old', check: old, field: 'message', position: 0 },
  'sms.pattern': { of: 'old', check: old, field: 'message' },
  'sms.link': {
    of: 'old',
    check: { message: '看https://a.example/x' },
    field: 'message',
    position: 1,
  },
  'sms.number': {
    of: 'old',
    check: { message: '电话010-55550188' },
    field: 'message',
    position: 2,
  },
  'sms.parts': { of: 'old', check: { message: '字'.repeat(71) }, field: 'message' },
  'sms.night': { of: 'typed', check: old, field: 'message' },
  'sms.repeated': { of: 'typed', check: { ...old, mobile: '13800138002' }, field: 'message' },
}

describe('message.check', () => {
  it('finds what each of its rules is for, says where, and why in both languages', async () => {
    const plain = await startSim()
    const other = await startTyped(['remark15'])
    await other.world.call('official_account.update', {
      appid: other.acme.appid,
      oauth_domains: ['hr.example.com'],
      js_domains: ['hr.example.com'],
    })
    await other.world.call('clock.advance', { to: '2026-01-05T15:30:00Z' })
    for (const _ of [1, 2])
      await other.http('POST', '/w/test/sink/sms', { to: '13800138002', text: '欢迎加入' })
    const missed: unknown[] = []
    for (const rule of Object.keys(rules)) {
      const { of = 'old', check = old, field = '', position = null } = finds[rule] ?? {}
      const { items } = await (of === 'old' ? plain : other).world.check(check)
      const found = items.find((item) => item.rule === rule && item.field === field)
      const isWhole =
        found?.position === position && /^[^{}]+$/u.test(found.sentence.en + found.sentence.zh)
      if (!isWhole) missed.push({ rule, found })
    }
    expect(missed).toEqual([])
  })

  it('names what an account lacks, and which template is gone', async () => {
    const { world, acme } = await startSim()
    const sentences = async (account: string) =>
      (await world.check({ ...old, account })).items.map(({ sentence }) => sentence)
    const [{ en, zh } = { en: '', zh: '' }] = await sentences('globex')
    expect(en).toMatch(/cannot send yet because it lacks official_account_connected, .+\.$/u)
    expect(zh).toMatch(/缺少 official_account_connected.+。$/u)
    const template_id = acme.info.template_id ?? ''
    await world.call('template.disable', { appid: acme.appid, template_id })
    const [gone] = await sentences('acme')
    expect(gone?.en).toContain(template_id)
    expect(gone?.zh).toContain(template_id)
  })

  it('never disagrees with a send: what it says is rejected is refused by that code, and the rest is accepted', async () => {
    const [plain, other, class2023] = [
      await startSim(),
      await startTyped(),
      await startSim({
        world: { accounts: [{ key: 'acme', company: '晨光科技', rules: '2023' }] },
      }),
    ]
    const piece = fc.constantFrom(
      '欢迎',
      '字'.repeat(19),
      '\n',
      '\t',
      ' ',
      '🎉',
      '15:01',
      'ok',
      '①',
      '\u0001',
      '9',
      '字'.repeat(201),
      '',
    )
    const text = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(''))
    const name = fc.constantFrom(
      'keyword1',
      'thing2',
      'thing1',
      'time4',
      'phrase10',
      'number12',
      'nope',
    )
    const mobile = fc.constantFrom(
      '13800138002',
      '13800138001',
      '138',
      '19900043004',
      '19903000001',
      '13800138003',
    )
    const message = fc.record({
      message: text,
      keywords: fc.dictionary(name, text, { maxKeys: 2 }),
      mobile,
      account: fc.constantFrom('acme', 'acme', 'globex'),
    })
    const codes = new Set<number>()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(plain, other, class2023),
        message,
        fc.boolean(),
        async (sim, sent, isWhole) => {
          const keywords = isWhole && sim === other ? { ...good, ...sent.keywords } : sent.keywords
          const given = { ...sent, keywords, account: sim === class2023 ? 'acme' : sent.account }
          const clean = Object.fromEntries(
            Object.entries(keywords).filter(([, value]) => !value.includes('\0')),
          )
          const { items, ok } = await sim.world.check({ ...given, keywords: clean })
          const { errcode } = (await sim.world.call('message.test', {
            ...given,
            keywords: clean,
          })) as { errcode: number }
          const rejected = items
            .filter(({ severity }) => severity === 'rejected')
            .map((item) => item.errcode)
          codes.add(errcode ?? 1)
          expect({ given, ok, rejected }).toMatchObject({ ok: errcode === 0 })
          if (errcode !== 0) expect(rejected, JSON.stringify(given)).toContain(errcode)
        },
      ),
      { numRuns: 150, seed: 7 },
    )
    expect([...codes].toSorted((a, b) => a - b)).toEqual(
      expect.arrayContaining([0, 43004, 47003, 100010, 100011, 100012, 100013, 100014, 100016]),
    )
  })

  it('sends nothing and changes nothing', async () => {
    const { world, wang } = await startSim()
    const before = await tablesOf(world)
    await world.check({ ...old, person: 'wang' })
    expect(await tablesOf(world)).toEqual(before)
    expect(await wang.inbox()).toEqual([])
  })

  it('says what the phone shows under the rules of both times, and in how many SMS', async () => {
    const { world } = await startSim()
    expect(await world.check({ message: '字'.repeat(140), name: '王小雨' })).toMatchObject({
      ok: true,
      rules: '2014',
      shown: {
        '2014': { line: '字'.repeat(140), lines: [{ label: '姓名', value: '王小雨' }, {}, {}] },
        '2023': { line: null },
      },
      sms: { units: 140, parts: 3 },
    })
  })

  it.each([
    { of: 'a sandbox, which takes any value,', change: { kind: 'sandbox' } as const },
    { of: 'a magic mobile, which no WeChat is asked about,', change: undefined },
  ])('warns of what the real one refuses where $of decides', async ({ change }) => {
    const { world, acme } = await startSim({
      world: { accounts: [{ key: 'acme', rules: '2023' }] },
    })
    const { appid } = acme
    if (change) await world.call('official_account.update', { appid, ...change })
    const { ok, items } = await world.check({
      message: long,
      mobile: change ? '13800138002' : '19903000001',
    })
    expect(ok).toBe(true)
    expect(items).toContainEqual(
      expect.objectContaining({ rule: 'value.thing', severity: 'risk', errcode: null }),
    )
  })

  it('knows of an account at another WeChat who is registered and which keywords there are, and warns of the rest', async () => {
    const { world, wang } = await startThrough()
    const check = (more: object) => world.check({ message: '欢迎加入', ...more })
    expect(await check({ mobile: wang.mobile })).toMatchObject({
      ok: true,
      rules: null,
      shown: null,
    })
    const { ok, items } = await check({ mobile: '13900139000', keywords: { nope: '1' } })
    const rejected = items.filter(({ severity }) => severity === 'rejected')
    expect({ ok, codes: rejected.map(({ errcode }) => errcode) }).toEqual({
      ok: false,
      codes: [100011, 100014],
    })
  })

  it('refuses keywords that are no object of texts, and whoever is not there', async () => {
    const { http } = await startSim()
    const ask = (query: string) => http('GET', `/_sim/v1/worlds/test/check?message=a&${query}`)
    for (const keywords of ['a', '[]', '{"a":1}'])
      expect(await ask(`keywords=${encodeURIComponent(keywords)}`)).toMatchObject({
        status: 422,
        json: { field: 'keywords' },
      })
    expect(await ask('account=nobody')).toMatchObject({ status: 422, json: { field: 'account' } })
    expect(await ask('person=nobody')).toMatchObject({ status: 422, json: { field: 'person' } })
  })
})

it('lossesIn says that a part is lost just where foldValue shows less', () => {
  const text = fc.array(fc.constantFrom('字', '🎉', '\n', 'a', '☎', '字字字字字字字字字'), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(text, fc.constantFrom('thing' as const, 'time' as const, null), (parts, type) => {
      const value = parts.join('')
      expect(lossesIn(type, value).length > 0).toBe(foldValue(type, value) !== value)
    }),
  )
})
