import { expect, it } from 'vitest'
import { maskMobile, maskText } from '../../src/journal/mask.ts'
import { readMobile } from '../../src/tupu/mobile.ts'
import { startSim } from '../sim.ts'
import { exchanges } from './journal.ts'
import { good, registrations, startAtForm } from './register/candidate.ts'

const signs = (from: number, to = from) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))

/** What address books and chats paste along, and nobody sees. */
const invisible = [
  ...signs(0xad),
  ...signs(0x200b, 0x200f),
  ...signs(0x202a, 0x202e),
  ...signs(0x2060, 0x2069),
  ...signs(0xfe0e, 0xfe0f),
  ...signs(0xfeff),
]

const blanks = ['\t', ' ', '\u00a0', '\u2009', '\u202f', '\u3000']
const brackets = ['()', '[]', '（）', '［］']
const plus = ['+', '＋', '00', '００']

interface Kind {
  readonly kind: string
  /** Spellings of a number, given as its country code and the rest. */
  readonly spell: (code: string, rest: string) => readonly string[]
}

const wide = (text: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
const halved = (text: string, sign: string) => `${text.slice(0, 3)}${sign}${text.slice(3)}`

const kinds: readonly Kind[] = [
  {
    kind: 'brackets around the country code',
    spell: (code, rest) =>
      brackets.flatMap(([open = '', close = '']) =>
        plus.flatMap((sign) =>
          ['', ' ', '-'].map((gap) => `${open}${sign}${code}${close}${gap}${rest}`),
        ),
      ),
  },
  {
    kind: 'brackets behind the plus sign',
    spell: (code, rest) =>
      brackets.flatMap(([open, close]) => [
        `+${open}${code}${close}${rest}`,
        `＋${open}${code}${close} ${rest}`,
      ]),
  },
  {
    kind: 'a full-width plus with any digits',
    spell: (code, rest) => [
      `＋${code}${rest}`,
      `＋${wide(code)}${rest}`,
      `＋${wide(code + rest)}`,
      `＋${code} ${wide(rest)}`,
    ],
  },
  {
    kind: 'any blank between digits',
    spell: (code, rest) => blanks.map((blank) => `+${code}${blank}${halved(rest, blank)}`),
  },
  {
    kind: 'signs that nobody sees, before, behind and between digits',
    spell: (code, rest) =>
      invisible.flatMap((sign) => [
        `${sign}+${code}${rest}`,
        `+${code}${rest}${sign}`,
        `+${code}${halved(rest, sign)}`,
        `${sign}＋${sign}(${code})${sign}${sign}${halved(rest, ` ${sign}`)}`,
      ]),
  },
]

const numbers = [
  { code: '86', rest: '13800138009' },
  { code: '852', rest: '51234567' },
  { code: '1', rest: '2025550123' },
  { code: '44', rest: '7400123456' },
]

it.each(kinds)('$kind: it is the same number', ({ spell }) => {
  const wrong = numbers.flatMap(({ code, rest }) =>
    spell(code, rest).filter((spelled) => readMobile(spelled) !== `+${code}${rest}`),
  )
  expect(wrong).toEqual([])
})

it.each(kinds)('$kind: a text hides it as a number of its country', ({ spell }) => {
  const shown = numbers.flatMap(({ code, rest }) =>
    // `00` leads abroad from China alone; in running text it may be any zeros.
    spell(code, rest)
      .filter((spelled) => ['86', '852'].includes(code) || !/[0０]{2}/.test(spelled))
      .map((spelled) => ({ spelled, shown: bare(maskText(`找 ${spelled}。`)) }))
      .filter(({ shown }) => shown !== `找 ${maskMobile(`+${code}${rest}`)}。`),
  )
  expect(shown).toEqual([])
})

it.each(kinds)('$kind: a field hides it as a number of its country', ({ spell }) => {
  const shown = numbers.flatMap(({ code, rest }) =>
    spell(code, rest).filter((spelled) => maskMobile(spelled) !== maskMobile(`+${code}${rest}`)),
  )
  expect(shown).toEqual([])
})

const bare = (text: string) => text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')

it.each(kinds)('$kind: partner and control calls take it', async ({ spell }) => {
  const { acme, platform, world } = await startSim()
  await world.register('+8613800138009')
  for (const mobile of spell('86', '13800138009')) {
    const query = { eid: acme.eid, mobile }
    const { json } = await platform.post('/registrations/query', query)
    expect({ mobile, ...json }).toMatchObject({ errcode: 0, reachable: true })
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 0 })
    const made = await world.call('association.create', { mobile })
    expect(made).toMatchObject({ mobile: '+8613800138009' })
    const page = (await world.call('message.list', { mobile })) as { items: unknown[] }
    expect(page.items.length).toBeGreaterThan(0)
  }
})

it.each(kinds)('$kind: the registration page takes it', async ({ spell }) => {
  const { browser, form, world } = await startAtForm()
  const spellings = spell('86', '13800138009')
  // One of each: every page is a world of its own.
  const mobile = spellings.at(-1)
  expect((await browser.submit(form, { ...good, mobile })).status).toBe(200)
  expect(await registrations({ world }, { name: good.name })).toMatchObject([
    { mobile: '+8613800138009' },
  ])
})

it('the journal shows signs that nobody sees as escapes, and those of a picture as the picture', async () => {
  const { acme, platform, world } = await startSim()
  const refused = (mobile: string) => platform.sends(acme, { mobile, message: '❤️ 👨‍👩‍👧' })
  for (const sign of invisible) {
    const escaped = `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
    expect(await refused(`${sign}1380`)).toMatchObject({ errcode: 100010 })
    const [latest] = await exchanges(world)
    expect(latest?.request.body).toContain(`"mobile":"${escaped}1380"`)
    expect(latest?.request.body).toContain('"message":"❤️ 👨‍👩‍👧"')
    expect(latest?.decision.at(-1)).toMatchObject({ actual: `${escaped}1380` })
  }
})
