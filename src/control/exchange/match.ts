import {
  type ExchangeFacts,
  type ExchangeTexts,
  listExchangeTexts,
  listFactsOfTraces,
} from '../../../db/exchange-search.ts'
import { decidingStep, ruleOf } from '../../core/deciding.ts'
import { locate, pathOf } from '../../core/locate.ts'
import { documented_paths } from '../../wechat/documented-paths.ts'
import type { Step } from '../../world/step.ts'
import type { Scope } from '../../world/world.ts'
import type { Filter, WantedCode } from './filter.ts'
import { Said } from './said.ts'
import type { Whose } from './whose.ts'

/** What can be said of an exchange without reading it; undefined: only its texts tell. */
export function fitsByFacts(filter: Filter, facts: ExchangeFacts): boolean | undefined {
  const isOther =
    isWrong(filter.surface, facts.surface) ||
    (filter.platform === true && own_surfaces.has(facts.surface)) ||
    isWrong(filter.direction, facts.direction) ||
    isWrong(filter.status, facts.status) ||
    isWrong(filter.trace, facts.trace) ||
    (filter.since !== undefined && facts.at < filter.since) ||
    (filter.until !== undefined && facts.at >= filter.until) ||
    (isPlain(facts) && isWrong(filter.rule, facts.steps?.at(-1) ?? '')) ||
    !isOfEndpoint(filter.endpoint, facts.endpoint)
  if (isOther) return false
  return isReadBy(filter, facts) ? undefined : true
}

/** Where nobody's platform calls, nor is called. */
const own_surfaces = new Set(['control', 'console', 'phone', 'register'])

const isWrong = <T>(wanted: T | undefined, actual: T) => wanted !== undefined && actual !== wanted

function isOfEndpoint(wanted: string | undefined, endpoint: string): boolean {
  if (wanted === undefined) return true
  return wanted.endsWith('.*') ? endpoint.startsWith(wanted.slice(0, -1)) : endpoint === wanted
}

/** Whether texts have to be read for what is left of a filter. */
function isReadBy(filter: Filter, facts: ExchangeFacts): boolean {
  const { account, person, mobile, openid, msgid, client_msg_id, errcode, text } = filter
  const within = [account, person, mobile, openid, msgid, client_msg_id, errcode, text]
  if (within.some((wanted) => wanted !== undefined)) return true
  if (filter.rule !== undefined && !isPlain(facts)) return true
  return filter.unmatched === true && (facts.endpoint !== '' || facts.surface === 'wechat')
}

/** Whether the last step of a decision is a plain rule. */
const isPlain = ({ steps }: ExchangeFacts) => steps !== null && steps.at(-1) !== null

/** Steps of calls to a path that has other methods: they came to an endpoint, and it did not take them. */
const stray_rules = ['method.known', 'request.wrong_method', 'control.wrong_method']
const erased = '[{"rule":"association.erased"}]'

/** Whether an exchange fits whose facts do. */
export function fitsByTexts(
  filter: Filter,
  { facts, texts, whose }: { facts: ExchangeFacts; texts: ExchangeTexts; whose: Whose },
): boolean {
  const { errcode, text, msgid, client_msg_id } = filter
  if (filter.unmatched === true && !isUnmatched(facts, texts)) return false
  if (filter.rule !== undefined && !isDecidedBy(filter.rule, stepsOf(facts, texts))) return false
  if (errcode !== undefined && !hasCode(errcode, facts, texts)) return false
  const said = new Said(texts)
  if (!whose.isOfAccount(facts, said)) return false
  // Of what was erased nobody can be found any more.
  if (whose.isSomebody && (texts.decision === erased || !whose.concerns(facts, texts, said)))
    return false
  if (msgid !== undefined && !isOfMessage(said, msgid)) return false
  if (client_msg_id !== undefined && !isNamed(said, client_msg_id, facts, whose)) return false
  return text === undefined || (said.has(text) && said.shows(text))
}

function isUnmatched(
  { direction, surface, endpoint }: ExchangeFacts,
  { decision, url }: ExchangeTexts,
): boolean {
  if (direction === 'out') return false
  // What WeChat documents is known, and no misspelt path, whatever has spoken against the call.
  if (endpoint === '')
    return surface !== 'wechat' || !documented_paths.has(locate(pathOf(url)).path)
  return stray_rules.some((rule) => decision.includes(`"rule":"${rule}"`))
}

function isDecidedBy(wanted: string, steps: readonly Step[]): boolean {
  return ruleOf(decidingStep(steps)) === wanted
}

function stepsOf({ steps }: ExchangeFacts, { decision }: ExchangeTexts): readonly Step[] {
  const facts: Step[] = decision === '' ? [] : JSON.parse(decision)
  return steps === null ? facts : steps.map((rule) => rule ?? facts.shift() ?? '')
}

/** Those of some traces whose call, as it came in, a fault has decided. */
export function listFaulted(
  { db, world: { epoch } }: Scope,
  traces: readonly string[],
): ReadonlySet<string> {
  const calls = listFactsOfTraces(db, epoch, traces).filter(({ direction }) => direction === 'in')
  // A step of a fault stands among the texts.
  const told = calls.filter(({ steps }) => steps === null || steps.includes(null))
  const texts = listExchangeTexts(db, { epoch, seqs: told.map(({ seq }) => seq) })
  const faulted = told.filter((facts) => {
    const own = texts.get(facts.seq)
    return own !== undefined && isDecidedBy('fault.applied', stepsOf(facts, own))
  })
  return new Set(faulted.map(({ trace }) => trace))
}

/** So many digits are a msgid wherever they stand. */
const msgid_length_min = 15
/** What stands before a msgid: fields, elements and parts of paths. */
const msgid_names = /^(?:msg_?id(?:_str)?|messages?)$/i

function isOfMessage(said: Said, msgid: string): boolean {
  if (!said.has(msgid) || !said.hasNumber(msgid)) return false
  if (msgid.length >= msgid_length_min) return true
  return said.names(({ name, value }) => value === msgid && msgid_names.test(name))
}

function isNamed(said: Said, id: string, { trace }: ExchangeFacts, whose: Whose): boolean {
  if (whose.ofClient.has(trace)) return true
  return said.has(id) && said.names(({ name, value }) => name === 'client_msg_id' && value === id)
}

/** Surfaces whose answers have errcodes: one without any is good. */
const with_codes = new Set(['tupu', 'wechat', 'gateway'])

function hasCode(wanted: WantedCode, facts: ExchangeFacts, texts: ExchangeTexts): boolean {
  const code = errcodeOf(facts, texts.response_body)
  return code !== undefined && (code === wanted.code) !== wanted.isNot
}

/** The errcode that an exchange was answered with; undefined: its answer has none, and none is meant. */
export function errcodeOf(
  { surface, status }: Pick<ExchangeFacts, 'surface' | 'status'>,
  body: Buffer,
): number | undefined {
  const fields = readObject(body.toString('utf8'))
  if (!fields) return undefined
  const { errcode } = fields
  if (typeof errcode === 'number') return errcode
  return with_codes.has(surface) && status >= 200 && status < 300 ? 0 : undefined
}

/** Of an answer that is cut off, the code where it begins. */
function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    const [, code] = /^\s*\{\s*"errcode"\s*:\s*(-?\d+)/.exec(text) ?? []
    return code === undefined ? {} : { errcode: Number(code) }
  }
}
