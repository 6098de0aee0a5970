import { describe, expect, it } from 'vitest'
import { en } from '../views/words/en.ts'
import { zh } from '../views/words/zh.ts'
import { rulesInSource } from './rules.ts'

const languages = [en, zh]

describe('the words of each language', () => {
  it('have a sentence for every rule of a decision, and none that is left over', () => {
    const rules = rulesInSource()
    for (const words of languages) expect(Object.keys(words.rules).toSorted()).toEqual(rules)
  })

  it('are never empty', () => {
    const empty = languages.flatMap((words) =>
      textsIn(words, words.tag).filter(([, text]) => text.trim() === ''),
    )
    expect(empty).toEqual([])
  })

  it('close every piece of code that they open', () => {
    const open = languages.flatMap((words) =>
      textsIn(words, words.tag).filter(([, text]) => text.split('`').length % 2 === 0),
    )
    expect(open).toEqual([])
  })
})

describe('the words of both languages', () => {
  it('say the same things in the same number of sentences, about the same values', () => {
    const shape = (words: typeof en) => {
      const { tag: _, ...rest } = words
      return textsIn(rest).map(([path, text]) => [
        path,
        ...(text.match(/\{\w+\}/gu) ?? []).toSorted(),
      ])
    }
    expect(shape(zh)).toEqual(shape(en))
  })

  it('name the same pieces of code', () => {
    const code = (words: typeof en) => {
      const texts = textsIn(words.docs).filter(([, text]) => text.includes('`'))
      return texts.map(([path, text]) => [
        path,
        text
          .split('`')
          .filter((_, i) => i % 2)
          .toSorted(),
      ])
    }
    expect(code(zh)).toEqual(code(en))
  })
})

/** All texts in a value with the way to each. */
function textsIn(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}/${key}`))
}
