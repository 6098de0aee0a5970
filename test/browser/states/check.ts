import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { en } from '../../../views/words/en.ts'
import { zh } from '../../../views/words/zh.ts'
import { expectAccessible } from '../accessible.ts'
import { height, widths } from '../browser.ts'
import { type Scene, type State, setScene } from './state.ts'

const words = { en, zh }
/** Where `npm run states` wants its pictures; or those of README alone. */
const folder = process.env['STATES_FOLDER']
const readme_folder = process.env['STATES_README']

/** Every state in both languages: as a phone shows it, as narrow as it may get, and on a desktop in the dark. */
export function checkStates(states: readonly State[]): void {
  const wanted = states.filter(({ picture }) => !readme_folder || picture)
  const named = wanted.map((state) => ({ ...state, name: `${state.page}, ${state.state}` }))
  it.each(named)('$name: sound and for everybody, in Chinese and English', async (state) => {
    if (readme_folder) return portray(state, readme_folder)
    // Side by side: one thinks while the other draws.
    const seen = await Promise.allSettled([look(state, 'zh'), look(state, 'en')])
    for (const each of seen) if (each.status === 'rejected') throw each.reason
  })
}

async function look(state: State, lang: 'zh' | 'en'): Promise<void> {
  const scene = await setScene(state, { lang })
  await state.reach(scene)
  const text = state.shows?.(words[lang]).replaceAll('{company}', '晨光科技')
  if (text) await scene.page.getByText(text).first().waitFor()
  if (folder) await photograph(scene, state, folder)
  else await examine(scene, state)
}

/** Axe looks at everything in Chinese, at a phone in the light; in English at colours and sizes on a desktop in the dark. */
async function examine({ page, lang }: Scene, { many }: State): Promise<void> {
  expect(await page.locator('html').getAttribute('lang')).toBe(words[lang].tag)
  expect(await page.title(), lang).toMatch(/\S/u)
  expect(await page.locator('h1').count(), lang).toBe(1)
  for (const width of widthsOf[lang]) {
    if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height })
    expect({ lang, width, beyond: await beyond(page) }).toEqual({ lang, width, beyond: [] })
  }
  if (many) await leaveFew(page, many)
  if (lang === 'zh') return expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const added = (await kindsOn(page)).filter((kind) => !known.has(kind))
  if (added.length === 0) return
  await page.evaluate(`
    const added = new Set(${JSON.stringify(added)})
    ;${kind_of}
    for (const one of document.querySelectorAll('body :not(iframe[sandbox=""])'))
      if (added.has(kindOf(one))) one.dataset.added = ''
  `)
  await expectAccessible(page, 'added')
  for (const kind of added) known.add(kind)
}

/** From the width at which a page was opened to the one at which axe looks: words are longer in English. */
const widthsOf = {
  zh: [widths.desktop, widths.phone],
  en: [widths.phone, widths.narrow, widths.desktop],
}

/** What axe has found good in the dark on a page before. */
const known = new Set<string>()

/**
 * What is on a page, each as the chain of what it is in: names, classes and states. No page has a style of its own, so what
 * is alike in that looks alike, and need not be looked at twice. A chain is told by its hash: all of them fill a megabyte.
 */
async function kindsOn(page: Page): Promise<readonly string[]> {
  const kinds: unknown = await page.evaluate(`
    ${kind_of}
    ;[...new Set([...document.querySelectorAll('body *')].map(kindOf))].join(' ')
  `)
  return String(kinds).split(' ')
}

const kind_of = `
  const telling = /^(class|type|role|hidden|disabled|checked|open|aria-(?!label|describedby|controls).*)$/
  const ownOf = (one) => one.localName + [...one.attributes].filter(({ name }) => telling.test(name))
    .map(({ name, value }) => '[' + name + '=' + value + ']').sort().join('')
  const hashOf = (text) => {
    let a = 0xdeadbeef, b = 0x41c6ce57
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 2654435761)
      b = Math.imul(b ^ text.charCodeAt(i), 1597334677)
    }
    return (a >>> 0).toString(36) + '.' + (b >>> 0).toString(36)
  }
  const kinds = new Map([[null, '']])
  const kindOf = (one) => {
    if (!kinds.has(one)) kinds.set(one, hashOf(kindOf(one.parentElement) + '>' + ownOf(one)))
    return kinds.get(one)
  }`

/** What sticks out to the right, so that the page would have to be pushed sideways. */
function beyond(page: Page): Promise<string[]> {
  return page.evaluate(`
    document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
    [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
      .map((one) => one.outerHTML.slice(0, 120))
  `)
}

/** Of many that are alike, in any one place three say it all. */
async function leaveFew(page: Page, many: string): Promise<void> {
  await page.evaluate(`
    for (const one of document.querySelectorAll('${many}')) {
      if ([...one.parentElement.children].filter((each) => each.matches('${many}')).length > 3) one.remove()
    }
  `)
}

async function photograph({ page, lang }: Scene, state: State, folder: string): Promise<void> {
  for (const width of [widths.phone, widths.desktop]) {
    for (const scheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme: scheme })
      const path = join(folder, `${state.page}.${state.state}.${lang}.${width}.${scheme}.png`)
      await page.screenshot({ path, fullPage: state.many === undefined })
    }
  }
}

/** A phone with its rim, on a desktop that is high enough for it; of any other page what a desktop shows, at half the dots, as README has it three times as wide. */
async function portray(state: State, folder: string): Promise<void> {
  const isPhone = state.page.startsWith('phone')
  const density = isPhone ? 2 : 1
  const scene = await setScene(state, { lang: 'en', width: widths.desktop, density })
  await scene.page.setViewportSize({ width: widths.desktop, height: isPhone ? 930 : 880 })
  await state.reach(scene)
  const phone = scene.page.locator('.ph')
  const shown = (await phone.count()) > 0 ? phone : scene.page
  await shown.screenshot({ path: join(folder, `${state.picture}.png`) })
}
