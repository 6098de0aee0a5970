import type { OfficialAccountRow, TemplateRow } from '../../db/schema.ts'
import { findTemplate, insertTemplate, listTemplates, updateTemplate } from '../../db/template.ts'
import type { Call } from '../core/call.ts'
import { deriveBase64url } from '../world/seed.ts'
import { touchVersion } from '../world/world.ts'
import { liveName } from './industry/get.ts'
import type { IndustryName } from './industry.ts'

/** Templates that an account may have at a time. Source: the platform's page on template messages. */
export const templates_max = 25

/** The row of a template, read once per version of the world. */
export function templateOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  template_id: string,
): Promise<TemplateRow | undefined> {
  const { db, world, engine } = call
  return engine.cache.get(world, `template ${template_id}`, () =>
    findTemplate(db, world.epoch, template_id),
  )
}

export interface NewTemplate {
  readonly title: string
  readonly content: string
  readonly example: string
  /** As the library files it; left out: under the account's primary industry. */
  readonly filed?: IndustryName
  /** Its number in the library. */
  readonly template_id_short?: string
}

/** Gives an account a template. Whether it may have it is for the caller to know. */
export async function makeTemplate(
  call: Pick<Call, 'db' | 'world'>,
  account: OfficialAccountRow,
  { title, content, example, filed, template_id_short }: NewTemplate,
): Promise<TemplateRow> {
  const { db, world } = call
  const n = (await listTemplates(db, world.epoch, account.appid)).length + 1
  const names = filed ?? liveName(account.primary_industry)
  const row: TemplateRow = {
    title,
    content,
    example,
    epoch: world.epoch,
    template_id: deriveBase64url(43, world, 'template', account.appid, n),
    appid: account.appid,
    n,
    primary_industry: names?.first_class ?? '',
    deputy_industry: names?.second_class ?? '',
    state: 'active',
    created_at: world.now,
    template_id_short: template_id_short ?? null,
  }
  await touchVersion(call)
  await insertTemplate(db, row)
  return row
}

/** Whether an account has all the templates that it may have. */
export async function isFull(call: Pick<Call, 'db' | 'world'>, appid: string): Promise<boolean> {
  const rows = await listTemplates(call.db, call.world.epoch, appid)
  return rows.filter(({ state }) => state === 'active').length >= templates_max
}

/** Takes a template away: it is listed no more, and sends by it answer 40037 from then on. */
export async function retireTemplate(
  call: Pick<Call, 'db' | 'world'>,
  row: Pick<TemplateRow, 'epoch' | 'template_id'>,
): Promise<void> {
  await touchVersion(call)
  await updateTemplate(call.db, row, { state: 'disabled' })
}
