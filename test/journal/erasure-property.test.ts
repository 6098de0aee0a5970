import fc from 'fast-check'
import { expect, it } from 'vitest'
import { WechatClient } from '../wechat/client.ts'
import { dump, type Erasing, revealed, startErasing } from './erasure.ts'

/** More would find no more: whose something is, is found by key, whatever it says. */
const runs = 10

/** Anything that people are called, and more. Shorter ones are words, too: they go beside other data only. */
const name = fc
  .oneof(
    fc.constantFrom(
      '王小雨',
      "Shaquille O'Neal",
      'Zoë "Z" Ångström',
      '😀小明😀',
      'a\\b"c\\',
      '%41%42 & <b>',
    ),
    fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }),
    fc.string({ unit: 'grapheme-composite', minLength: 4, maxLength: 12 }),
  )
  .map((text) => text.normalize('NFC').trim())
  .filter((text) => /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(text) && [...text].length >= 4)
  .filter((text) => text.isWellFormed() && !/\p{Cc}/u.test(text))

const email = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9]{3,8}([._+-][a-z0-9]{2,5})?$/),
    fc.stringMatching(/^[a-z]{3,9}$/),
  )
  .map(([local, domain]) => `${local}@${domain}.example.com`)

const digits = fc
  .integer({ min: 0, max: 99_999_999 })
  .map((n) => `139${String(n).padStart(8, '0')}`)

/** The same mobile as people write it. */
const spelling = fc.constantFrom<(digits: string) => string>(
  (text) => text,
  (text) => `+86 ${text}`,
  (text) => `0086-${text.slice(0, 3)}-${text.slice(3, 7)}-${text.slice(7)}`,
  (text) => `(${text.slice(0, 3)}) ${text.slice(3)}`,
  (text) => [...text].join(' '),
  (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  (text) => `86${text}`,
  (text) => `0${text}`,
)

interface Candidate {
  readonly name: string
  readonly email: string
  readonly digits: string
  readonly spell: (digits: string) => string
}

const candidate: fc.Arbitrary<Candidate> = fc.record({ name, email, digits, spell: spelling })

const first: Candidate = {
  name: '陈大文',
  email: 'chen@example.com',
  digits: '13900139000',
  spell: (text) => text,
}

/** Leaves a person's data wherever a call can leave them. */
async function leaveTraces(sim: Erasing, of: Candidate): Promise<void> {
  const { http, world, acme, platform } = sim
  const mobile = of.spell(of.digits)
  await platform.sends(acme, { mobile, name: of.name, email: of.email })
  const { openid } = await world.register(of.spell(of.digits), { name: of.name, email: of.email })
  const body = {
    mobile,
    name: of.name,
    email: of.email,
    message: `${of.name.slice(0, 50)} ${mobile}`,
  }
  const url = `https://hr.test/?${new URLSearchParams({ m: mobile, n: of.name, e: of.email })}`
  await platform.sends(acme, { ...body, url, client_msg_id: `o-${of.digits}` })
  await platform.sends(acme, { ...body, keywords: { nobody: of.name } })
  const eid = encodeURIComponent(acme.eid)
  const headers = { 'x-note': `${of.digits}, ${of.email}`, referer: url }
  await platform.post(
    `/registrations/query?note=${encodeURIComponent(of.name)}`,
    { eid: acme.eid, mobile },
    headers,
  )
  const form = new URLSearchParams({ name: of.name, mobile, email: of.email, region: 'CN' })
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  await http('POST', `/w/test/register/${eid}`, form.toString(), type)
  const client = new WechatClient(http, acme)
  await client.signsIn()
  const data = { first: { value: `${of.name} <${of.email}>` }, remark: { value: of.digits } }
  await client.sends({ touser: openid, template_id: acme.info.template_id, data })
}

/** Whether somebody who undoes every encoding would find the data. */
function isFound(
  text: string,
  { name: called, email: address, digits: mobile }: Candidate,
): boolean {
  const plain = undone(text)
  if (plain.replace(/[^\p{L}\p{N}]/gu, '').includes(mobile)) return true
  return [called, address].some((term) => plain.includes(undone(term)))
}

function undone(text: string): string {
  let plain = text
  for (let i = 0; i < 4; i++) {
    plain = plain
      .replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/\\(["\\/])/g, '$1')
      .replace(/(?:%[\da-f]{2})+/gi, percent)
      .replaceAll('+', ' ')
  }
  return plain
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\\]+/g, ' ')
}

function percent(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}

it('finds nothing any more of whoever has withdrawn, whatever they are called, and takes from nobody else', async () => {
  const sim = await startErasing('sqlite')
  const { http, world, acme, wang, platform, other } = sim
  await platform.sends(acme, { mobile: wang.mobile, name: '王小雨二', message: '王小雨二，你好' })
  const bystanders = async () =>
    (await revealed(http)).filter(({ text }) => text.includes(wang.mobile))
  const before = await bystanders()
  const messages = await world.messages({ mobile: wang.mobile })
  const gone: Candidate[] = []
  await leaveTraces(sim, first)
  await world.call('association.withdraw', { mobile: first.digits })
  await fc.assert(
    fc.asyncProperty(candidate, async (of) => {
      const found = async () => (await dump(other)).filter(({ text }) => isFound(text, of))
      // Whoever has the name of a field, say, is found in every exchange.
      fc.pre((await found()).length === 0)
      await leaveTraces(sim, of)
      expect((await found()).length).toBeGreaterThan(12)
      await world.call('association.withdraw', { mobile: of.digits })
      expect(await found()).toEqual([])
      gone.push(of)
    }),
    { numRuns: runs, endOnFailure: true },
  )
  const journal = await revealed(http)
  for (const of of gone) expect(journal.filter(({ text }) => isFound(text, of))).toEqual([])
  expect(await bystanders()).toEqual(before)
  expect(await world.messages({ mobile: wang.mobile })).toEqual(messages)
})
