import { describe, expect, it } from 'vitest'
import { enRegister } from '../../../views/words/register/en.ts'
import { zhRegister } from '../../../views/words/register/zh.ts'
import { textOf } from '../../page.ts'
import { formOf, type Page } from './browser.ts'
import { calls, good, heldBy, pageOf, registrations, startAtForm } from './candidate.ts'

type Code = keyof typeof zhRegister.form.errors

interface Case {
  readonly when: string
  readonly but: Readonly<Record<string, string | undefined>>
  readonly field: string
  readonly code: Code
}

const cases: Case[] = [
  { when: 'no name', but: { name: ' \u3000 ' }, field: 'name', code: 'name_missing' },
  { when: 'a name of 101', but: { name: '字'.repeat(101) }, field: 'name', code: 'name_long' },
  { when: 'a tab in it', but: { name: '李\t雷' }, field: 'name', code: 'name_illegal' },
  { when: 'a NUL in it', but: { name: '李\0雷' }, field: 'name', code: 'name_illegal' },
  { when: 'an override', but: { name: '李\u202e雷' }, field: 'name', code: 'name_illegal' },
  { when: 'nothing to see', but: { name: '\u200b\u3164' }, field: 'name', code: 'name_illegal' },
  { when: 'no mobile', but: { mobile: '' }, field: 'mobile', code: 'mobile_missing' },
  {
    when: 'a mobile that nobody sees',
    but: { mobile: ' \u200b\u2060' },
    field: 'mobile',
    code: 'mobile_missing',
  },
  {
    when: 'a short mobile',
    but: { mobile: '1380013800' },
    field: 'mobile',
    code: 'mobile_invalid',
  },
  {
    when: 'a mobile of another region',
    but: { region: 'HK' },
    field: 'mobile',
    code: 'mobile_invalid',
  },
  { when: 'a magic one', but: { mobile: '19900043004' }, field: 'mobile', code: 'mobile_unusable' },
  { when: 'Wang’s', but: { mobile: '13800138002' }, field: 'mobile', code: 'mobile_unusable' },
  { when: 'no email', but: { email: '' }, field: 'email', code: 'email_missing' },
  {
    when: 'an email of 255',
    but: { email: `${'a'.repeat(243)}@example.com` },
    field: 'email',
    code: 'email_long',
  },
  { when: 'no @', but: { email: 'example.com' }, field: 'email', code: 'email_invalid' },
  { when: 'two @', but: { email: 'a@b@example.com' }, field: 'email', code: 'email_invalid' },
  { when: 'a blank', but: { email: 'a b@example.com' }, field: 'email', code: 'email_invalid' },
  { when: 'no dot', but: { email: 'li@localhost' }, field: 'email', code: 'email_invalid' },
  { when: 'numbers', but: { email: 'li@127.0.0.1' }, field: 'email', code: 'email_invalid' },
  { when: 'a port', but: { email: 'li@a.com:80' }, field: 'email', code: 'email_invalid' },
  { when: 'no consent', but: { consent: undefined }, field: 'consent', code: 'consent_missing' },
]

describe('a form with', () => {
  it.each(cases)(
    '$when comes again, says so at the field, and nothing else happens',
    async ({ but, field, code }) => {
      const sim = await startAtForm()
      const { browser, form } = sim
      const before = await heldBy(sim)
      const page = await browser.submit(form, { ...good, ...but })
      expect(page.status).toBe(422)
      expect(errorsOf(page)).toEqual({ [field]: said(zhRegister, code) })
      expect(typedOn(page)).toEqual({ ...typed({ ...good, ...but }) })
      expect(await heldBy(sim)).toEqual(before)
      const [latest] = await calls(sim)
      expect(latest?.decision).toContainEqual({ rule: 'form.valid', actual: { [field]: code } })
    },
  )

  it('many faults sums them up at its top, and begins at the first one', async () => {
    const { browser, form } = await startAtForm()
    const page = await browser.submit(form, { name: '', mobile: '1', email: '@' })
    const errors = errorsOf(page)
    expect(Object.keys(errors)).toEqual(['name', 'mobile', 'email', 'consent'])
    const summary = /<section class="reg-summary" role="alert">([\s\S]*?)<\/section>/.exec(
      page.html,
    )
    expect(textOf(summary?.[1] ?? '')).toContain('还有 4 处需要改正')
    const links = [...(summary?.[1] ?? '').matchAll(/<a href="#(\w+)">([^<]*)<\/a>/g)]
    expect(Object.fromEntries(links.map(([, field, text]) => [field, text]))).toEqual(errors)
    const focused = page.tags.filter(({ attributes }) => 'autofocus' in attributes)
    expect(focused.map(({ attributes }) => attributes['id'])).toEqual(['name'])
    expect(page.html).toMatch(/<title>需要改正: 信息登记/)
  })

  it('a fault says so in the candidate’s language', async () => {
    const { browser, acme } = await startAtForm()
    const form = await browser.open(`${pageOf(acme)}?lang=en`)
    const page = await browser.submit(form, { ...good, email: 'li' })
    expect(errorsOf(page)).toEqual({ email: said(enRegister, 'email_invalid') })
    expect(page.html).toContain('<html lang="en">')
  })
})

describe('a mobile that cannot be registered', () => {
  it('says the same of somebody else’s as of a magic one, and whom to ask', async () => {
    const { browser, form, wang } = await startAtForm()
    const pages = [
      await browser.submit(form, { ...good, mobile: wang.mobile }),
      await browser.submit(form, { ...good, mobile: '19900000000' }),
    ]
    const [others, magic] = pages.map((page) => {
      return page.html.replaceAll(wang.mobile, '…').replaceAll('19900000000', '…')
    })
    expect(others).toBe(magic)
    expect(errorsOf(pages[0] as Page)['mobile']).toContain('人力资源部')
    expect(others).not.toMatch(/王/)
  })

  it('is taken over where the account says so', async () => {
    const { browser, form, world, wang, acme, li } = await startAtForm()
    await world.call('account.update', { eid: 'acme', rebind: 'replace' })
    expect((await browser.submit(form, { ...good, mobile: wang.mobile })).status).toBe(200)
    expect(await registrations({ world }, { mobile: wang.mobile })).toMatchObject([
      { openid: li.openidAt(acme), name: '李雷' },
    ])
  })

  it('may be registered when magic is off', async () => {
    const { browser, form } = await startAtForm({ world: { magic: 'off' } })
    expect((await browser.submit(form, { ...good, mobile: '19900043004' })).status).toBe(200)
  })
})

describe('the mobile', () => {
  it.each([
    { region: 'CN', mobile: '１３８ 0013-8009', e164: '+8613800138009' },
    { region: 'US', mobile: '0086 13800138009', e164: '+8613800138009' },
    { region: 'CN', mobile: '+852 5123 4567', e164: '+85251234567' },
    { region: 'HK', mobile: '51234567', e164: '+85251234567' },
    { region: 'JP', mobile: '090-1234-5678', e164: '+819012345678' },
    { region: 'GB', mobile: '07400 123456', e164: '+447400123456' },
    { region: 'CN', mobile: '00447400123456', e164: '+447400123456' },
    { region: 'nowhere', mobile: '13800138009', e164: '+8613800138009' },
  ])('$mobile with $region chosen is $e164', async ({ region, mobile, e164 }) => {
    const { browser, form, world, acme } = await startAtForm()
    expect((await browser.submit(form, { ...good, region, mobile })).status).toBe(200)
    expect(await registrations({ world }, { name: good.name })).toMatchObject([{ mobile: e164 }])
    const change = await browser.open(`${pageOf(acme)}/change`)
    expect((await browser.submit(change)).status).toBe(200)
    expect(await registrations({ world }, { name: good.name })).toMatchObject([{ mobile: e164 }])
  })

  it('can be of every region that has a calling code, China chosen first', async () => {
    const { form } = await startAtForm()
    const options = form.tags.filter(({ name }) => name === 'option')
    const regions = options.map(({ attributes }) => attributes['value'])
    expect(new Set(regions).size).toBe(regions.length)
    expect(regions.length).toBeGreaterThan(240)
    expect(regions.slice(0, 4)).toEqual(['CN', 'HK', 'MO', 'TW'])
    expect(formOf(form).values['region']).toBe('CN')
  })
})

function said({ form }: typeof zhRegister, code: Code): string {
  return form.errors[code].replace('{company}', '晨光科技')
}

/** The error at each field, told along with it. */
function errorsOf({ html, tags }: Page): Record<string, string> {
  const wrong = tags.filter(({ attributes }) => attributes['aria-invalid'] === 'true')
  const pairs = wrong.map(({ attributes }) => {
    const [first = ''] = (attributes['aria-describedby'] ?? '').split(' ')
    const [, text = ''] = new RegExp(`id="${first}">([^<]*)<`).exec(html) ?? []
    return [attributes['id'] ?? '', textOf(text)]
  })
  return Object.fromEntries(pairs)
}

/** What stands in the fields of a page. */
function typedOn(page: Page) {
  return typed(formOf(page).values)
}

function typed({ name, region, mobile, email, consent }: Record<string, string | undefined>) {
  return { name, region, mobile, email, consent }
}
