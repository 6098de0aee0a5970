import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formOf, type Page } from './browser.ts'
import { type AtForm, good, pageOf, startAtForm } from './candidate.ts'

/** A trip to the server each: fewer of them than of a function's. */
const numRuns = 60
const blanks = /^\p{White_Space}+|\p{White_Space}+$/gu

it('reads back what it takes as it was typed, and keeps what it refuses and says why: names', async () => {
  const sim = await startAtForm()
  await fc.assert(
    fc.asyncProperty(text(), async (name) => expectKept(sim, 'name', name)),
    { numRuns },
  )
})

it('does so with addresses', async () => {
  const sim = await startAtForm()
  const address = fc
    .tuple(
      text(12),
      fc.constantFrom('@', '@', '@', '＠', ''),
      text(12),
      fc.constantFrom('.com', '.测试', '。cn', ''),
    )
    .map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(address, async (email) => expectKept(sim, 'email', email)),
    { numRuns },
  )
})

it('does so with mobiles, of which it reads back the same number', async () => {
  const sim = await startAtForm()
  const { browser, acme } = sim
  const region = fc.constantFrom('CN', 'HK', 'US', 'JP', 'IT', 'AR', '', '\u{1f600}')
  await fc.assert(
    fc.asyncProperty(mobile(), region, async (typed, chosen) => {
      const page = await send(sim, { mobile: typed, region: chosen })
      if (page.status === 422) return expectRefused(page, 'mobile', typed)
      const change = await browser.open(`${pageOf(acme)}/change`)
      const { mobile: shown = '', region: of = '' } = formOf(change).values
      const known = await numberOf(sim)
      expect((await send(sim, { mobile: shown, region: of })).status).toBe(200)
      expect(await numberOf(sim)).toBe(known)
    }),
    { numRuns },
  )
})

/** One field goes to the server and comes back. */
async function expectKept(sim: AtForm, field: string, typed: string): Promise<void> {
  const page = await send(sim, { [field]: typed })
  if (page.status === 422) return expectRefused(page, field, typed)
  expect(page.status).toBe(200)
  const change = await sim.browser.open(`${pageOf(sim.acme)}/change`)
  expect(formOf(change).values[field]).toBe(typed.replace(blanks, ''))
}

function expectRefused(page: Page, field: string, typed: string): void {
  expect(formOf(page).values[field]).toBe(typed)
  const { attributes } = page.tags.find((tag) => tag.attributes['id'] === `${field}-error`) ?? {}
  expect(attributes, `no error at ${field} for ${JSON.stringify(typed)}`).toBeDefined()
}

/** Registers, or changes what was registered before, with one field of its own. */
async function send({ browser, form }: AtForm, fields: Record<string, string>): Promise<Page> {
  return browser.submit(form, { ...good, ...fields })
}

/** The number that the information shows in full. */
async function numberOf({ browser, acme }: AtForm): Promise<string | undefined> {
  const { html } = await browser.open(`${pageOf(acme)}?show=all`)
  return /手机号<\/dt><dd><bdi>([^<]*)</.exec(html)?.[1]?.replaceAll(/[\s-]/g, '')
}

/** Everything that a form can carry: any well-formed text. */
function text(maxLength = 110): fc.Arbitrary<string> {
  const anything = fc.string({ unit: 'binary', maxLength }).map((one) => one.toWellFormed())
  const people = fc.string({
    unit: fc.constantFrom(...'王小雨李雷ÀéßжאبกกำЖ𠮷👩‍💻 ·-\'’."&<>'),
    maxLength,
  })
  const edge = fc.constantFrom('', ' ', '\u3000', '\u200b', '\u202e', '\0', '\ufeff', '\ufffd')
  const padded = fc.tuple(edge, people, edge).map((parts) => parts.join(''))
  return fc.oneof(anything, people, padded, fc.string({ unit: 'grapheme', maxLength }))
}

function mobile(): fc.Arbitrary<string> {
  const dialled = fc.string({ unit: fc.constantFrom(...'0123456789+- ()８６'), maxLength: 16 })
  const chinese = fc.nat(99_999_999).map((rest) => `138${String(rest).padStart(8, '0')}`)
  const foreign = fc
    .tuple(fc.constantFrom('+852', '0044', '+1', '+81', '00'), fc.nat(9_999_999_999))
    .map((parts) => parts.join(''))
  return fc.oneof(text(20), dialled, chinese, foreign)
}
