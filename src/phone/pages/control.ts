import type { Call, Outcome } from '../../http/endpoint.ts'
import { firstIssue } from '../../http/field.ts'
import { fieldProblem } from '../../http/problem.ts'

/** Makes a control call inside a page's own unit, by the same endpoint and with the same checks as over HTTP. */
export async function callControl(
  call: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
): Promise<Outcome> {
  const endpoint = call.engine.endpoints.get(id)
  if (!endpoint || !('handle' in endpoint)) throw new Error(`there is no control call ${id}`)
  const fields = { world: call.world.world, ...given }
  const parsed = endpoint.input.safeParse(fields)
  if (parsed.success) return endpoint.handle({ ...call, input: parsed.data, fields })
  const issue = firstIssue(endpoint.input, fields, parsed.error.issues)
  if (!issue) throw parsed.error
  return fieldProblem(issue)
}
