import type { Advanced } from '../../src/world-handle.ts'
import type { DatabaseName } from '../database.ts'
import type { Account } from '../platform.ts'
import { type Answer, type Sim, type StartOptions, startSim } from '../sim.ts'
import { type Json, WechatClient } from '../wechat/client.ts'

/** An application as the control API shows it. */
export interface Application {
  readonly application: string
  readonly appid: string
  readonly state: string
  readonly reason: string | null
  readonly due_at: string | null
  readonly reads_left: number | null
  readonly template_id: string | null
}

/** What TUPU's operator and WeChat's reviewers do about one official account's applications. */
export class Applicant {
  readonly appid: string
  readonly #sim: Sim

  constructor(sim: Sim, account: Pick<Account, 'appid'>) {
    this.#sim = sim
    this.appid = account.appid
  }

  /** By HTTP below the official account's path. */
  at(method: string, path: string, body?: unknown): Promise<Answer> {
    const official = `/_sim/v1/worlds/test/official-accounts/${this.appid}`
    return this.#sim.http(method, official + path, body)
  }

  /** By HTTP below one application's path. */
  to(method: string, application: string, path = '', body?: unknown): Promise<Answer> {
    const one = `/_sim/v1/worlds/test/applications/${application}`
    return this.#sim.http(method, one + path, body)
  }

  async drafts(wanted: Json = {}): Promise<Application> {
    return read(await this.at('POST', '/applications', wanted))
  }

  async submits({ application }: Pick<Application, 'application'>): Promise<Application> {
    return read(await this.to('POST', application, '/submit'))
  }

  /** Drafts and hands in. */
  async applies(wanted: Json = {}): Promise<Application> {
    return this.submits(await this.drafts(wanted))
  }

  async sees({ application }: Pick<Application, 'application'>): Promise<Application> {
    return read(await this.to('GET', application))
  }

  async isReviewed(review: unknown): Promise<void> {
    await this.#sim.world.call('official_account.update', { appid: this.appid, review })
  }

  async advances(how: Json): Promise<Advanced> {
    return (await this.#sim.world.call('clock.advance', how)) as Advanced
  }
}

function read(answer: Answer): Application {
  return answer.json as unknown as Application
}

/** Acme, live, whose next template is reviewed as said. */
export async function startReviewed(
  review: unknown,
  { database = 'sqlite', ...options }: StartOptions & { database?: DatabaseName } = {},
) {
  const sim = await startSim({ database, ...options })
  const acme = new Applicant(sim, sim.acme)
  await acme.isReviewed(review)
  return { ...sim, acmes: acme }
}

/** The titles that WeChat lists as an official account's templates. */
export async function listedTitles({ http }: Pick<Sim, 'http'>, account: Account) {
  const client = new WechatClient(http, account)
  await client.signsIn()
  const { json } = await client.get('/cgi-bin/template/get_all_private_template')
  const list = json['template_list'] as unknown as { title: string }[]
  return list.map(({ title }) => title)
}
