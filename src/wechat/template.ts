import { z } from 'zod'
import type { OfficialAccountRow, TemplateRow } from '../../db/schema.ts'
import { findTemplate, insertTemplate, listTemplates } from '../../db/template.ts'
import type { Call } from '../http/endpoint.ts'
import { deriveBase64url } from '../sim/seed.ts'
import { touchVersion } from '../sim/world.ts'
import { endpoint, refuse } from './endpoint.ts'
import { findIndustry, type IndustryName } from './industry.ts'

const industryName = z.object({ first_class: z.string(), second_class: z.string() })

/** The two industries of the account, in the spellings that the live service answers. */
export const getIndustry = endpoint({
  id: 'industry.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/template/get_industry',
  from: ['query'],
  summary: 'The industries of the account',
  source: 'developers.weixin.qq.com: getIndustry',
  fidelity: 'documented',
  credential: 'access_token, template messages',
  input: z.object({}),
  answer: z.object({ primary_industry: industryName, secondary_industry: industryName }),
  refusals: [41001, 40001, 43003, 42001, 48001, 40102],
  example: {
    input: {},
    answer: {
      primary_industry: { first_class: 'IT科技', second_class: 'IT软件与服务' },
      secondary_industry: { first_class: '商业服务', second_class: '中介服务' },
    },
  },
  async handle({ caller }) {
    const { primary_industry, secondary_industry } = caller.account
    const primary = liveName(primary_industry)
    const secondary = liveName(secondary_industry)
    if (!primary || !secondary) {
      return refuse(40102, {
        rule: 'industries.set',
        row: { primary_industry, secondary_industry },
        wanted: 'two industries',
      })
    }
    return { primary_industry: primary, secondary_industry: secondary }
  },
})

function liveName(code: number | null): IndustryName | undefined {
  return code === null ? undefined : findIndustry(code)?.live
}

const templateShape = z.object({
  template_id: z.string(),
  title: z.string(),
  primary_industry: z.string(),
  deputy_industry: z.string(),
  content: z.string(),
  example: z.string(),
})

/** All templates that the account may send. */
export const getAllPrivateTemplate = endpoint({
  id: 'template.list',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/template/get_all_private_template',
  from: ['query'],
  summary: 'The templates of the account',
  source: 'developers.weixin.qq.com: getAllTemplates',
  fidelity: 'documented',
  credential: 'access_token, template messages',
  input: z.object({}),
  answer: z.object({ template_list: z.array(templateShape) }),
  refusals: [41001, 40001, 43003, 42001, 48001],
  example: {
    input: {},
    answer: {
      template_list: [
        {
          template_id: 'mN4kQ2vXw7_aB0cD1eF2gH3iJ4kL5mN6oP7qR8sT9uV',
          title: '入职通知',
          primary_industry: 'IT科技',
          deputy_industry: 'IT软件与服务',
          content: '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n{{remark.DATA}}',
          example: '欢迎加入\n姓名：王小雨\n',
        },
      ],
    },
  },
  async handle({ db, world, caller }) {
    const rows = await listTemplates(db, world.epoch, caller.account.appid)
    const template_list = rows
      .filter((row) => row.state === 'active')
      .map(({ template_id, title, primary_industry, deputy_industry, content, example }) => {
        // The sandbox has no industries, and its page asks for no example.
        return caller.account.kind === 'sandbox'
          ? { template_id, title, primary_industry: '', deputy_industry: '', content, example: '' }
          : { template_id, title, primary_industry, deputy_industry, content, example }
      })
    return { template_list }
  },
})

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
}

/** Gives an account a template without any application, as WeChat's sandbox does. */
export async function createTemplate(
  call: Call,
  account: OfficialAccountRow,
  wanted: NewTemplate,
): Promise<TemplateRow> {
  const { db, world } = call
  const n = (await listTemplates(db, world.epoch, account.appid)).length + 1
  const industry = liveName(account.primary_industry)
  const row: TemplateRow = {
    ...wanted,
    epoch: world.epoch,
    template_id: deriveBase64url(43, world, 'template', account.appid, n),
    appid: account.appid,
    n,
    primary_industry: industry?.first_class ?? '',
    deputy_industry: industry?.second_class ?? '',
    state: 'active',
    created_at: world.now,
  }
  await touchVersion(call)
  await insertTemplate(db, row)
  return row
}
