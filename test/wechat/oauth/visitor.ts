import { expect } from 'vitest'
import { tagsOf } from '../../page.ts'
import type { Account } from '../../platform.ts'
import type { Answer, Http } from '../../sim.ts'
import type { Json } from '../client.ts'

/** What a site asks of the authorise page; what is undefined is left out. */
export type Link = Readonly<Record<string, string | undefined>>

export const site = 'https://hr.example.com/register?from=menu'
export const wechat_agent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49'

/** The path of a link of an account, with everything in order unless told. */
export function authorizePath(account: Account, link: Link = {}): string {
  const all: Link = {
    appid: account.appid,
    redirect_uri: site,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'S1',
    ...link,
  }
  const given = Object.entries(all).filter((pair): pair is [string, string] => {
    return pair[1] !== undefined
  })
  return `/connect/oauth2/authorize?${new URLSearchParams(given)}`
}

/** A browser: it keeps cookies by their paths, and sends forms as they stand on a page. */
export class Visitor {
  readonly #http: Http
  readonly #headers: Record<string, string>
  readonly #cookies: { pair: string; path: string }[] = []

  constructor(http: Http, headers: Record<string, string> = {}) {
    this.#http = http
    this.#headers = headers
  }

  async opens(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#asks('GET', path, undefined, headers)
  }

  /** Presses a button of the only form of a page. */
  async decides(page: Answer, verdict: string, change: Link = {}): Promise<Answer> {
    const { action, fields } = formOf(page)
    const given = Object.entries({ ...fields, ...change, verdict })
    const sent = given.filter((pair): pair is [string, string] => pair[1] !== undefined)
    return this.#asks('POST', action, new URLSearchParams(sent).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
  }

  async #asks(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const cookies = this.#cookies.filter((one) => path.startsWith(one.path))
    const cookie = cookies.map(({ pair }) => pair).join('; ')
    const answer = await this.#http(method, path, body, {
      ...(cookie === '' ? {} : { cookie }),
      ...this.#headers,
      ...headers,
    })
    const set = answer.headers.get('set-cookie')
    const [pair = '', ...attributes] = set?.split('; ') ?? []
    const at = attributes.find((one) => one.startsWith('Path='))?.slice('Path='.length)
    if (set !== null) this.#cookies.push({ pair, path: at ?? '/' })
    return answer
  }
}

/** Where the form of a page leads, and what it carries unseen. */
export function formOf({ text }: Answer): { action: string; fields: Record<string, string> } {
  const tags = tagsOf(text)
  const action = tags.find(({ name }) => name === 'form')?.attributes['action'] ?? ''
  const inputs = tags.filter(({ name }) => name === 'input').map(({ attributes }) => attributes)
  const fields = inputs.map(({ name = '', value = '' }) => [name, value])
  return { action, fields: Object.fromEntries(fields) }
}

/** What a redirect tells the site. */
export function toldBy(answer: Answer): { url: string; code: string; state: string | null } {
  const url = answer.headers.get('location') ?? ''
  expect(url, `${answer.status} ${answer.text}`).not.toBe('')
  const { searchParams } = new URL(url)
  return { url, code: searchParams.get('code') ?? '', state: searchParams.get('state') }
}

/** What the page of a person's WeChat brings back for a site, without any question. */
export async function codeOf(
  http: Http,
  account: Account,
  { person = 'li', ...link }: Link & { person?: string } = {},
): Promise<string> {
  return toldBy(await http('GET', `/as/${person}${authorizePath(account, link)}`)).code
}

/** Everything that the exchange of a code wants of an account. */
export function exchangeFields({ appid, info }: Account, code: string): Record<string, string> {
  return { appid, secret: info.app_secret ?? '', code, grant_type: 'authorization_code' }
}

export function exchange(http: Http, account: Account, code: string): Promise<Answer> {
  const query = new URLSearchParams(exchangeFields(account, code))
  return http('GET', `/sns/oauth2/access_token?${query}`)
}

export type WebToken = Json & Record<'access_token' | 'refresh_token' | 'openid', string>

/** A token of web OAuth, as the exchange answers it. */
export async function webTokenOf(
  http: Http,
  account: Account,
  link: Link & { person?: string } = {},
): Promise<WebToken> {
  const { text } = await exchange(http, account, await codeOf(http, account, link))
  return JSON.parse(text)
}
