import type { Engine } from '../../core/engine.ts'
import { pathOf } from '../../core/locate.ts'
import { type RemoteGateway, timeoutOf } from './config.ts'
import { bindTemplate, type Facts, no_facts } from './facts.ts'
import { sendFaulty } from './fault.ts'
import type { OutwardCall, RemoteAnswer } from './http.ts'
import type { TemplateSend } from './local.ts'
import {
  eidsIn,
  type MenuFault,
  type MenuItem,
  pointAt,
  type RegisterItem,
  readSelfmenu,
} from './menu.ts'

/** The account's fixed one-time-subscription template: in the list, but no template to send with. */
const subscription_title = '订阅模板消息'
/** A token that is unknown, aged or malformed. */
const bad_token_codes: readonly unknown[] = [40001, 42001, 40014]
/** WeChat has no time: that says nothing of the account. */
const busy_codes: readonly unknown[] = [-1, 45009, 45011]

export type { RemoteAnswer }

/** What a question for an account's facts brought. */
export interface AskedFacts {
  /** Undefined: WeChat told nothing, what was known stays. */
  readonly facts: Facts | undefined
  readonly calls: readonly OutwardCall[]
}

/** Asks WeChat how an account stands, its menu included. */
export async function askFacts(gateway: RemoteGateway, engine: Engine): Promise<AskedFacts> {
  const client = new RemoteClient(engine, gateway)
  const { calls } = client
  const facts = await client.facts()
  if (!isFacts(facts)) return { facts: undefined, calls }
  const menu = facts.official_account_connected ? await client.menu() : undefined
  const menu_eids = menu?.kind === 'json' ? eidsIn(readSelfmenu(menu.body)) : undefined
  return { facts: { ...facts, menu_eids }, calls }
}

/** Whether WeChat told its facts, or why it did not. */
export function isFacts(answer: Facts | RemoteAnswer): answer is Facts {
  return !('kind' in answer)
}

/** One conversation with a WeChat origin. All calls are kept; together they may take the account's `gateway_timeout`. */
export class RemoteClient {
  readonly calls: OutwardCall[] = []
  readonly #engine: Engine
  readonly #gateway: RemoteGateway
  readonly #timeoutMs: number
  readonly #until: number
  readonly #tokenKey: string

  constructor(engine: Engine, gateway: RemoteGateway) {
    this.#engine = engine
    this.#gateway = gateway
    const { base_url, appid, app_secret, access_token_url = '' } = gateway
    this.#tokenKey = `${base_url} ${appid} ${app_secret} ${access_token_url}`
    this.#timeoutMs = timeoutOf(gateway, engine.limits)
    this.#until = engine.realNow() + this.#timeoutMs
  }

  /** Sends a template message. */
  send(send: TemplateSend): Promise<RemoteAnswer> {
    return this.#withToken('POST', '/cgi-bin/message/template/send', {}, send, [send.touser])
  }

  /** What WeChat knows of an openid. */
  userInfo(openid: string): Promise<RemoteAnswer> {
    return this.#withToken('GET', '/cgi-bin/user/info', { openid }, undefined, [openid])
  }

  /** The menu, in the shape that those made in WeChat's console have too. */
  menu(): Promise<RemoteAnswer> {
    return this.#withToken('GET', '/cgi-bin/get_current_selfmenu_info')
  }

  /** Gives the account a menu in place of the one that it had. */
  createMenu(button: readonly MenuItem[]): Promise<RemoteAnswer> {
    return this.#withToken('POST', '/cgi-bin/menu/create', {}, { button })
  }

  /** The account's facts, or the answer that tells none. */
  async facts(): Promise<Facts | RemoteAnswer> {
    const templates = await this.#withToken('GET', '/cgi-bin/template/get_all_private_template')
    const list = bodyOf(templates)
    if (!list) return templates
    const rows = list['template_list']
    if (!Array.isArray(rows)) return no_facts
    const industries = await this.#withToken('GET', '/cgi-bin/template/get_industry')
    const named = bodyOf(industries)
    if (!named) return industries
    const template = findTemplate(rows, this.#gateway.template_id)
    return {
      official_account_connected: true,
      // The sandbox has templates without any industry, and nobody can choose one there.
      industries_set: 'primary_industry' in named || template?.primary_industry === '',
      template_approved: template !== undefined,
      template: template ? bindTemplate(template.template_id, template.content) : null,
      at: {},
    }
  }

  /** A token that WeChat does not take is fetched anew once: another's forced refresh may have replaced it. */
  async #withToken(
    method: string,
    path: string,
    fields: Readonly<Record<string, string>> = {},
    body?: unknown,
    openids: readonly string[] = [],
  ): Promise<RemoteAnswer> {
    const send = (access_token: string) => {
      const query = new URLSearchParams({ access_token, ...fields })
      return this.#call(method, `${path}?${query}`, body, openids)
    }
    const tokens = this.#engine.remoteTokens
    const held = tokens.get(this.#tokenKey)
    const answer = held === undefined ? undefined : await send(held)
    if (answer && !isTokenBad(answer)) return answer
    let fetched = await this.#fetchToken(false)
    // WeChat hands out the very token that it refuses: then only force brings another.
    if (fetched === held) fetched = await this.#fetchToken(true)
    if (typeof fetched !== 'string') return fetched
    tokens.set(this.#tokenKey, fetched)
    return send(fetched)
  }

  /** Of a token that is shared others see to it that it is fresh. */
  async #fetchToken(force_refresh: boolean): Promise<string | RemoteAnswer> {
    const { appid, app_secret, access_token_url } = this.#gateway
    const body = { grant_type: 'client_credential', appid, secret: app_secret, force_refresh }
    const answer = access_token_url
      ? await this.#ask('GET', access_token_url)
      : await this.#call('POST', '/cgi-bin/stable_token', body)
    const token = answer.kind === 'json' ? answer.body['access_token'] : undefined
    return typeof token === 'string' ? token : answer
  }

  #call(
    method: string,
    path: string,
    body?: unknown,
    openids: readonly string[] = [],
  ): Promise<RemoteAnswer> {
    return this.#ask(method, this.#gateway.base_url.replace(/\/$/, '') + path, {
      path,
      body,
      openids,
    })
  }

  /** Calls an address; faults meet the endpoint of the path. */
  async #ask(
    method: string,
    url: string,
    {
      path = '',
      body,
      openids = [],
    }: { path?: string; body?: unknown; openids?: readonly string[] } = {},
  ): Promise<RemoteAnswer> {
    const timeoutMs = this.#until - this.#engine.realNow()
    if (timeoutMs <= 0) {
      return { kind: 'none', errcode: 100031, detail: `no time left of ${this.#timeoutMs} ms` }
    }
    const { by } = this.#gateway
    const request = { method, url, body, timeoutMs }
    const { answer, call } = await sendFaulty(this.#engine, request, {
      by,
      path: pathOf(path),
      openids,
    })
    this.calls.push(call)
    return answer
  }
}

function isTokenBad(answer: RemoteAnswer): boolean {
  return answer.kind === 'json' && bad_token_codes.includes(answer.body['errcode'])
}

function bodyOf(answer: RemoteAnswer): Readonly<Record<string, unknown>> | undefined {
  if (answer.kind === 'none' || busy_codes.includes(answer.body['errcode'])) return undefined
  return answer.body
}

/** The template that was chosen; else the first that is one to send with. */
function findTemplate(
  list: readonly unknown[],
  chosen: string | undefined,
): { template_id: string; content: string; primary_industry: unknown } | undefined {
  for (const row of list) {
    if (typeof row !== 'object' || row === null) continue
    const { template_id, content, title, primary_industry } = row as Record<string, unknown>
    if (typeof template_id !== 'string' || typeof content !== 'string') continue
    if (chosen === undefined ? title !== subscription_title : template_id === chosen)
      return { template_id, content, primary_industry }
  }
  return undefined
}

/** Puts the item into the menu at a WeChat somewhere. What its console made and no call can make is refused by that WeChat. */
export async function publishRemotely(
  engine: Engine,
  gateway: RemoteGateway,
  item: RegisterItem,
): Promise<{ readonly fault: MenuFault | undefined; readonly calls: readonly OutwardCall[] }> {
  const client = new RemoteClient(engine, gateway)
  const { calls } = client
  const menu = await client.menu()
  const isKnown = menu.kind === 'json' && !('errcode' in menu.body)
  if (!isKnown) return { fault: faultIn(menu), calls }
  const button = pointAt(readSelfmenu(menu.body), item)
  if (!button) return { fault: { kind: 'full' }, calls }
  const answer = await client.createMenu(button)
  const isDone = answer.kind === 'json' && answer.body['errcode'] === 0
  return { fault: isDone ? undefined : faultIn(answer), calls }
}

function faultIn(answer: RemoteAnswer): MenuFault {
  if (answer.kind === 'none') return { kind: 'none', detail: answer.detail }
  const { errcode, errmsg } = answer.body
  return { kind: 'refused', errcode: Number(errcode), errmsg: String(errmsg) }
}
