import { type Config, loadConfig } from '../config.ts'
import { limits } from '../core/limits.ts'
import { createOutgoing } from '../http/outgoing.ts'
import { StartError } from '../start-error.ts'
import { checkHandler, type Report } from '../wechat/push-check/check.ts'
import type { Finding } from '../wechat/push-check/finding.ts'
import type { Target } from '../wechat/push-check/handler.ts'
import { realNow } from '../world/clock.ts'
import { sortOut } from './arguments.ts'
import { type Terminal, tell } from './terminal.ts'

const switches = ['--json', '--no-json']

/** `tupu-sim check-push URL`: what a platform's handler of pushes makes of WeChat and of attackers; exit code 1 when something failed. */
export async function checkPush(args: readonly string[], terminal: Terminal): Promise<number> {
  const { names: addresses, flags } = sortOut(args, switches)
  const config = await loadConfig({ command: 'check-push', args: flags })
  const target = targetOf(addresses, config)
  const { json } = config.values
  const report = await checkHandler(target, (finding) => {
    if (!json) tell(terminal.stdout, lineOf(finding))
  })
  tell(terminal.stdout, json ? JSON.stringify(report, null, 2) : summaryOf(report))
  return report.failed === 0 ? 0 : 1
}

/** A handler that encrypts nothing has no use for an appid, and the reader of replies wants one. */
const no_appid = 'wx0000000000000000'
const no_key = 'A'.repeat(43)

function targetOf(addresses: readonly string[], { values }: Config): Target {
  const { token, aes_key, appid, mode = aes_key === undefined ? 'plain' : 'aes' } = values
  const url = addressOf(addresses)
  if (token === undefined) throw missing('token', 'token')
  if (mode !== 'plain' && aes_key === undefined) throw missing('aes_key', `key for mode ${mode}`)
  if (mode !== 'plain' && appid === undefined) throw missing('appid', `appid for mode ${mode}`)
  return {
    url,
    token,
    aes_key: aes_key ?? no_key,
    appid: appid ?? no_appid,
    mode,
    answer_ms: limits.answer_ms_max,
    outgoing: createOutgoing({ realNow }),
  }
}

function addressOf([address, more]: readonly string[]): string {
  const fix = 'Name one: tupu-sim check-push http://localhost:3000/wechat --token TOKEN.'
  if (address === undefined) throw new StartError('There is no handler to check.', { fix })
  if (more !== undefined) throw new StartError(`"${more}" was not expected.`, { fix })
  const protocol = URL.canParse(address) ? new URL(address).protocol : undefined
  if (protocol === 'http:' || protocol === 'https:') return address
  throw new StartError(`"${address}" is no http or https address.`, { fix })
}

function missing(field: 'token' | 'aes_key' | 'appid', what: string): StartError {
  const [flag, variable] = [`--${field.replace('_', '-')}`, `TUPU_SIM_${field.toUpperCase()}`]
  const fix = `Give the one of the server configuration with ${flag}, or in ${variable}.`
  return new StartError(`There is no ${what}.`, { field, fix })
}

/** `FAIL  forged  sent …; expected …; came … (3 ms)`. */
function lineOf({ check, verdict, sent, expected, came, ms }: Finding): string {
  const what = `sent ${sent}; expected ${expected}; came ${came}`
  return `${verdict.padEnd(4)}  ${check.padEnd(17)}  ${what} (${ms} ms)`
}

function summaryOf({ ok, failed, warned, not_tried }: Report): string {
  const counted = `${ok} ok, ${failed} FAIL, ${warned} warn`
  const rest = `not tried, for nobody takes connections there: ${not_tried.join(', ')}`
  return not_tried.length === 0 ? counted : `${counted}; ${rest}`
}
