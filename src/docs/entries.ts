import { samples } from '../../views/docs/samples.ts'
import { topic_names } from '../../views/docs/topics.ts'
import type { TopicPart } from '../../views/words/docs/topic.ts'
import type { Words } from '../../views/words/en.ts'
import type { Documented } from '../apidoc/describe.ts'
import { tagOf } from '../apidoc/openapi.ts'
import { settings } from '../config/settings.ts'
import { drill_names, drills } from '../control/drill/drills.ts'
import type { Localized } from '../core/field.ts'
import { problems } from '../core/problem.ts'
import { code_tables, refusalDoc } from './codes.ts'
import { answerRows, requestRows } from './describe.ts'
import { outcomes } from './outcomes.ts'
import type { Entry } from './search.ts'

type Languages = Readonly<Record<keyof Localized, Words>>

/** A field is said to be in so many places. */
const links_max = 8

/** Everything that can be found in the documentation. */
export function searchEntries(surfaces: readonly Documented[], words: Languages): Entry[] {
  return [
    ...topicEntries(words),
    ...outcomeEntries(),
    ...drillEntries(),
    ...surfaces.flatMap(endpointEntries),
    ...fieldEntries(surfaces),
    ...codeEntries(),
    ...ruleEntries(words),
    ...settingEntries(),
  ]
}

function topicEntries({ en, zh }: Languages): Entry[] {
  return topic_names.flatMap((name) => {
    const topic = { en: en.docs.topics[name], zh: zh.docs.topics[name] }
    return topic.en.parts.map((part, i): Entry => {
      const zhPart = topic.zh.parts[i] ?? part
      const isFirst = i === 0
      return {
        kind: 'topic',
        path: isFirst ? `/${name}` : `/${name}#${part.id}`,
        title: {
          en: titleOf(topic.en.title, part, isFirst),
          zh: titleOf(topic.zh.title, zhPart, isFirst),
        },
        text: { en: textOf(topic.en.lead, part), zh: textOf(topic.zh.lead, zhPart) },
        words: part.code === undefined ? '' : samples[part.code],
      }
    })
  })
}

function titleOf(topic: string, part: TopicPart, isFirst: boolean): string {
  return isFirst ? topic : `${topic} · ${part.title}`
}

function textOf(lead: string, { text, list = [], after = [] }: TopicPart): string {
  const whole = [...text, ...list, ...after].join(' ')
  // Chinese has no blank after a stop.
  return whole.replaceAll(/(?<=[，：；。？]) /g, '') || lead
}

function outcomeEntries(): Entry[] {
  return outcomes.map(({ id, errcode, meets, does, mobile }) => ({
    kind: 'outcome',
    path: `/handle#outcome-${id}`,
    title: { en: withCode(errcode, meets.en), zh: withCode(errcode, meets.zh) },
    text: does,
    words: mobile ?? '',
  }))
}

function drillEntries(): Entry[] {
  return drill_names.map((name) => {
    const { title, advice } = drills[name]
    return {
      kind: 'drill',
      path: `/drills#drill-${name}`,
      title: { en: `${name} ${title.en}`, zh: `${name} ${title.zh}` },
      text: advice,
    }
  })
}

function withCode(errcode: number | null, text: string): string {
  return errcode === null ? text : `${errcode} ${text}`
}

function endpointEntries(surface: Documented): Entry[] {
  return surface.endpoints.map(({ id, methods, path, summary, refusals }) => {
    const call = `${methods.join(', ')} ${surface.prefix}${path}`
    return {
      kind: 'endpoint',
      path: `/${tagOf(surface)}/${id}`,
      title: { en: id, zh: id },
      text: { en: `${summary.en} ${call}`, zh: `${summary.zh} ${call}` },
      words: `${refusals.join(' ')} ${id.replaceAll(/[._]/g, ' ')}`,
    }
  })
}

/** Fields of calls and answers; those of one name are one entry. */
function fieldEntries(surfaces: readonly Documented[]): Entry[] {
  const all = surfaces.flatMap((surface) =>
    surface.endpoints.flatMap((endpoint) => {
      const page = `/${tagOf(surface)}/${endpoint.id}`
      const zh = new Map(rowsOf(surface, endpoint, 'zh').map((row) => [row.key, row.description]))
      return rowsOf(surface, endpoint, 'en').map(({ key, name, description, isAnswer }) => ({
        name,
        link: { title: endpoint.id, path: isAnswer ? page : `${page}#field-${name}` },
        text: { en: description, zh: zh.get(key) ?? description },
      }))
    }),
  )
  return [...Map.groupBy(all, ({ name }) => name)].map(([name, same]): Entry => {
    const said = same.filter(({ text }) => text.en !== '').map(({ text }) => text)
    const links = new Map(same.map(({ link }) => [link.title, link]))
    const [first] = links.values()
    const [text = { en: '', zh: '' }, ...others] = said
    return {
      kind: 'field',
      path: first?.path ?? '',
      title: { en: name, zh: name },
      text,
      words: others.map(({ en, zh }) => `${en} ${zh}`).join(' '),
      links: [...links.values()].slice(0, links_max),
    }
  })
}

function rowsOf(
  surface: Documented,
  endpoint: Documented['endpoints'][number],
  lang: keyof Localized,
) {
  const asked = requestRows(surface, endpoint, lang).map((row) => ({ ...row, isAnswer: false }))
  const answered = answerRows(surface, endpoint, lang).map((row) => ({ ...row, isAnswer: true }))
  return [...asked, ...answered].map(({ name, description, isAnswer }) => {
    return { key: `${isAnswer} ${name}`, name, description, isAnswer }
  })
}

function codeEntries(): Entry[] {
  return (['tupu', 'wechat', 'sink'] as const).flatMap((name) =>
    code_tables[name]().map((entry): Entry => {
      const { code, text, en, zh } = entry
      const title = `${code} ${text}`
      return {
        kind: 'code',
        path: `/errors#${name}-${code}`,
        title: { en: title, zh: title },
        text: { en, zh },
        words: refusalDoc(entry, 'en').mobile ?? '',
      }
    }),
  )
}

function ruleEntries({ en, zh }: Languages): Entry[] {
  const types = Object.keys(problems)
  const isProblem = (rule: string) => types.includes(rule.replace('control.', ''))
  return Object.entries(en.rules).map(([rule, means]): Entry => {
    const title = isProblem(rule) ? rule.replace('control.', '') : rule
    return {
      kind: isProblem(rule) ? 'problem' : 'rule',
      path: isProblem(rule) ? `/errors#problems-${title}` : `/rules#rule-${rule}`,
      title: { en: title, zh: title },
      text: { en: means, zh: zh.rules[rule] ?? means },
    }
  })
}

function settingEntries(): Entry[] {
  return settings.map(({ name, flag, env, meaning, zh }) => {
    const title = flag ?? env ?? name
    return {
      kind: 'setting',
      path: `/configuration#setting-${name}`,
      title: { en: title, zh: title },
      text: { en: meaning, zh },
      words: `${name} ${env ?? ''}`,
    }
  })
}
