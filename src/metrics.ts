import { Gauge, Registry } from 'prom-client'
import { listWorlds } from '../db/world.ts'
import type { Engine } from './core/engine.ts'
import { version } from './version.ts'

/** Prometheus text of this process: what was called and how it answered, worlds, memory. Counted elsewhere, read here. */
export async function renderMetrics(engine: Engine): Promise<{ type: string; text: string }> {
  const registry = new Registry()
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  gauge('tupu_sim_info', 'The running program', ['version', 'storage']).set(
    { version, storage: engine.store.dialect },
    1,
  )
  const calls = gauge(
    'tupu_sim_calls',
    'Calls answered since the start, by endpoint and code (0: good)',
    ['endpoint', 'code'],
  )
  for (const { endpoint, code, calls: n } of engine.coverage.list())
    calls.set({ endpoint, code: String(code) }, n)
  const covered = gauge(
    'tupu_sim_endpoint_called',
    'Whether an endpoint was called since the start',
    ['endpoint'],
  )
  const called = new Set(engine.coverage.list().map((row) => row.endpoint))
  for (const id of engine.endpoints.keys()) covered.set({ endpoint: id }, called.has(id) ? 1 : 0)
  const worlds = await engine.store.unit('metrics', ({ db }) => listWorlds(db))
  gauge('tupu_sim_worlds', 'Worlds at present').set(worlds.length)
  const dropped = gauge(
    'tupu_sim_exchanges_dropped',
    'Exchanges dropped from the journals of present worlds',
  )
  dropped.set(worlds.reduce((sum, world) => sum + world.dropped, 0))
  gauge('tupu_sim_waiters', 'Calls and open phones that wait for something to happen').set(
    engine.signal.size,
  )
  gauge('process_resident_memory_bytes', 'Resident memory').set(process.memoryUsage.rss())
  gauge('process_uptime_seconds', 'Seconds since the process began').set(
    Math.round(process.uptime()),
  )
  return { type: registry.contentType, text: await registry.metrics() }
}
