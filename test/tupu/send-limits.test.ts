import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { exchanges } from './journal.ts'

/** A piece of text, and how many characters it counts for. */
const pieces = [
  { what: 'Chinese characters', piece: '字', characters: 1 },
  { what: 'ASCII letters', piece: 'x', characters: 1 },
  { what: 'blanks around a letter', piece: ' x ', characters: 3 },
  { what: 'emoji', piece: '😀', characters: 1 },
  { what: 'families, which are three people and two joiners', piece: '👨‍👩‍👧', characters: 5 },
  { what: 'emoji with a skin colour', piece: '👍🏽', characters: 2 },
  { what: 'flags', piece: '🇨🇳', characters: 2 },
  { what: 'marks that become one character with their letter', piece: 'e\u0301', characters: 1 },
  { what: 'marks that stay beside their letter', piece: 'q\u0301', characters: 2 },
  {
    what: 'a letter that takes four characters to write',
    piece: '\u03b1\u0313\u0300\u0345',
    characters: 1,
  },
  { what: 'rare characters', piece: '𠮷', characters: 1 },
  { what: 'characters that NFC doubles', piece: '\u0958', characters: 2 },
]

describe('the limit of a message, 200 characters', () => {
  it.each(
    pieces.flatMap((piece) => [
      { ...piece, length: 199 },
      { ...piece, length: 200 },
    ]),
  )('lets $length characters of $what pass', async ({ piece, characters, length }) => {
    const { acme, wang, platform } = await startSim()
    const message = fill(piece, characters, length)
    expect((await platform.sends(acme, { mobile: wang.mobile, message })).errcode).toBe(0)
    expect(await wang.inbox()).toMatchObject([{ line: message.normalize('NFC') }])
  })

  it.each(pieces)('refuses 201 characters of $what', async ({ piece, characters }) => {
    const { acme, wang, platform } = await startSim()
    const message = fill(piece, characters, 201)
    expect(await platform.sends(acme, { mobile: wang.mobile, message })).toEqual({
      errcode: 100013,
      errmsg: 'message too long: 201 of 200 characters',
    })
    expect(await wang.inbox()).toEqual([])
  })

  it.each([
    { what: '201 blanks', message: ' '.repeat(201), errcode: 100012 },
    { what: '201 characters with a NUL', message: `\0${'x'.repeat(200)}`, errcode: 100013 },
    { what: '200 characters with a NUL', message: `\0${'x'.repeat(199)}`, errcode: 100016 },
    { what: '200 characters and a line break', message: `${'x'.repeat(200)}\n`, errcode: 100013 },
    { what: 'a run of 200 line breaks and an x', message: `${'\n'.repeat(200)}x`, errcode: 100013 },
  ])('is judged after empty and before illegal, untrimmed: $what is $errcode', async (row) => {
    const { acme, wang, platform } = await startSim()
    const { errcode } = await platform.sends(acme, { mobile: wang.mobile, message: row.message })
    expect(errcode).toBe(row.errcode)
  })
})

describe('the text of a message', () => {
  it.each([
    { message: 'a\nb', line: 'a b' },
    { message: 'a\r\nb', line: 'a b' },
    { message: 'a\r\n\r\n\t\tb', line: 'a b' },
    { message: '\ta\tb\t', line: ' a b ' },
    { message: 'a \n b', line: 'a   b' },
    { message: 'e\u0301\n', line: 'é ' },
  ])('is shown as a single line: $message', async ({ message, line }) => {
    const { acme, wang, platform, world } = await startSim()
    expect((await platform.sends(acme, { mobile: wang.mobile, message })).errcode).toBe(0)
    expect(await wang.inbox()).toMatchObject([{ line }])
    const [send] = await exchanges(world)
    expect(send?.decision).toContainEqual({ rule: 'message.folded', expected: 'a single line' })
  })

  it.each([
    { what: 'nothing', message: '' },
    { what: 'a blank', message: ' ' },
    { what: 'an ideographic space', message: '\u3000' },
    { what: 'line breaks', message: '\r\n\u2028\u2029\u0085' },
    { what: 'a no-break space', message: '\u00a0' },
    { what: 'a vertical tab and a form feed', message: '\v\f' },
  ])('is empty when it is $what', async ({ message }) => {
    const { acme, wang, platform } = await startSim()
    expect(await platform.sends(acme, { mobile: wang.mobile, message })).toEqual({
      errcode: 100012,
      errmsg: 'message is empty',
    })
  })

  it.each(
    ['\0', '\u0001', '\b', '\v', '\f', '\u001b', '\u007f', '\u0080', '\u0085', '\u009f'].map(
      (character) => ({ character, code: character.charCodeAt(0).toString(16).padStart(4, '0') }),
    ),
  )('must not have the control character U+$code', async ({ character }) => {
    const { acme, wang, platform } = await startSim()
    const message = `你好${character}！`
    expect(await platform.sends(acme, { mobile: wang.mobile, message })).toEqual({
      errcode: 100016,
      errmsg: 'message has illegal characters',
    })
  })

  it.each([
    { what: 'a zero-width space', message: 'a\u200bb' },
    { what: 'a right-to-left mark', message: 'a\u200fb' },
    { what: 'a private-use character', message: 'a\ue000b' },
    { what: 'a line separator inside', message: 'a\u2028b' },
  ])('may have $what', async ({ message }) => {
    const { acme, wang, platform } = await startSim()
    expect((await platform.sends(acme, { mobile: wang.mobile, message })).errcode).toBe(0)
    expect(await wang.inbox()).toMatchObject([{ line: message }])
  })
})

/** Text of exactly so many characters: the piece again and again, letters for what is left. */
function fill(piece: string, characters: number, length: number): string {
  const times = Math.floor(length / characters)
  return piece.repeat(times) + 'y'.repeat(length - times * characters)
}
