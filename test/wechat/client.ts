import { expect } from 'vitest'
import type { AccountInfo, WorldHandle } from '../../src/world-handle.ts'
import { Account } from '../platform.ts'
import type { Answer, Http, Sim } from '../sim.ts'

/** A JSON object as it came over the wire. */
export type Json = Record<string, unknown>

/** A program that speaks to WeChat for one official account, without any SDK. */
export class WechatClient {
  readonly http: Http
  readonly account: Account
  /** As WeChat gave it out last, or as a test wants it. */
  token = ''

  constructor(http: Http, account: Account) {
    this.http = http
    this.account = account
  }

  /** What `/cgi-bin/token` and `/cgi-bin/stable_token` ask of this account. */
  get credentials(): { grant_type: string; appid: string; secret: string } {
    const { appid, info } = this.account
    return { grant_type: 'client_credential', appid, secret: info.app_secret ?? '' }
  }

  asksToken(query: Record<string, string> = this.credentials): Promise<Answer> {
    return this.http('GET', `/cgi-bin/token?${new URLSearchParams(query)}`)
  }

  asksStableToken(more: Json = {}): Promise<Answer> {
    return this.http('POST', '/cgi-bin/stable_token', { ...this.credentials, ...more })
  }

  /** Fetches a token and uses it from then on. */
  async signsIn(): Promise<string> {
    this.token = tokenIn(await this.asksToken())
    return this.token
  }

  /** What the user list answers a token: 0 when it is good. */
  async worth(token: string): Promise<unknown> {
    this.token = token
    return errcodeOf(await this.get('/cgi-bin/user/get'))
  }

  get(path: string, query: Record<string, string> = {}): Promise<Answer> {
    return this.http('GET', `${path}?${this.#query(query)}`)
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.http('POST', `${path}?${this.#query({})}`, body, headers)
  }

  sends(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.post('/cgi-bin/message/template/send', body, headers)
  }

  #query(query: Record<string, string>): URLSearchParams {
    return new URLSearchParams({ access_token: this.token, ...query })
  }
}

/** Whoever speaks for Acme, signed in. */
export async function acmesClient({ http, acme }: Pick<Sim, 'http' | 'acme'>) {
  const client = new WechatClient(http, acme)
  await client.signsIn()
  return client
}

/** Another customer of the same world, whom Li follows too, and whoever speaks for it. */
export async function initechsClient({ http, world }: Pick<Sim, 'http' | 'world'>) {
  const made = await world.call('account.create', { key: 'initech' })
  const followed = await world.call('phone.follow', { person: 'li', account: 'initech' })
  const client = new WechatClient(http, new Account(made as AccountInfo))
  await client.signsIn()
  return { client, openid: (followed as { openid: string }).openid }
}

/** The token of an answer that has nothing else to say than for how long it is good. */
export function tokenIn(answer: Answer): string {
  const { access_token } = bodyOf(answer)
  expect(access_token, answer.text).toBeTypeOf('string')
  return String(access_token)
}

export function bodyOf(answer: Answer): Json {
  return JSON.parse(answer.text)
}

const suffix = /( hint: \[[\w.!-]{9,17}\])? rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

/** A refusal without the part of its text that names the call. */
export function refusalOf(answer: Answer): { errcode: unknown; errmsg: string } {
  const { errcode, errmsg } = bodyOf(answer)
  expect(String(errmsg), answer.text).toMatch(suffix)
  return { errcode, errmsg: String(errmsg).replace(suffix, '') }
}

export function errcodeOf(answer: Answer): unknown {
  return bodyOf(answer)['errcode'] ?? 0
}

/** The mini program to which menus and messages of tests lead. */
export const mini_program = 'wx0123456789abcdef'

/** Links it to Acme. */
export function linksMiniprogram({ world, acme }: Pick<Sim, 'world' | 'acme'>): Promise<unknown> {
  const { appid } = acme
  return world.call('official_account.update', { appid, miniprograms: [mini_program] })
}

/** The digits of a msgid: read as a number they would be rounded. */
export function msgidOf(answer: Answer): string {
  const digits = /^\{"errcode":0,"errmsg":"ok","msgid":(\d+)\}$/.exec(answer.text)?.[1]
  expect(digits, answer.text).toBeDefined()
  return digits ?? ''
}

export type Tables = Record<string, Json[]>

/** Everything in a world but its journal and the counters of its exchanges. */
export async function tablesOf(world: WorldHandle): Promise<Tables> {
  const { tables } = (await world.call('world.export')) as { tables: Tables }
  const counter = tables['counter']?.filter((row) => row['purpose'] !== 'exchange') ?? []
  return { ...tables, counter }
}

/** WeChat's own rows of what it accepted, oldest first. */
export async function acceptedIn(world: WorldHandle): Promise<Json[]> {
  return (await tablesOf(world))['template_message'] ?? []
}
