import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { message_length_max, readMessageText } from '../../src/tupu/message/text.ts'

const family = '👨‍👩‍👧‍👦'
const rare = '𠀀'
const decomposed = 'e\u0301'
const greek = 'α\u0313\u0300\u0345'

describe('readMessageText', () => {
  it.each([
    { what: 'plain Chinese characters', char: '字', each: 1 },
    { what: 'ASCII letters', char: 'a', each: 1 },
    { what: 'emoji', char: '😀', each: 1 },
    { what: 'rare characters of extension B', char: rare, each: 1 },
    { what: 'characters of extension G', char: '𰀀', each: 1 },
    { what: 'full-width forms', char: '！', each: 1 },
    { what: 'line breaks', char: '\n', each: 1 },
    { what: 'letters sent in two parts', char: decomposed, each: 1 },
    { what: 'letters sent in four parts', char: greek, each: 1 },
    { what: 'Korean syllables sent in three parts', char: '\u1112\u1161\u11ab', each: 1 },
    { what: 'letters that NFC takes apart', char: '\u0958', each: 2 },
    { what: 'musical notes that NFC takes apart', char: '\u{1d160}', each: 3 },
    { what: 'letters with a mark that never joins', char: 'q\u0301', each: 2 },
    { what: 'ZWJ families', char: family, each: 7 },
    { what: 'flags', char: '🇨🇳', each: 2 },
    { what: 'hearts with a variation selector', char: '❤️', each: 2 },
  ])('counts $what as $each', ({ char, each }) => {
    const exactly = (length: number) => {
      const count = Math.floor((length - 1) / each)
      return char.repeat(count) + '字'.repeat(length - count * each)
    }
    expect(readMessageText(exactly(199))).toMatchObject({ ok: true })
    expect(readMessageText(exactly(200))).toMatchObject({ ok: true })
    expect(readMessageText(exactly(201))).toEqual({ ok: false, fault: 'too_long', length: 201 })
    expect(readMessageText(exactly(203))).toEqual({ ok: false, fault: 'too_long', length: 203 })
  })

  it('shows the text in NFC', () => {
    expect(readMessageText(`Caf${decomposed}`)).toEqual({ ok: true, text: 'Café', folded: false })
    expect(readMessageText('\u212b')).toEqual({ ok: true, text: '\u00c5', folded: false })
    expect(readMessageText('\uf900')).toEqual({ ok: true, text: '\u8c48', folded: false })
  })

  it('keeps what NFC does not change: full-width forms, blanks at the ends, joiners', () => {
    for (const text of ['ＡＢＣ１２３', '  两端  ', family, '\u200b字', '\u3000字\u3000', '①㎏']) {
      expect(readMessageText(text)).toEqual({ ok: true, text, folded: false })
    }
  })

  it.each([
    { text: '', what: 'nothing' },
    { text: ' ', what: 'a blank' },
    { text: '\u3000\u3000', what: 'ideographic blanks' },
    { text: '\r\n\t', what: 'line breaks and a tab' },
    { text: '\u00a0\u2003\u202f\u205f\u2028\u2029', what: 'blanks of typography' },
    { text: '\u0085\u000b\u000c', what: 'control characters that are white space' },
    { text: ' '.repeat(201), what: 'too many blanks' },
  ])('calls $what empty', ({ text }) => {
    expect(readMessageText(text)).toEqual({ ok: false, fault: 'empty' })
  })

  it.each(['\u200b', '\ufeff', '\u2060', '\u180e', '\u2800'])(
    'takes %j for a text, since it is no white space',
    (text) => expect(readMessageText(text)).toEqual({ ok: true, text, folded: false }),
  )

  it.each([
    { text: 'a\0b', what: 'NUL' },
    { text: 'a\u0001', what: 'a control character' },
    { text: '\u001b[31m', what: 'an escape sequence' },
    { text: 'a\u000bb', what: 'a vertical tab' },
    { text: 'a\u007f', what: 'DEL' },
    { text: 'a\u0085', what: 'NEL in a text' },
    { text: 'a\u009f', what: 'a control character of C1' },
    { text: 'a\ud83d', what: 'half an emoji' },
    { text: '\ude00a', what: 'the other half' },
    { text: '\ude00\ud83d', what: 'both halves in the wrong order' },
  ])('calls $what illegal', ({ text }) => {
    expect(readMessageText(text)).toEqual({ ok: false, fault: 'illegal' })
  })

  it('looks at the length before the characters', () => {
    expect(readMessageText(`\0${'字'.repeat(200)}`)).toMatchObject({
      fault: 'too_long',
      length: 201,
    })
    expect(readMessageText('\ud83d'.repeat(201))).toMatchObject({ fault: 'too_long', length: 201 })
    expect(readMessageText(`\0${'字'.repeat(199)}`)).toMatchObject({ fault: 'illegal' })
  })

  it.each([
    { text: '一\n二', shown: '一 二' },
    { text: '一\r\n\r\n二', shown: '一 二' },
    { text: '一\t\n\t二\r三', shown: '一 二 三' },
    { text: '一 \n 二', shown: '一   二' },
    { text: '\n一\n', shown: ' 一 ' },
  ])('makes one blank of a run of breaks in $text', ({ text, shown }) => {
    expect(readMessageText(text)).toEqual({ ok: true, text: shown, folded: true })
  })

  it('counts breaks before they are folded', () => {
    const text = `字${'\n'.repeat(200)}`
    expect(readMessageText(text)).toEqual({ ok: false, fault: 'too_long', length: 201 })
  })

  it('reads each character of the basic plane as NFC does', () => {
    const wrong = Array.from(
      { length: 0xd800 },
      (_, code) => `字${String.fromCharCode(code)}`,
    ).filter((text) => {
      const read = readMessageText(text)
      if (/(?![\t\r\n])\p{Cc}/u.test(text)) return read.ok
      return !read.ok || read.text !== text.normalize('NFC').replace(/[\t\r\n]/, ' ')
    })
    expect(wrong).toEqual([])
  })

  it('judges any text as the slow way does', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '字',
        ' ',
        '\n',
        '\r',
        '\t',
        '\u3000',
        '\0',
        '\ud83d',
        '😀',
        'e',
        '\u0301',
        family,
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    const text = fc.oneof(
      fc.string({ unit, maxLength: 20 }),
      fc.string({ unit, minLength: 190, maxLength: 210, size: 'max' }),
    )
    fc.assert(
      fc.property(text, (sent) => {
        expect(readMessageText(sent)).toEqual(judgeSlowly(sent))
      }),
      { numRuns: 1000 },
    )
  })

  it('gives a text that reads as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (sent) => {
        const read = readMessageText(sent)
        if (!read.ok) return
        expect(readMessageText(read.text)).toEqual({ ok: true, text: read.text, folded: false })
      }),
    )
  })

  it('counts long texts exactly', () => {
    const text = decomposed.repeat(5000)
    expect(readMessageText(text)).toEqual({ ok: false, fault: 'too_long', length: 5000 })
  })

  it('does not stop for a character with half a million marks', { timeout: 2000 }, () => {
    const text = `a${'\u0301\u0316'.repeat(250_000)}`
    expect(readMessageText(text)).toEqual({ ok: false, fault: 'too_long', length: 500_001 })
  })
})

function judgeSlowly(text: string) {
  if (/^\p{White_Space}*$/u.test(text)) return { ok: false, fault: 'empty' }
  const chars = [...text.normalize('NFC')]
  if (chars.length > message_length_max) {
    return { ok: false, fault: 'too_long', length: chars.length }
  }
  const isIllegal = (char: string) => /\p{Cs}|\p{Cc}/u.test(char) && !'\t\r\n'.includes(char)
  if (chars.some(isIllegal)) return { ok: false, fault: 'illegal' }
  const shown = chars.join('').replace(/[\t\r\n]+/g, ' ')
  return { ok: true, text: shown, folded: /[\t\r\n]/.test(text) }
}
