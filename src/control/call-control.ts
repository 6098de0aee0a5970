import { Call } from '../core/call.ts'
import type { Engine } from '../core/engine.ts'
import { run } from '../core/run.ts'
import type { Answer } from '../core/surface.ts'
import { controlSurface } from './surface.ts'

/** Makes a control call as if it had come in: in units of its own, and kept in the journal. */
export function callControl(
  engine: Engine,
  id: string,
  input: Readonly<Record<string, string | number>>,
): Promise<Answer> {
  const endpoint = controlSurface.endpoints.find((one) => one.id === id)
  if (!endpoint) throw new Error(`there is no control call ${id}`)
  const pathFields: Record<string, string> = {}
  const rest: Record<string, unknown> = { ...input }
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    pathFields[name] = String(input[name] ?? '')
    delete rest[name]
    return encodeURIComponent(pathFields[name])
  })
  const url = controlSurface.prefix + path
  const body = Buffer.from(JSON.stringify(rest))
  const origin = engine.settings.publicUrl ?? 'http://sim.localhost'
  const request = { method: endpoint.methods[0], url, headers: {}, body, ip: '', origin }
  const address = { world: undefined, person: undefined, path: url }
  return run(new Call({ engine, surface: controlSurface, endpoint, request, address, pathFields }))
}
