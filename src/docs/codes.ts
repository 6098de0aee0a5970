import type { RefusalDoc } from '../../views/docs/props.ts'
import type { Words } from '../../views/words/en.ts'
import type { DocLang } from '../apidoc/json-schema.ts'
import { problems } from '../core/problem.ts'
import type { RefusalEntry } from '../core/refusal.ts'
import { tupuErrors } from '../tupu/errors.ts'
import { wechatEntries } from '../tupu/gateway/local.ts'
import { magicMobiles } from '../tupu/message/magic.ts'

/** All codes there are: TUPU's own, then WeChat's. */
export const code_tables = {
  tupu: () => [...tupuErrors.values()],
  wechat: () => [...wechatEntries()],
} as const

let mobiles: ReadonlyMap<number | null, string> | undefined

/** The magic mobile that answers with a code. */
function magicMobile(code: number): string | undefined {
  mobiles ??= new Map(
    magicMobiles([...code_tables.tupu(), ...code_tables.wechat()]).map((one) => [
      one.errcode,
      one.mobile,
    ]),
  )
  return mobiles.get(code)
}

/** A code as people read it. */
export function refusalDoc(
  { code, text, fidelity, ...meaning }: RefusalEntry,
  lang: DocLang,
): RefusalDoc {
  const mobile = magicMobile(code)
  return { code: String(code), text, meaning: meaning[lang], fidelity, mobile }
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
