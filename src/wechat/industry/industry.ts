import { updateOfficialAccount } from '../../../db/official-account.ts'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import { listTemplates, updateTemplate } from '../../../db/template.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { beijingDay, toIso } from '../../world/clock.ts'
import { type Scope, touchVersion } from '../../world/world.ts'
import { refuse } from '../caller.ts'

/** The two names of an industry, spelled as `get_industry` answers them. */
export interface IndustryName {
  readonly first_class: string
  readonly second_class: string
}

/** One industry of the old template library. */
interface Industry {
  readonly code: number
  /** As the documentation prints it. */
  readonly documented: IndustryName
  /** As the service answers it: clients match on these strings. */
  readonly live: IndustryName
  /** Our translation. */
  readonly en: IndustryName
}

type Row = readonly [code: number, first: string, second: string, enFirst: string, enSecond: string]

const rows: readonly Row[] = [
  [1, 'IT科技', '互联网/电子商务', 'IT', 'Internet/E-commerce'],
  [2, 'IT科技', 'IT软件与服务', 'IT', 'IT Software and Services'],
  [3, 'IT科技', 'IT硬件与设备', 'IT', 'IT Hardware and Equipment'],
  [4, 'IT科技', '电子技术', 'IT', 'Electronic Technology'],
  [5, 'IT科技', '通信与运营商', 'IT', 'Telecommunications and Operators'],
  [6, 'IT科技', '网络游戏', 'IT', 'Online Games'],
  [7, '金融业', '银行', 'Finance', 'Banking'],
  [8, '金融业', '基金理财信托', 'Finance', 'Funds, Wealth Management and Trusts'],
  [9, '金融业', '保险', 'Finance', 'Insurance'],
  [10, '餐饮', '餐饮', 'Catering', 'Catering'],
  [11, '酒店旅游', '酒店', 'Hotel & Travel', 'Hotels'],
  [12, '酒店旅游', '旅游', 'Hotel & Travel', 'Travel'],
  [13, '运输与仓储', '快递', 'Transport & Warehousing', 'Express Delivery'],
  [14, '运输与仓储', '物流', 'Transport & Warehousing', 'Logistics'],
  [15, '运输与仓储', '仓储', 'Transport & Warehousing', 'Warehousing'],
  [16, '教育', '培训', 'Education', 'Training'],
  [17, '教育', '院校', 'Education', 'Schools and Colleges'],
  [18, '政府与公共事业', '学术科研', 'Government & Public Services', 'Academic Research'],
  [19, '政府与公共事业', '交警', 'Government & Public Services', 'Traffic Police'],
  [20, '政府与公共事业', '博物馆', 'Government & Public Services', 'Museums'],
  [
    21,
    '政府与公共事业',
    '公共事业非盈利机构',
    'Government & Public Services',
    'Public Utilities and Non-profit Organizations',
  ],
  [22, '医药护理', '医药医疗', 'Healthcare', 'Medicine and Medical Care'],
  [23, '医药护理', '护理美容', 'Healthcare', 'Nursing and Beauty Care'],
  [24, '医药护理', '保健与卫生', 'Healthcare', 'Health Care and Hygiene'],
  [25, '交通工具', '汽车相关', 'Vehicles', 'Automobiles'],
  [26, '交通工具', '摩托车相关', 'Vehicles', 'Motorcycles'],
  [27, '交通工具', '火车相关', 'Vehicles', 'Trains'],
  [28, '交通工具', '飞机相关', 'Vehicles', 'Aircraft'],
  [29, '房地产', '建筑', 'Real Estate', 'Construction'],
  [30, '房地产', '物业', 'Real Estate', 'Property Management'],
  [31, '消费品', '消费品', 'Consumer Goods', 'Consumer Goods'],
  [32, '商业服务', '法律', 'Business Services', 'Legal Services'],
  [33, '商业服务', '会展', 'Business Services', 'Conventions and Exhibitions'],
  [34, '商业服务', '中介服务', 'Business Services', 'Agency Services'],
  [35, '商业服务', '认证', 'Business Services', 'Certification'],
  [36, '商业服务', '审计', 'Business Services', 'Auditing'],
  [37, '文体娱乐', '传媒', 'Culture, Sports & Entertainment', 'Media'],
  [38, '文体娱乐', '体育', 'Culture, Sports & Entertainment', 'Sports'],
  [39, '文体娱乐', '娱乐休闲', 'Culture, Sports & Entertainment', 'Entertainment and Leisure'],
  [40, '印刷', '印刷', 'Printing', 'Printing'],
  [41, '其它', '其它', 'Other', 'Other'],
]

/*
 * Where the service spells an industry unlike its documentation. Seen in answers that people
 * posted (1, 8, 29, 41), in WxJava, which turns 医疗护理 back into 医药护理 (22–24), and in
 * older copies of the documentation (21).
 */
const liveSpellings: ReadonlyMap<number, Partial<IndustryName>> = new Map([
  [1, { second_class: '互联网|电子商务' }],
  [8, { second_class: '证券|基金|理财|信托' }],
  [21, { second_class: '公共事业|非盈利机构' }],
  [22, { first_class: '医疗护理' }],
  [23, { first_class: '医疗护理' }],
  [24, { first_class: '医疗护理' }],
  [29, { second_class: '房地产|建筑' }],
  [41, { first_class: '其他', second_class: '其他' }],
])

/** All industries, in the order of their codes, which run from 1 to 41 without a gap. */
export const industries: readonly Industry[] = rows.map(
  ([code, first, second, enFirst, enSecond]) => {
    const documented = { first_class: first, second_class: second }
    return {
      code,
      documented,
      live: { ...documented, ...liveSpellings.get(code) },
      en: { first_class: enFirst, second_class: enSecond },
    }
  },
)

/** The industry of that code, if there is one. */
export function findIndustry(code: number): Industry | undefined {
  return byCode.get(code)
}

const byCode: ReadonlyMap<number, Industry> = new Map(
  industries.map((industry) => [industry.code, industry]),
)

/** The names of an account's industry as the live service answers them; undefined: it has none. */
export function liveName(code: number | null): IndustryName | undefined {
  return code === null ? undefined : findIndustry(code)?.live
}

/** The codes that somebody asks for; undefined: not said. */
interface IndustryCodes {
  readonly primary: number | undefined
  readonly secondary: number | undefined
}

/** An account as it has its industries now, and the templates that it lost with the ones it left. */
interface ChosenIndustries {
  readonly account: OfficialAccountRow
  readonly lost: readonly string[]
}

type Pair = Pick<OfficialAccountRow, 'primary_industry' | 'secondary_industry'>

/**
 * Sets an account's two industries. The first time both must be said; later one alone leaves the other as it is. They are
 * changed once in a Beijing calendar month: the first setting does not count, nor does saying again what holds (our
 * inference). With an industry go the templates of it.
 */
export function chooseIndustries(
  call: Pick<Call, 'db' | 'world' | 'steps'>,
  account: OfficialAccountRow,
  codes: IndustryCodes,
): ChosenIndustries | Refusal {
  const { db, world, steps } = call
  const pair = readCodes(account, codes)
  if (isRefusal(pair)) return pair
  steps.push('industries.given', 'industries.known', 'industries.differ')
  const before = codesOf(account)
  if (isSame(account, pair)) return { account, lost: [] }
  const month = beijingDay(world.now).slice(0, 7)
  const isFirst = before.length === 0
  if (!isFirst && account.industries_month === month) return refuseOften(account, month)
  steps.push('industries.changeable')
  const change = isFirst
    ? { ...pair, industries_at: world.now }
    : { ...pair, industries_month: month }
  touchVersion(call)
  updateOfficialAccount(db, account, change)
  const left = before.filter((code) => !codesOf(pair).includes(code))
  return { account: { ...account, ...change }, lost: disableTemplates(call, account, left) }
}

function readCodes(account: Pair, codes: IndustryCodes): Pair | Refusal {
  const primary_industry = codes.primary ?? account.primary_industry
  const secondary_industry = codes.secondary ?? account.secondary_industry
  const actual = { industry_id1: codes.primary ?? null, industry_id2: codes.secondary ?? null }
  const isNothing = codes.primary === undefined && codes.secondary === undefined
  if (isNothing || primary_industry === null || secondary_industry === null) {
    return refuse(40103, {
      rule: 'industries.given',
      actual,
      expected: 'industry_id1 and industry_id2; one alone changes that one, once both are set',
    })
  }
  if (!findIndustry(primary_industry) || !findIndustry(secondary_industry))
    return refuse(40102, { rule: 'industries.known', actual, expected: 'codes from 1 to 41' })
  if (primary_industry === secondary_industry)
    return refuse(40102, {
      rule: 'industries.differ',
      actual,
      expected: 'two different industries',
    })
  return { primary_industry, secondary_industry }
}

function refuseOften(account: OfficialAccountRow, month: string): Refusal {
  const to = toIso(monthAfter(month))
  return refuse(43100, {
    rule: 'industries.changeable',
    row: { industries_month: account.industries_month },
    actual: month,
    expected: 'one change in a Beijing calendar month',
    fix: { call: 'clock.advance', input: { to } },
  })
}

/** The instant at which the month after `2026-01` begins in Beijing. */
function monthAfter(month: string): number {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const next = of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`
  return Date.parse(`${next}-01T00:00:00+08:00`)
}

function codesOf({ primary_industry, secondary_industry }: Pair): number[] {
  return [primary_industry, secondary_industry].filter((code) => code !== null)
}

function isSame(a: Pair, b: Pair): boolean {
  return a.primary_industry === b.primary_industry && a.secondary_industry === b.secondary_industry
}

/** Templates of the old library hang on an industry; those of service categories bear other names and stay. */
function disableTemplates(
  { db, world }: Scope,
  { appid }: OfficialAccountRow,
  left: readonly number[],
): string[] {
  const names = left.map(liveName)
  const isLeft = (row: { primary_industry: string; deputy_industry: string }) =>
    names.some(
      (name) =>
        name?.first_class === row.primary_industry && name.second_class === row.deputy_industry,
    )
  const lost = listTemplates(db, world.epoch, appid).filter(
    (row) => row.state === 'active' && isLeft(row),
  )
  for (const row of lost) updateTemplate(db, row, { state: 'disabled' })
  return lost.map(({ template_id }) => template_id)
}
