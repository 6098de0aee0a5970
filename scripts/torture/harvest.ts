import { ask } from './ask.ts'
import type { Pool } from './hostile.ts'
import { isJson, World } from './world.ts'

const known_max = 12

/** Fields that hold what another one is called elsewhere. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  account: ['eid', 'appid', 'account_key'],
  appsecret: ['app_secret'],
  secret: ['app_secret'],
  touser: ['openid'],
  message: ['msgid_str'],
  msgid: ['msgid_str'],
  people: ['person'],
}

/** Makes a world anew in which something has happened, and returns the names of everything in it. */
export async function harvest(url: string, name: string): Promise<Pool> {
  const world = await World.open({ url }, name, { if_exists: 'replace' })
  const known = new Known()
  known.walk(name, 'world')
  const read = async (path: string) => {
    const { text } = await ask(url + path)
    const value = isJson(text) ? JSON.parse(text) : {}
    known.walk(value)
    return value
  }
  const at = `/_sim/v1/worlds/${name}`
  await world.send({ message: '欢迎加入', client_msg_id: 'order-1' })
  const { accounts, people } = await read(at)
  for (const { key } of accounts) known.walk(key, 'account_key')
  for (const { key, openids } of people) {
    known.walk(key, 'person')
    known.walk(Object.values(openids), 'openid')
  }
  const [{ appid, app_secret }] = accounts
  const credentials = `appid=${appid}&secret=${app_secret}`
  await read(`/cgi-bin/token?grant_type=client_credential&${credentials}`)
  await world.control(`/official-accounts/${appid}/applications`, { body: { title: '入职通知' } })
  await read(`${at}/official-accounts/${appid}/applications`)
  await read(`${at}/messages`)
  await read(`${at}/exchanges?surface=tupu`)
  return known.pool()
}

/** What was seen, by the names of the fields. */
class Known {
  readonly #found = new Map<string, Set<unknown>>()

  walk(value: unknown, field = ''): void {
    if (Array.isArray(value)) for (const one of value) this.walk(one, field)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) this.walk(one, key)
    } else if (typeof value === 'string' || typeof value === 'number') {
      const known = this.#found.get(field) ?? new Set()
      if (known.size < known_max) this.#found.set(field, known.add(value))
    }
  }

  pool(): Pool {
    for (const [alias, names] of Object.entries(aliases)) {
      for (const name of names) this.walk([...(this.#found.get(name) ?? [])], alias)
    }
    return new Map([...this.#found].map(([field, values]) => [field, [...values]]))
  }
}
