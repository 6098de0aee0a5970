import { randomInt } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { buildProgram, start } from '../cli/program.ts'
import { emptyFolder } from './place.ts'

const crashes = 3
/** A crash comes after so many answers at most, at whatever point of the next ones. */
const answers_max = 400
const connections = 12
const mobile = '13800138002'

let program: Awaited<ReturnType<typeof buildProgram>>
beforeAll(async () => {
  program = await buildProgram()
})
afterAll(() => program.remove())

const ready = z.object({
  url: z.string(),
  env: z.object({ TUPU_BASE_URL: z.string(), TUPU_EID: z.string() }),
})
const answer = z.object({ errcode: z.number(), msgid_str: z.string().optional() })
const page = z.object({
  items: z.array(
    z.object({
      msgid_str: z.string().nullable(),
      text: z.string(),
      state: z.string(),
      line: z.string().nullable(),
    }),
  ),
  next_cursor: z.string(),
})

/** What the platform was told, and so may rely on. */
type Told = Map<string, { errcode: number; msgid: string | null }>

async function startServer(file: string) {
  const server = start([program.main, '--data', file, '--port', '0', '--print', 'json'], {
    cwd: emptyFolder(),
  })
  onTestFinished(() => {
    server.child.kill('SIGKILL')
  })
  return { ...server, ...ready.parse(JSON.parse(await server.says(/\n/))) }
}

type Server = Awaited<ReturnType<typeof startServer>>

/** Sends without a pause until the server is gone; every third time to somebody unknown. */
async function load({ env, child }: Server, told: Told, answers: number): Promise<void> {
  let came = 0
  const one = async (name: string) => {
    for (let n = 0; ; n++) {
      const message = `${name}.${n}`
      const body = { eid: env.TUPU_EID, mobile: n % 3 === 2 ? '13900139000' : mobile, message }
      const response = await fetch(`${env.TUPU_BASE_URL}/messages`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      const { errcode, msgid_str = null } = answer.parse(await response.json())
      told.set(message, { errcode, msgid: msgid_str })
      came++
      if (came === answers) child.kill('SIGKILL')
    }
  }
  const before = told.size
  const gone = Array.from({ length: connections }, (_, i) => one(`${before}.${i}`).catch(() => {}))
  await Promise.all(gone)
}

async function listAll({ url }: Server) {
  const items: z.output<typeof page>['items'] = []
  for (let after = ''; ; ) {
    const response = await fetch(`${url}/_sim/v1/worlds/default/messages${after}`)
    const { items: more, next_cursor } = page.parse(await response.json())
    if (more.length === 0) return items
    items.push(...more)
    after = `?after=${next_cursor}`
  }
}

/** Everything that must have come into the database together did. */
function expectWhole(file: string): void {
  const sqlite = new Sqlite(file, { readonly: true })
  const count = (sql: string) => sqlite.prepare(sql).pluck().get()
  const accepted = "from message where state <> 'refused'"
  const recorded = "exchange join exchange_head using (epoch, head) where endpoint = 'message.send'"
  expect({
    integrity: count('pragma integrity_check'),
    accepted: count(`select count(*) ${accepted}`),
    life: count('select life from send_count'),
    strangers: count(
      `select count(*) from template_message where msgid not in (select msgid ${accepted})`,
    ),
    answered: count("select n from counter where purpose = 'exchange' and key like 'acme-%'"),
    unrecorded: count(
      `select count(*) from message where trace not in (select trace from ${recorded})`,
    ),
  }).toEqual({
    integrity: 'ok',
    accepted: count('select count(*) from template_message'),
    life: count('select count(*) from template_message'),
    strangers: 0,
    answered: count(`select count(*) from ${recorded}`),
    unrecorded: 0,
  })
  expect(count('select count(*) from message')).toBe(count(`select count(*) from ${recorded}`))
  sqlite.close()
}

it('what was answered survives kill -9 under load, whole, and nothing is there half', async () => {
  const file = `${emptyFolder()}/sim.db`
  const told: Told = new Map()
  for (let crash = 0; crash < crashes; crash++) {
    const server = await startServer(file)
    await load(server, told, randomInt(1, answers_max))
    await server.ended
    const next = await startServer(file)
    const listed = new Map((await listAll(next)).map((item) => [item.text, item]))
    for (const [text, { errcode, msgid }] of told) {
      const expected =
        errcode === 0
          ? { state: 'delivered', msgid_str: msgid, line: text }
          : { state: 'refused', line: null }
      expect(listed.get(text)).toMatchObject(expected)
    }
    for (const { state, line, text } of listed.values()) {
      expect([state, line]).toEqual(state === 'refused' ? [state, null] : ['delivered', text])
    }
    next.child.kill('SIGTERM')
    expect((await next.ended).code).toBe(0)
    expectWhole(file)
  }
  expect(told.size).toBeGreaterThan(crashes)
}, 60_000)
