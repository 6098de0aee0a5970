import { attacksOn } from './attacks.ts'
import type { Check, Finding } from './finding.ts'
import { Handler, type Target } from './handler.ts'
import { pushes } from './pushes.ts'

/** What all checks have found, and which of them could not be made any more. */
export interface Report {
  readonly url: string
  readonly mode: Target['mode']
  readonly ok: number
  readonly failed: number
  readonly warned: number
  readonly checks: readonly Finding[]
  readonly not_tried: readonly string[]
}

/** Of pushes that are as WeChat's own, how long they took: attacks may take what they take. */
const timed = new Set(pushes.map(({ check }) => check))

/**
 * Sends to a platform's handler what WeChat and an attacker send, one after the other, until all is sent or nobody takes
 * connections there any more. `found` hears of each finding as it comes.
 */
export async function checkHandler(
  target: Target,
  found: (finding: Finding) => void = () => {},
): Promise<Report> {
  const handler = new Handler(target)
  const queue = [...pushes, ...attacksOn(handler)]
  const checks: Finding[] = []
  const keep = (finding: Finding) => {
    checks.push(finding)
    found(finding)
  }
  for (let check = queue.shift(); check; check = queue.shift()) {
    keep(await findingOf(check, handler))
    await handler.settle()
    if (handler.isGone) break
  }
  keep(slowest(checks, target))
  const count = (verdict: Finding['verdict']) =>
    checks.filter((one) => one.verdict === verdict).length
  return {
    url: target.url,
    mode: target.mode,
    ok: count('ok'),
    failed: count('FAIL'),
    warned: count('warn'),
    checks,
    not_tried: queue.map(({ check }) => check),
  }
}

async function findingOf({ run, ...said }: Check, handler: Handler): Promise<Finding> {
  return { ...said, ...(await run(handler)) }
}

function slowest(checks: readonly Finding[], { answer_ms }: Target): Finding {
  const all = checks.filter(({ check }) => timed.has(check))
  const longest = all.reduce((one, other) => (other.ms > one.ms ? other : one))
  return {
    check: 'slow',
    verdict: longest.ms >= answer_ms ? 'FAIL' : 'ok',
    sent: 'nothing more: the response times of the above, except for attacks',
    expected: `each answer within ${answer_ms} ms`,
    came: `the longest took ${longest.ms} ms: ${longest.check}`,
    ms: longest.ms,
  }
}
