import fc from 'fast-check'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, type Json, linksMiniprogram } from './client.ts'

/** What each type carries besides its name; said here once more, as the documentation prints it. */
const own: Readonly<Record<string, readonly string[]>> = {
  click: ['key'],
  view: ['url'],
  miniprogram: ['url', 'appid', 'pagepath'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
}

const menu_codes = [
  40016, 40017, 40018, 40019, 40020, 40022, 40023, 40024, 40025, 40026, 40027, 40033, 40054, 40055,
  40117, 40118, 40165, 40166, 45064,
]

/** Any text that is sent as it is: without what JSON can only escape. */
const text = fc
  .string({ unit: 'binary', maxLength: 70 })
  .map((drawn) => drawn.toWellFormed().replace(/\p{Cc}/gu, ' '))

/** Text, mostly good; now and then anything at all. */
function likely(good: fc.Arbitrary<string>) {
  return fc.oneof(
    { weight: 12, arbitrary: good },
    { weight: 1, arbitrary: fc.oneof(text, fc.jsonValue()) },
  )
}

const leaf = fc.record(
  {
    type: likely(fc.constantFrom(...Object.keys(own))),
    name: likely(fc.constantFrom('登记', 'Jobs', '😀', "'")),
    key: likely(text),
    url: likely(fc.webUrl({ withQueryParameters: true })),
    appid: likely(fc.constant('wx0123456789abcdef')),
    pagepath: likely(fc.constant('pages/index/index')),
    media_id: likely(fc.constant('M-1_2')),
    article_id: likely(fc.constant('A-1_2')),
    odd: fc.jsonValue(),
  },
  { requiredKeys: ['type', 'name', 'key', 'url', 'appid', 'pagepath', 'media_id', 'article_id'] },
)
const parent = fc.record({
  name: likely(fc.constant('更多')),
  sub_button: fc.array(leaf, { maxLength: 6 }),
})
const menu = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ button: fc.array(fc.oneof(leaf, parent), { maxLength: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ button: fc.jsonValue() }) },
  { weight: 1, arbitrary: fc.dictionary(text, fc.jsonValue()) },
)

/** What a button is read back as. */
function readBack(button: Json): Json {
  const below = (button['sub_button'] ?? []) as Json[]
  if (below.length > 0) return { name: button['name'], sub_button: below.map(readBack) }
  const names = own[String(button['type'])] ?? []
  const fields = Object.fromEntries(names.map((name) => [name, button[name]]))
  return { type: button['type'], name: button['name'], ...fields, sub_button: [] }
}

it('any JSON is a menu and reads back the same, or is refused with a code of menus and changes nothing', async () => {
  const sim = await startSim()
  await linksMiniprogram(sim)
  const client = await acmesClient(sim)
  const seen = { taken: 0, refused: 0 }
  let before = (await client.get('/cgi-bin/menu/get')).text
  await fc.assert(
    fc.asyncProperty(menu, async (sent) => {
      // The wire's own form: what was drawn may have a `__proto__` or a -0.
      const wire = JSON.stringify(sent)
      const code = errcodeOf(await client.post('/cgi-bin/menu/create', wire))
      const answer = await client.get('/cgi-bin/menu/get')
      if (code === 0) {
        seen.taken++
        const { button } = JSON.parse(wire) as { button: Json[] }
        expect(bodyOf(answer)).toEqual({ menu: { button: button.map(readBack) } })
      } else {
        seen.refused++
        expect(menu_codes).toContain(code)
        expect(answer.text).toBe(before)
      }
      before = answer.text
    }),
    { numRuns: 400 },
  )
  // Both sides were walked.
  expect(seen.taken).toBeGreaterThan(20)
  expect(seen.refused).toBeGreaterThan(20)
})
