import { expect, it } from 'vitest'
import { type Tag, tagsOf } from '../page.ts'
import { connects } from './onboarding.ts'
import { startOperating } from './operator.ts'

/** Fields of a form that one fills in, and what stands in them. */
function filledIn(html: string): Record<string, string> {
  const texts = [...html.matchAll(/(<textarea[^>]*>)([^<]*)</gu)].map(([, tag = '', text = '']) => [
    nameOf(tagsOf(tag)),
    text,
  ])
  const choices = [...html.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/gu)].map(
    ([, tag = '', options = '']) => [nameOf(tagsOf(tag)), chosenOf(tagsOf(options))],
  )
  const inputs = tagsOf(html)
    .filter(({ name, attributes: { type, name: of } }) => {
      return name === 'input' && of !== undefined && type !== 'hidden'
    })
    .map(({ attributes: { name = '', value = '' } }) => [name, value])
  return Object.fromEntries([...inputs, ...texts, ...choices])
}

const nameOf = ([tag]: readonly Tag[]) => tag?.attributes['name'] ?? ''

function chosenOf(options: readonly Tag[]): string | undefined {
  return options.find(({ attributes }) => 'selected' in attributes)?.attributes['value']
}

/** Something else than stands there: of a list its last choice. */
function otherThan(html: string, fields: Record<string, string>): Record<string, string> {
  const last = (name: string) => {
    const [, options = ''] =
      new RegExp(`<select[^>]* name="${name}"[^>]*>([\\s\\S]*?)</select>`, 'u').exec(html) ?? []
    return tagsOf(options).at(-1)?.attributes['value']
  }
  return Object.fromEntries(
    Object.keys(fields).map((name, n) => [name, last(name) ?? `typed ${n}`]),
  )
}

it('every form of the console keeps all that was typed when it is refused', async () => {
  const sim = await startOperating()
  const { browser, path, world, wang } = sim
  const walked: string[] = []
  const lost: string[] = []
  const walk = async (at: string) => {
    await browser.opens(at)
    for (const { action, fields, html } of browser.forms()) {
      const typed = otherThan(html, filledIn(html))
      if (!action.includes('/do/') || Object.keys(typed).length === 0) continue
      const answer = await browser.sends(action, { ...fields, ...typed, token: 'of another' })
      const again = browser.forms().find((form) => form.action === action && sameForm(form, fields))
      const found = again && filledIn(again.html)
      if (answer.status !== 403 || JSON.stringify(found) !== JSON.stringify(typed))
        lost.push(`${at} ${action}: ${JSON.stringify({ typed, found })}`)
      walked.push(action.replace(/.*\/do\//u, ''))
    }
  }
  await walk(path('/globex'))
  await world.call('vendor.ask', { eid: 'globex' })
  await walk(path('/globex'))
  const appid = await connects(sim)
  const draft = await world.call('application.create', { appid })
  await walk(path('/globex?tab=templates'))
  const { application } = draft as { application: string }
  await world.call('application.submit', { application })
  await walk(path('/globex?tab=templates'))
  for (const tab of ['templates', 'eid', 'registrations', 'callbacks', 'settings'])
    await walk(path(`/acme?tab=${tab}`))
  await walk(path(''))
  for (const at of ['/', '/people', `/people/${wang.id}`, '/faults']) await walk(`/w/test${at}`)
  expect(lost).toEqual([])
  expect([...new Set(walked)].sort()).toEqual([
    'account.connect',
    'account.create',
    'account.update',
    'application.create',
    'application.reject',
    'application.update',
    'association.create',
    'association_import.create',
    'eid.rotate',
    'fault.create',
    'industry.set',
    'message.test',
    'official_account.update',
    'person.create',
    'vendor.refuse',
    'website_app.create',
    'world.create',
  ])
})

function sameForm(form: { fields: Record<string, string> }, fields: Record<string, string>) {
  return form.fields['form'] === fields['form']
}
