import { tagsOf, textOf } from '../../page.ts'
import type { Person } from '../../people.ts'
import type { Http, Sim } from '../../sim.ts'

/** The website app of these tests. */
export const portal = { key: 'portal', name: '入职平台' }

/** As `website_app.create` answers. */
export interface WebsiteApp {
  readonly appid: string
  readonly app_secret: string
}

/** What the QR code on WeChat's page says. */
export function codeOn(html: string): string {
  const [, code = ''] = /<code translate="no">([^<]*)<\/code>/.exec(html) ?? []
  return textOf(code)
}

/** Where the page goes on by itself, beside its own address. */
export function onwardOf(html: string): string {
  const waits = tagsOf(html).find(({ attributes }) => 'data-waits' in attributes)
  return waits?.attributes['data-onward'] ?? ''
}

/** The phone's scanner reads the code: the sheet on which the person decides. */
export async function scans({ http }: Pick<Sim, 'http'>, person: Person, code: string) {
  const { url } = await person.scans(code)
  return http('GET', new URL(url ?? '').pathname + new URL(url ?? '').search)
}

/** Sends the form of a sheet with the cookie that came with it. */
export function decides(
  { http }: Pick<Sim, 'http'>,
  sheet: Pick<Awaited<ReturnType<Http>>, 'text' | 'headers'>,
  verdict: 'allow' | 'deny',
) {
  const tags = tagsOf(sheet.text)
  const form = new URLSearchParams({ verdict })
  for (const { name, attributes } of tags)
    if (name === 'input') form.set(attributes['name'] ?? '', attributes['value'] ?? '')
  const action = tags.find(({ name }) => name === 'form')?.attributes['action'] ?? ''
  const [cookie = ''] = (sheet.headers.get('set-cookie') ?? '').split(';')
  const type = 'application/x-www-form-urlencoded'
  return http('POST', action, form.toString(), { cookie, 'content-type': type })
}
