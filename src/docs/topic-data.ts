import type { OutcomeDoc, SettingDoc, TopicData } from '../../views/docs/props.ts'
import type { Words } from '../../views/words/en.ts'
import type { DocLang } from '../apidoc/json-schema.ts'
import { settings } from '../config/settings.ts'
import { drill_names, drills } from '../control/drill/drills.ts'
import { toDuration } from '../world/clock.ts'
import { code_tables, problemDocs, refusalDoc } from './codes.ts'
import { outcomes } from './outcomes.ts'
import { exampleProfile, partnerDocs, profileRows } from './profile.ts'

/** What topics show besides their words, each made when it is looked at. */
export function topicData(words: Words, lang: DocLang): TopicData {
  return {
    get outcomes() {
      return outcomeDocs(lang)
    },
    get drills() {
      return drill_names.map((name) => {
        const { title, advice, lasts_ms } = drills[name]
        return { name, title: title[lang], advice: advice[lang], lasts: toDuration(lasts_ms) }
      })
    },
    get settings() {
      return settingDocs(lang)
    },
    codes: {
      get tupu() {
        return code_tables.tupu().map((entry) => refusalDoc(entry, lang))
      },
      get wechat() {
        return code_tables.wechat().map((entry) => refusalDoc(entry, lang))
      },
      get sink() {
        return code_tables.sink().map((entry) => refusalDoc(entry, lang))
      },
      get problems() {
        return problemDocs(words)
      },
    },
    get partners() {
      return partnerDocs(lang)
    },
    get profile() {
      const example = JSON.stringify({ profiles: [exampleProfile] }, null, 2)
      return { fields: profileRows(lang), example }
    },
  }
}

export function outcomeDocs(lang: DocLang): OutcomeDoc[] {
  return outcomes.map(({ meets, does, fault, ...rest }) => ({
    ...rest,
    meets: meets[lang],
    does: does[lang],
    fault: fault && oneLine(fault),
  }))
}

/** JSON with blanks, so that a narrow column breaks it between its fields. */
function oneLine(fault: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fault).map((pair) =>
    pair.map((part) => JSON.stringify(part)).join(': '),
  )
  return `{${pairs.join(', ')}}`
}

export function settingDocs(lang: DocLang): SettingDoc[] {
  return settings.map((setting) => {
    const { name, flag, env, inFile, default: usual = '', but = {}, commands } = setting
    const others = Object.entries(but).map(([command, value]) => `${command} ${value}`)
    return {
      id: name,
      names: [flag, env].filter((one) => one !== undefined),
      key: inFile ? name : undefined,
      usual: [usual, ...others].filter((one) => one !== '').join(', '),
      commands: commands.join(', '),
      meaning: lang === 'zh' ? setting.zh : setting.meaning,
    }
  })
}
