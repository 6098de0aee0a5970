import { nextCount } from '../../../db/counter.ts'
import type { OfficialAccountRow, SubscriptionTemplateRow } from '../../../db/schema.ts'
import {
  findSubscriptionTemplate,
  insertSubscriptionTemplate,
  listSubscriptionTemplates,
} from '../../../db/subscription.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { deriveBase64url } from '../../world/seed.ts'
import { type Scope, touchVersion } from '../../world/world.ts'
import { refuse } from '../caller.ts'
import {
  findSubscriptionEntry,
  type SubscriptionEntry,
  type SubscriptionKeyword,
} from './library.ts'

/** Templates that an account may have at a time. Source: the code table, 200012. */
const templates_max = 50
const keywords_min = 2
const keywords_max = 5
const scene_characters_max = 15

/** What an account asks for, as it was sent. */
interface Wanted {
  readonly tid?: unknown
  readonly kidList?: unknown
  readonly sceneDesc?: unknown
}

/** Gives an account a template of the library, with the keywords that it chose, in their order. */
export function takeSubscriptionEntry(
  call: Scope,
  { appid }: OfficialAccountRow,
  { tid, kidList, sceneDesc = '' }: Wanted,
): SubscriptionTemplateRow | Refusal {
  const { db, world } = call
  const { epoch } = world
  const entry = findSubscriptionEntry(tid)
  if (!entry) return refuseTid(tid)
  const keywords = chooseKeywords(entry, kidList)
  if (!keywords) return refuseKeywords(entry, kidList)
  if (!isScene(sceneDesc)) {
    const expected = `at most ${scene_characters_max} characters`
    return refuse(200021, { rule: 'subscription.scene', actual: sceneDesc, expected })
  }
  if (listSubscriptionTemplates(db, { epoch, appid }).length >= templates_max)
    return refuse(200012, { rule: 'template.count', expected: `fewer than ${templates_max}` })
  const n = nextCount(db, { epoch, purpose: 'subscription_template', key: appid })
  const row = {
    epoch,
    template_id: deriveBase64url(43, world, 'subscription_template', appid, n),
    appid,
    n,
    tid: entry.tid,
    kind: entry.kind,
    title: entry.title,
    content: linesOf(keywords, ({ rule, kid }) => `{{${rule}${kid}.DATA}}`),
    example: linesOf(keywords, ({ example }) => example),
    scene_desc: sceneDesc,
    created_at: world.now,
  }
  touchVersion(call)
  insertSubscriptionTemplate(db, row)
  return row
}

export function refuseTid(tid: unknown): Refusal {
  const expected = 'a tid of getpubtemplatetitles'
  return refuse(200014, { rule: 'library.known', actual: tid ?? null, expected })
}

function isScene(value: unknown): value is string {
  return (
    typeof value === 'string' && isCleanText(value) && [...value].length <= scene_characters_max
  )
}

/** Two to five of the entry's keywords, none twice; undefined: they are not. */
function chooseKeywords(
  entry: SubscriptionEntry,
  kidList: unknown,
): SubscriptionKeyword[] | undefined {
  if (!Array.isArray(kidList) || kidList.length < keywords_min || kidList.length > keywords_max)
    return undefined
  const chosen = kidList.flatMap(
    (kid: unknown) => entry.keywords.find((keyword) => String(keyword.kid) === String(kid)) ?? [],
  )
  return new Set(chosen).size === kidList.length ? chosen : undefined
}

function refuseKeywords(entry: SubscriptionEntry, kidList: unknown): Refusal {
  return refuse(200020, {
    rule: 'library.keywords',
    actual: kidList ?? null,
    expected: {
      kids: entry.keywords.map(({ kid }) => kid),
      least: keywords_min,
      most: keywords_max,
    },
  })
}

function linesOf(
  keywords: readonly SubscriptionKeyword[],
  say: (keyword: SubscriptionKeyword) => string,
): string {
  return keywords.map((keyword) => `${keyword.name}:${say(keyword)}\n`).join('')
}

/** A template of subscription notifications that is the account's. */
export function ownSubscriptionTemplate(
  { db, world }: Scope,
  { appid }: Pick<OfficialAccountRow, 'appid'>,
  template_id: string,
): SubscriptionTemplateRow | undefined {
  const row = findSubscriptionTemplate(db, world.epoch, template_id)
  return row?.appid === appid ? row : undefined
}

/** The one template of one-time subscription that every account has, and its title in lists. */
export function fixedTemplateId(scope: Scope, appid: string): string {
  return deriveBase64url(43, scope.world, 'fixed_template', appid)
}
export const fixed_title = '订阅模板消息'
