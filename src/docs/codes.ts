import type { RefusalDoc } from '../../views/docs/props.ts'
import type { Words } from '../../views/words/en.ts'
import type { DocLang } from '../apidoc/json-schema.ts'
import { problems } from '../core/problem.ts'
import type { RefusalEntry } from '../core/refusal.ts'
import { sinkErrors } from '../sink/errors.ts'
import { tupuErrors } from '../tupu/errors.ts'
import { wechatEntries } from '../tupu/gateway/local.ts'
import { magicMobiles } from '../tupu/message/magic.ts'

/** All codes there are: TUPU's own, then WeChat's, then those of sinks. */
export const code_tables = {
  tupu: () => [...tupuErrors.values()],
  wechat: () => [...wechatEntries()],
  sink: () => [...sinkErrors.values()],
} as const

let mobiles: ReadonlyMap<string, string> | undefined

/** The magic mobile that answers with a code; a sink, which has none, may say the same number for something else. */
function magicMobile({ code, text }: RefusalEntry): string | undefined {
  mobiles ??= new Map(
    magicMobiles([...code_tables.tupu(), ...code_tables.wechat()]).map((one) => [
      `${one.errcode} ${one.errmsg}`,
      one.mobile,
    ]),
  )
  return mobiles.get(`${code} ${text}`)
}

/** A code as people read it. */
export function refusalDoc(entry: RefusalEntry, lang: DocLang): RefusalDoc {
  const { code, text, fidelity } = entry
  return { code: String(code), text, meaning: entry[lang], fidelity, mobile: magicMobile(entry) }
}

/** The control API's types of problem. */
export function problemDocs(words: Words): RefusalDoc[] {
  return Object.entries(problems).map(([type, { status }]) => ({
    code: String(status),
    text: type,
    meaning: words.rules[`control.${type}`] ?? '',
    fidelity: undefined,
    mobile: undefined,
  }))
}
