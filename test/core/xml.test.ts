import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  list_bounds,
  readXml,
  textIn,
  writeXml,
  type XmlElement,
  xmlText,
} from '../../src/core/xml.ts'

function read(text: string): XmlElement {
  const root = readXml(text)
  if ('fault' in root) throw new Error(root.fault)
  return root
}

it('writes groups as they were recorded: the first child behind its parent, each other on its own line', () => {
  const scan = [
    ['ScanType', 'qrcode'],
    ['ScanResult', 'https://badge.sim.example/b/8812'],
  ] as const
  expect(
    writeXml([
      ['CreateTime', { bare: '1767052930' }],
      ['ScanCodeInfo', scan],
    ]),
  ).toBe(
    `<xml><CreateTime>1767052930</CreateTime>
<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType>
<ScanResult><![CDATA[https://badge.sim.example/b/8812]]></ScanResult>
</ScanCodeInfo>
</xml>`,
  )
})

it('writes any text so that it is read again, but for what no XML can hold', () => {
  const parts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(']]>', ']]', '>', '<![CDATA[', '&amp;', '<a>', '👍🏽', '\n', ' ', ']'),
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 6 }), (all) => {
      const text = all.join('')
      const root = read(
        writeXml([
          ['Content', text],
          ['MsgId', { bare: '1' }],
        ]),
      )
      expect(textIn(root, 'Content')).toBe(xmlText(text))
      expect(textIn(root, 'MsgId')).toBe('1')
    }),
  )
})

it('reads CDATA, escapes and neither, also with lines broken around them', () => {
  const read_of = (content: string) => textIn(read(`<xml><A>${content}</A></xml>`), 'A')
  expect(read_of('<![CDATA[a<b]]>')).toBe('a<b')
  expect(read_of('\n  <![CDATA[ a ]]>\n')).toBe(' a ')
  expect(read_of('a &lt; b &amp; &#24352;')).toBe('a < b & 张')
  expect(read_of('a<![CDATA[b]]>c')).toBe('abc')
  expect(read_of('<![CDATA[]]>')).toBe('')
})

it.each([
  {
    what: 'an entity of its own',
    text: '<!DOCTYPE xml [<!ENTITY a "aaaa">]><xml><A>&a;</A></xml>',
    fault: /DOCTYPE/,
  },
  {
    what: 'a file elsewhere',
    text: '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
    fault: /DOCTYPE/,
  },
  { what: 'an unknown entity', text: '<xml><A>&nbsp;</A></xml>', fault: /entity/ },
  { what: 'depth', text: `${'<a>'.repeat(9)}${'</a>'.repeat(9)}`, fault: /deeper/ },
  { what: 'number', text: `<xml>${'<a/>'.repeat(501)}</xml>`, fault: /500 elements/ },
  { what: 'size', text: `<xml>${' '.repeat(300_000)}</xml>`, fault: /bytes/ },
  { what: 'no end', text: '<xml><A>', fault: /Unclosed/ },
  { what: 'nothing', text: '', fault: /element/ },
  { what: 'two roots', text: '<xml/><xml/>', fault: /./ },
])('refuses $what', ({ text, fault }) => {
  expect(readXml(text)).toMatchObject({ fault: expect.stringMatching(fault) })
})

it('takes lists of a partner, which are longer', () => {
  const text = `<xml>${'<a/>'.repeat(1000)}</xml>`
  expect(readXml(text, list_bounds)).toMatchObject({ name: 'xml' })
})

it('never fails otherwise, whatever it is given', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readXml(`<xml>${text}`)))
})
