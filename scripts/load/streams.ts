import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { z } from 'zod'

/** Streams that are read until they are closed, as a phone's page reads its own. */
const opening = z.object({ port: z.int(), paths: z.array(z.string()) })

const agent = new Agent({ keepAlive: false })
let over = new AbortController()
let broken = 0

/** Opens some; all of them are open when it returns. */
export async function openStreams(question: unknown): Promise<void> {
  const { port, paths } = opening.parse(question)
  over = new AbortController()
  broken = 0
  await Promise.all(paths.map((path) => open(port, path, over.signal)))
}

async function open(port: number, path: string, signal: AbortSignal): Promise<void> {
  const going = get({ host: '127.0.0.1', port, path, agent, signal })
  const [answer] = await once(going, 'response')
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
  const ended = () => {
    if (!signal.aborted) broken++
  }
  going.on('error', ended)
  answer.on('error', ended).on('end', ended).resume()
}

/** Closes them; fails when one had ended before. */
export function closeStreams(): void {
  over.abort()
  if (broken > 0) throw new Error(`${broken} streams did not stay open`)
}
