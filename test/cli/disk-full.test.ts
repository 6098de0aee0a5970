import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyFolder } from '../db/place.ts'
import { startChild } from '../process.ts'
import { buildProgram, start } from './program.ts'

let program: Awaited<ReturnType<typeof buildProgram>>
beforeAll(async () => {
  program = await buildProgram()
})
afterAll(() => program.remove())

/** Says how large a file of a process may become, as a quota would; from without, while it runs. */
async function limitFiles(pid: number | undefined, bytes: string): Promise<void> {
  const child = startChild('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
}

/** Linux has it, most of the time. */
const folders = (process.env['PATH'] ?? '').split(delimiter)
const hasPrlimit = folders.some((folder) => existsSync(join(folder, 'prlimit')))

it.skipIf(!hasPrlimit)(
  'a process whose disk takes nothing more answers 507, keeps what it answered, and goes on by itself',
  async () => {
    const file = join(emptyFolder(), 'sim.db')
    const serve = [program.main, '--data', file, '--port', '0', '--print', 'json']
    const server = start(serve, { cwd: emptyFolder() })
    const { url, env } = JSON.parse(await server.says(/\n/))
    const send = async (message: string) => {
      const body = {
        eid: env.TUPU_EID,
        mobile: '13800138002',
        message,
        padding: 'x'.repeat(50_000),
      }
      const sent = { method: 'POST', body: JSON.stringify(body) }
      const response = await fetch(`${env.TUPU_BASE_URL}/messages`, sent)
      return { status: response.status, text: await response.text() }
    }
    const ready = async () => (await fetch(`${url}/readyz`)).status
    expect((await send('before')).text).toContain('"errcode":0')
    await limitFiles(server.child.pid, String(statSync(`${file}-wal`).size + 200_000))
    const kept = ['before']
    let end = await send('0')
    for (let n = 1; end.status === 200; n++) {
      kept.push(String(n - 1))
      end = await send(String(n))
    }
    expect({ status: end.status, ...JSON.parse(end.text) }).toMatchObject({
      status: 507,
      type: 'storage_full',
      fix: expect.stringContaining('free some space'),
    })
    expect(await ready()).toBe(503)
    await limitFiles(server.child.pid, 'unlimited')
    await expect.poll(ready).toBe(200)
    expect((await send('after')).text).toContain('"errcode":0')
    kept.push('after')
    const listed = await fetch(`${url}/_sim/v1/worlds/default/messages`)
    const { items } = (await listed.json()) as { items: { text: string }[] }
    expect(items.map(({ text }) => text)).toEqual(kept)
    server.child.kill('SIGTERM')
    const { code, stderr } = await server.ended
    expect(code).toBe(0)
    expect(stderr).toContain('storage_full')
    expect(stderr).not.toContain('"bug"')
  },
)
