import { z } from 'zod'
import type { DoneVerb } from '../../views/console/props.ts'
import { en } from '../../views/words/en.ts'
import type { Call } from '../core/call.ts'
import type { Fix } from '../world/step.ts'

/** The form that sends what an explanation says would mend it; its calls need no forms of their own. */
export const mend = 'mend'

/** What the buttons of fixes may call: those that have words. */
const mendable = new Set(Object.keys(en.console.mend).map((name) => name.split(' ', 1)[0]))

/** What a page can say that was done. */
export function isDoneVerb(name: string): name is DoneVerb {
  return Object.hasOwn(en.console.flash.done, name)
}

const fields = z.record(z.string(), z.unknown())

/** Whether a page has a button for it. */
export function isMendable({ call }: Fix): boolean {
  return mendable.has(call)
}

/** What such a form sends: the call and its input, as the explanation had them, in this world. Undefined: it is none of ours. */
export function readMend(
  { engine }: Pick<Call, 'engine'>,
  sent: Readonly<Record<string, string>>,
): (Fix & { readonly call: DoneVerb }) | undefined {
  const { call = '', input = '' } = sent
  if (!mendable.has(call) || !isDoneVerb(call) || !engine.endpoints.has(call)) return undefined
  const { world: _, ...given } = fields.catch({}).parse(readJson(input))
  return { call, input: given }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
