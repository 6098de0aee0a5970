import { type Sim, type StartOptions, startSim } from '../sim.ts'

/** What the journal shows of an exchange, as far as these tests read it. */
export interface Shown {
  readonly seq: number
  readonly trace: string
  readonly at: string
  readonly direction: string
  readonly surface: string
  readonly endpoint: string
  readonly url: string
  readonly status: number
  readonly request: { readonly headers: Record<string, unknown>; readonly body: string }
  readonly answer: { readonly headers: Record<string, unknown>; readonly body: string }
  readonly decision: readonly (string | { readonly rule: string })[]
}

export interface Page {
  readonly items: readonly Shown[]
  readonly next_cursor: string | null
  readonly scanned: number
  readonly more: boolean
}

export const journal_path = '/_sim/v1/worlds/test/exchanges'

/** A journal with something of everything, whose exchanges have names. */
export interface Scene extends Sim {
  readonly seqs: Readonly<Record<string, number>>
  readonly msgid: string
  /** Names of the exchanges that a list has, newest first. */
  named(filter: Readonly<Record<string, unknown>>): Promise<string[]>
  list(filter: Readonly<Record<string, unknown>>): Promise<Page>
}

export async function startScene(options: StartOptions = {}): Promise<Scene> {
  const sim = await startSim(options)
  const { acme, wang, li, platform, http, world } = sim
  const seqs: Record<string, number> = {}
  const list = async (filter: Readonly<Record<string, unknown>>) =>
    (await world.call('exchange.list', filter)) as Page
  const call = async <T>(name: string, made: Promise<T>): Promise<T> => {
    const answer = await made
    const [newest] = (await list({ limit: 1 })).items
    seqs[name] = newest?.seq ?? 0
    return answer
  }
  await call('create', Promise.resolve())
  const accepted = { mobile: '+86 138 0013 8002', message: '欢迎加入', client_msg_id: 'order-17' }
  const { msgid_str: msgid = '' } = await call('accepted', platform.sends(acme, accepted))
  const { app_secret: secret } = acme.info
  const query = `grant_type=client_credential&appid=${acme.appid}&secret=${secret}`
  const token = (await call('token', http('GET', `/w/test/cgi-bin/token?${query}`))).json
  await call('unfollow', wang.unfollows(acme))
  // As Python writes JSON: every sign that is no ASCII as an escape, full-width digits here.
  const wide = [...'13800138002'].map((digit) => `\\uff1${digit}`).join('')
  const body = `{"eid":"${acme.eid}","mobile":"${wide}","message":"\\u7b2c\\u4e8c\\u6761"}`
  await call('refused', platform.post('/messages', body))
  await world.advance('PT1H')
  seqs['advance'] = (await list({ limit: 1 })).items[0]?.seq ?? 0
  await call('unknown', platform.sends(acme, { mobile: '13900139000', message: 'hi' }))
  const info = `access_token=${token['access_token']}&openid=${li.openidAt(acme)}`
  await call('info', http('GET', `/w/test/cgi-bin/user/info?${info}`))
  await call('stray', http('GET', '/w/test/cgi-bin/user/nothing?q=%E6%AC%A2%E8%BF%8E'))
  await call('method', http('PUT', '/w/test/tupu/v1/messages', '{}'))
  await call('lookup', platform.get(`/messages/${msgid}?eid=${acme.eid}`))
  const names = new Map(Object.entries(seqs).map(([name, seq]) => [seq, name]))
  const named = async (filter: Readonly<Record<string, unknown>>) =>
    (await list(filter)).items.map(({ seq }) => names.get(seq) ?? String(seq))
  return { ...sim, seqs, msgid, list, named }
}
