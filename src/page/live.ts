import type { Topic } from '../../db/topic.ts'
import { type Reply, reply } from '../core/endpoint.ts'
import type { Engine } from '../core/engine.ts'
import { Watch } from '../core/watch.ts'

/** Proxies give up on what says nothing for longer. */
const beat_ms = 15_000
/** How soon a browser comes back after a stream has ended. */
const retry_ms = 1000
/** Pages of one simulator that are watched at a time: each holds a connection. */
export const watched_max = 200

/** A page that somebody looks at. */
export interface Watched {
  readonly epoch: number
  readonly topics: readonly Topic[]
  readonly hungUp: AbortSignal | undefined
  /** The digest of what the browser shows already; empty: that is not known. */
  readonly seen: string
  /** The present digest; undefined: the page is gone. */
  look(): Promise<string | undefined>
}

const watchers = new WeakMap<Engine, number>()

/**
 * What changes on a page while somebody looks at it, as server-sent events: `change` with the new digest. Undefined: so many
 * are watched already that this one must do without.
 */
export function liveReply(engine: Engine, watched: Watched): Reply | undefined {
  if ((watchers.get(engine) ?? 0) >= watched_max || engine.closing.aborted) return undefined
  const type = 'text/event-stream; charset=utf-8'
  const text = `retry: ${retry_ms}\n\n`
  return { ...reply(200, text, stream_headers), type, stream: changesOf(engine, watched) }
}

const stream_headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // Proxies that collect an answer before they hand it on would keep everything back.
  'X-Accel-Buffering': 'no',
}

async function* changesOf(engine: Engine, watched: Watched): AsyncGenerator<string> {
  const watch = new Watch(engine, watched)
  watchers.set(engine, (watchers.get(engine) ?? 0) + 1)
  let { seen } = watched
  let sent_at = engine.realNow()
  try {
    while (await watch.next()) {
      // A database that is being closed, or does not answer: the browser comes back by itself.
      const digest = await watched.look().catch(() => undefined)
      if (digest === undefined) return
      const isNews = digest !== seen && seen !== ''
      if (isNews) yield `event: change\nid: ${digest}\ndata: ${digest}\n\n`
      else if (engine.realNow() - sent_at >= beat_ms) yield ': still here\n\n'
      else if (seen === '') yield `id: ${digest}\ndata: ${digest}\n\n`
      else continue
      sent_at = engine.realNow()
      seen = digest
    }
  } finally {
    watch.close()
    watchers.set(engine, (watchers.get(engine) ?? 1) - 1)
  }
}
