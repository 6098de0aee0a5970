import { describe, expect, it } from 'vitest'
import { findIndustry } from '../../src/wechat/industry/industry.ts'
import { findValueType, readTemplate } from '../../src/wechat/template/content.ts'
import { templateLibrary } from '../../src/wechat/template/library.ts'
import { constValuesOf, takeClass, takeOld } from '../../src/wechat/template/template.ts'
import { checkTemplateData } from '../../src/wechat/template/value-type.ts'
import { startSim } from '../sim.ts'

const old = templateLibrary.filter((entry) => entry.style === 'old')
const ofClass = templateLibrary.filter((entry) => entry.style === 'class')

/** A template with all its keywords. */
function whole(entry: (typeof ofClass)[number]) {
  const names = entry.keywords.map(({ name }) => name)
  const taken = takeClass(entry, names)
  if (!taken) throw new Error(`${entry.template_id_short} does not know its own keywords`)
  return taken
}

describe('the template library', () => {
  it('has a dozen of each style at least, each number once', () => {
    expect(old.length).toBeGreaterThanOrEqual(12)
    expect(ofClass.length).toBeGreaterThanOrEqual(12)
    const numbers = templateLibrary.map(({ template_id_short }) => template_id_short)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it.each(templateLibrary)('calls $template_id_short a notice or a reminder', ({ title }) => {
    expect(title).toMatch(/^\p{Script=Han}+(通知|提醒)$/u)
  })

  it('is what the control API lists', async () => {
    const { world } = await startSim()
    const { items } = (await world.call('template_library.list', { world: undefined })) as {
      items: { template_id_short: string; style: string }[]
    }
    expect(items.map(({ template_id_short, style }) => [template_id_short, style])).toEqual(
      templateLibrary.map(({ template_id_short, style }) => [template_id_short, style]),
    )
  })
})

describe.each(old)('$template_id_short', (entry) => {
  it('is numbered, filed and written as the old library was', () => {
    const { template_id_short, industry, content, example } = entry
    expect(template_id_short).toMatch(/^(TM\d{5}|OPENTM\d{9})$/)
    expect(takeOld(entry).filed).toEqual(findIndustry(industry)?.live)
    expect(content).toMatch(
      /^\{\{first\.DATA\}\}\n([^\n{}]+：\{\{\w+\.DATA\}\}\n)+\{\{remark\.DATA\}\}$/,
    )
    expect(readTemplate(content).style).toBe('old')
    const lines = content.split('\n')
    expect(example.split('\n')).toHaveLength(lines.length)
    expect(example).not.toContain('{')
  })
})

describe.each(ofClass)('$template_id_short', (entry) => {
  it('has typed keywords by rising numbers, and examples that may be sent', () => {
    const { template_id_short, keywords } = entry
    expect(template_id_short).toMatch(/^\d{5}$/)
    const keys = keywords.map(({ key }) => key)
    for (const key of keys) expect(findValueType(key), key).not.toBeNull()
    const numbers = keys.map((key) => Number(/\d+$/.exec(key)?.[0]))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(numbers.length)
    const { content } = whole(entry)
    expect(content.split('\n')).toHaveLength(keywords.length + 1)
    const data = new Map(keywords.map(({ key, example }) => [key, example]))
    const constValues = constValuesOf({ template_id_short })
    expect(checkTemplateData({ content, data, constValues })).toBeUndefined()
  })

  it('names the approved values of its const keywords, and of no others', () => {
    const { template_id_short, keywords } = entry
    const consts = keywords.map(({ key }) => key).filter((key) => key.startsWith('const'))
    expect([...constValuesOf({ template_id_short }).keys()]).toEqual(consts)
  })
})

describe('a template from nowhere in the library', () => {
  it.each([null, 'TM00301', '1'])('has no approved values: %s', (template_id_short) => {
    expect(constValuesOf({ template_id_short }).size).toBe(0)
  })
})
