import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stopwatch } from '../../src/world/clock.ts'
import { startProgram } from '../running.ts'

/** Milliseconds from the start of the process. */
export interface Start {
  readonly livez_ms: number
  readonly send_ms: number
}

/** Wang of the demo, who is registered. */
const demo_mobile = '13800138002'

/** Starts the program on a new file, as people do, and waits for its first answers. */
export async function timeStart(folder: string, n: number): Promise<Start> {
  const us = stopwatch()
  const running = await startProgram(join(folder, `start-${n}.db`), { folder })
  try {
    await call(running.port, '/livez')
    const livez_ms = us() / 1000
    const send = { eid: running.env['TUPU_EID'], mobile: demo_mobile, message: '欢迎加入' }
    const answer = await call(running.port, '/tupu/v1/messages', JSON.stringify(send))
    if (!answer.startsWith('{"errcode":0,')) throw new Error(`not accepted: ${answer}`)
    return { livez_ms, send_ms: us() / 1000 }
  } finally {
    await running.stop()
  }
}

/** `fetch` would take its own time to load. */
async function call(port: number, path: string, body?: string): Promise<string> {
  const asked = request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET' })
  asked.end(body)
  const [answer] = await once(asked, 'response')
  const heard = await text(answer)
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${heard}`)
  return heard
}
