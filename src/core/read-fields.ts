import type { Carried } from './carried.ts'
import { headerOf, queryOf, type RawRequest, readForm, readJson } from './request.ts'
import type { Arrival } from './surface.ts'

/** A call as far as the request itself tells: its fields by name, from the places that its endpoint reads. */
export function readFields<C>(
  carried: Carried<C>,
): Omit<Arrival<C>, 'engine' | 'db' | 'steps' | 'lasting'> {
  const { request, address, endpoint, pathFields } = carried
  const from = endpoint?.from ?? ['query', 'json']
  const query = request.url.includes('?') ? queryOf(request.url) : {}
  let fields: Record<string, unknown> = from.includes('query') ? query : {}
  let fault: Arrival<C>['fault']
  if (from.includes('form') && isForm(request)) {
    fields = { ...fields, ...readForm(request.body.toString('utf8')) }
  } else if (from.includes('json')) {
    const body = readJson(request.body)
    fault = body.fault
    fields = Object.keys(fields).length > 0 ? { ...fields, ...body.fields } : { ...body.fields }
  }
  for (const name in pathFields) fields[name] = pathFields[name]
  const read = { request, address, endpoint, query, fields, fault }
  return carried.surface.readFields ? { ...read, fields: carried.surface.readFields(read) } : read
}

/** A body that says it is a form and does not begin like JSON: clients send JSON under that type too. */
function isForm(request: RawRequest): boolean {
  const type = headerOf(request, 'content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded')) return false
  return !/^\s*[{[]/.test(request.body.toString('latin1', 0, 64))
}
