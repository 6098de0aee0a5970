import type { AccountInfo, WorldHandle } from '../src/world-handle.ts'
import type { Http } from './sim.ts'

/** A customer's account, as the world describes it. */
export class Account {
  readonly info: AccountInfo

  constructor(info: AccountInfo | undefined) {
    this.info = info ?? missing
  }

  get key(): string {
    return this.info.key
  }

  get eid(): string {
    return this.info.eid
  }

  get appid(): string {
    return this.info.appid ?? ''
  }
}

const missing: AccountInfo = {
  key: '',
  company: '',
  eid: '',
  appid: null,
  app_secret: null,
  token: null,
  aes_key: null,
  partner_secret: null,
  template_id: null,
  register_url: null,
  rebind: 'reject',
  oauth_scope: 'snsapi_base',
  callback: null,
  retention_days: null,
  minute_limit: null,
  gateway_timeout: 'PT5S',
}

/** The answer of the partner API. */
export interface SendAnswer {
  readonly errcode: number
  readonly errmsg: string
  readonly msgid_str?: string
}

/** The HR platform under test, as far as it talks to TUPU. */
export class Platform {
  readonly #http: Http
  readonly #world: WorldHandle

  constructor(http: Http, world: WorldHandle) {
    this.#http = http
    this.#world = world
  }

  /** Sends one message; any field can be left out by `undefined`. */
  async sends(account: Account, body: Record<string, unknown> = {}): Promise<SendAnswer> {
    const { text } = await this.post('/messages', {
      eid: account.eid,
      message: '欢迎加入',
      ...body,
    })
    return JSON.parse(text) as SendAnswer
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}) {
    return this.#http('POST', `/w/${this.#world.name}/tupu/v1${path}`, body, headers)
  }

  get(path: string, headers: Record<string, string> = {}) {
    return this.#http('GET', `/w/${this.#world.name}/tupu/v1${path}`, undefined, headers)
  }

  /** Sends as everybody should: by SMS or email whenever WeChat was not used. */
  async notifies(account: Account, body: Record<string, unknown>): Promise<'wechat' | 'sms'> {
    const { errcode } = await this.sends(account, body)
    return errcode === 0 ? 'wechat' : 'sms'
  }
}
