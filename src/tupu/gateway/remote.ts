import type { Engine } from '../../core/engine.ts'
import type { Limits } from '../../core/limits.ts'
import type { Refusal } from '../../core/refusal.ts'
import { refuse } from '../endpoint.ts'
import { ask, type RemoteAnswer } from './ask.ts'
import type { RemoteGateway } from './config.ts'
import { bindTemplate, type Facts, no_facts } from './facts.ts'
import type { TemplateSend } from './local.ts'
import { eidsIn, type MenuItem, readSelfmenu } from './menu-item.ts'
import type { OutwardCall } from './outward.ts'

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
  const talk = new RemoteTalk(engine, gateway)
  const asked = await talk.facts()
  if (!isTold(asked)) return { facts: undefined, calls: talk.calls }
  const menu = asked.official_account_connected ? await talk.menu() : undefined
  const menu_eids = menu?.kind === 'json' ? eidsIn(readSelfmenu(menu.body)) : undefined
  return { facts: { ...asked, menu_eids }, calls: talk.calls }
}

/** Whether WeChat told its facts, or why it did not. */
export function isTold(asked: Facts | RemoteAnswer): asked is Facts {
  return !('kind' in asked)
}

/** TUPU's no when WeChat gave no answer that can be read. */
export function refuseSilence(
  answer: Extract<RemoteAnswer, { kind: 'none' }>,
  { answer_ms_max }: Limits,
): Refusal {
  const expected = `a JSON object within ${answer_ms_max} ms`
  return refuse(answer.errcode, { rule: 'wechat.answered', actual: answer.detail, expected })
}

/** One conversation with a WeChat origin. All calls are kept; together they may take `answer_ms_max`. */
export class RemoteTalk {
  readonly calls: OutwardCall[] = []
  readonly #engine: Engine
  readonly #gateway: RemoteGateway
  readonly #until: number
  readonly #tokenKey: string

  constructor(engine: Engine, gateway: RemoteGateway) {
    this.#engine = engine
    this.#gateway = gateway
    this.#tokenKey = `${gateway.base_url} ${gateway.appid} ${gateway.app_secret}`
    this.#until = engine.realNow() + engine.limits.answer_ms_max
  }

  async send(send: TemplateSend): Promise<RemoteAnswer> {
    return this.#withToken((token) => {
      const query = new URLSearchParams({ access_token: token })
      return this.#call('POST', `/cgi-bin/message/template/send?${query}`, send)
    })
  }

  /** What WeChat knows of an openid. */
  async userInfo(openid: string): Promise<RemoteAnswer> {
    return this.#get('/cgi-bin/user/info', { openid })
  }

  /** The menu, in the shape that those made in WeChat's console have too. */
  async menu(): Promise<RemoteAnswer> {
    return this.#get('/cgi-bin/get_current_selfmenu_info')
  }

  /** Gives the account a menu in place of the one that it had. */
  async createMenu(button: readonly MenuItem[]): Promise<RemoteAnswer> {
    return this.#withToken((token) => {
      const query = new URLSearchParams({ access_token: token })
      return this.#call('POST', `/cgi-bin/menu/create?${query}`, { button })
    })
  }

  /** The account's facts, or the answer that tells none. */
  async facts(): Promise<Facts | RemoteAnswer> {
    const list = await this.#get('/cgi-bin/template/get_all_private_template')
    const listed = toldBy(list)
    if (!listed) return list
    const rows = listed['template_list']
    if (!Array.isArray(rows)) return no_facts
    const industries = await this.#get('/cgi-bin/template/get_industry')
    const named = toldBy(industries)
    if (!named) return industries
    const template = findTemplate(rows)
    return {
      official_account_connected: true,
      industries_set: 'primary_industry' in named,
      template_approved: template !== undefined,
      template: template ? bindTemplate(template.template_id, template.content) : null,
      at: {},
    }
  }

  #get(path: string, fields: Readonly<Record<string, string>> = {}): Promise<RemoteAnswer> {
    return this.#withToken((token) => {
      const query = new URLSearchParams({ access_token: token, ...fields })
      return this.#call('GET', `${path}?${query}`)
    })
  }

  /** A token that WeChat does not take is fetched anew once: another's forced refresh may have replaced it. */
  async #withToken(ask: (token: string) => Promise<RemoteAnswer>): Promise<RemoteAnswer> {
    const tokens = this.#engine.remoteTokens
    const held = tokens.get(this.#tokenKey)
    const answer = held === undefined ? undefined : await ask(held)
    if (answer && !isTokenBad(answer)) return answer
    let fetched = await this.#fetchToken(false)
    // WeChat hands out the very token that it refuses: then only force brings another.
    if (fetched === held) fetched = await this.#fetchToken(true)
    if (typeof fetched !== 'string') return fetched
    tokens.set(this.#tokenKey, fetched)
    return ask(fetched)
  }

  async #fetchToken(force_refresh: boolean): Promise<string | RemoteAnswer> {
    const { appid, app_secret } = this.#gateway
    const body = { grant_type: 'client_credential', appid, secret: app_secret, force_refresh }
    const answer = await this.#call('POST', '/cgi-bin/stable_token', body)
    const token = answer.kind === 'json' ? answer.body['access_token'] : undefined
    return typeof token === 'string' ? token : answer
  }

  async #call(method: string, path: string, body?: unknown): Promise<RemoteAnswer> {
    const url = this.#gateway.base_url.replace(/\/$/, '') + path
    const timeoutMs = this.#until - this.#engine.realNow()
    if (timeoutMs <= 0) {
      const { answer_ms_max } = this.#engine.limits
      return { kind: 'none', errcode: 100031, detail: `no time left of ${answer_ms_max} ms` }
    }
    const { answer, call } = await ask(this.#engine, { method, url, body, timeoutMs })
    this.calls.push(call)
    return answer
  }
}

function isTokenBad(answer: RemoteAnswer): boolean {
  return answer.kind === 'json' && bad_token_codes.includes(answer.body['errcode'])
}

function toldBy(answer: RemoteAnswer): Readonly<Record<string, unknown>> | undefined {
  if (answer.kind === 'none' || busy_codes.includes(answer.body['errcode'])) return undefined
  return answer.body
}

function findTemplate(
  list: readonly unknown[],
): { template_id: string; content: string } | undefined {
  for (const row of list) {
    if (typeof row !== 'object' || row === null) continue
    const { template_id, content, title } = row as Record<string, unknown>
    if (typeof template_id !== 'string' || typeof content !== 'string') continue
    if (title !== subscription_title) return { template_id, content }
  }
  return undefined
}
