import type { ValueType } from '../template/content.ts'

/** A service category of the platform. */
interface Category {
  readonly id: number
  readonly name: string
}

/** A keyword of a library template. */
export interface SubscriptionKeyword {
  /** By which a caller chooses it, and the number of its placeholder. */
  readonly kid: number
  readonly name: string
  readonly example: string
  /** The kind of value: `thing`. */
  readonly rule: ValueType
}

/** A template that accounts can add. */
export interface SubscriptionEntry {
  readonly tid: number
  readonly title: string
  /** `once`: each consent is good for one send; `long_term`: until it is taken back, for public services. */
  readonly kind: 'once' | 'long_term'
  readonly category: number
  readonly keywords: readonly SubscriptionKeyword[]
}

/** The categories that every account has here. Ids, titles and texts are made up after the kind of the platform's. */
export const categories: readonly Category[] = [
  { id: 307, name: '人力资源服务' },
  { id: 308, name: '职业培训' },
]

type Row = readonly [rule: ValueType, name: string, example: string]

// biome-ignore format: one keyword a line
export const subscriptionLibrary: readonly SubscriptionEntry[] = [
  entry(1101, 'once', 307, '面试安排通知', [
    ['thing', '面试职位', '客户经理'],
    ['time', '面试时间', '2026年1月8日 10:00'],
    ['thing', '面试地点', '晨光大厦八层'],
    ['name', '联系人', '陈女士'],
    ['phone_number', '联系电话', '010-55550188'],
  ]),
  entry(1102, 'once', 307, '面试结果通知', [
    ['thing', '应聘职位', '采购专员'],
    ['phrase', '面试结果', '通过'],
    ['date', '通知日期', '2026年1月9日'],
    ['thing', '备注', '请等待录用通知'],
  ]),
  entry(1103, 'once', 307, '入职办理提醒', [
    ['name', '姓名', '李雷'],
    ['thing', '入职岗位', '数据分析师'],
    ['date', '报到日期', '2026年1月19日'],
    ['thing', '报到地点', '总部一层大厅'],
    ['thing', '所需材料', '身份证原件、学历证书'],
  ]),
  entry(1104, 'once', 307, '材料补交提醒', [
    ['name', '姓名', '韩梅梅'],
    ['thing', '缺少材料', '体检报告'],
    ['time', '截止时间', '2026年1月15日 18:00'],
  ]),
  entry(1105, 'once', 307, '工资发放通知', [
    ['thing', '发放项目', '一月份工资'],
    ['amount', '实发金额', '8765.43元'],
    ['date', '发放日期', '2026年2月10日'],
  ]),
  entry(1106, 'once', 307, '合同签署提醒', [
    ['thing', '合同名称', '固定期限劳动合同'],
    ['character_string', '合同编号', 'LD-2026-0012'],
    ['time', '截止时间', '2026-01-16 18:00'],
  ]),
  entry(1107, 'long_term', 307, '公共就业服务通知', [
    ['thing', '服务事项', '失业登记'],
    ['phrase', '办理结果', '已办结'],
    ['date', '办理日期', '2026年1月12日'],
  ]),
  entry(1201, 'once', 308, '培训课程提醒', [
    ['thing', '培训课程', '公司制度与安全'],
    ['time', '培训时间', '2026年1月20日 14:00'],
    ['thing', '培训地点', '培训中心二号教室'],
    ['number', '剩余名额', '12'],
  ]),
]

function entry(
  tid: number,
  kind: SubscriptionEntry['kind'],
  category: number,
  title: string,
  rows: readonly Row[],
): SubscriptionEntry {
  const keywords = rows.map(([rule, name, example], i) => ({ kid: i + 1, name, example, rule }))
  return { tid, title, kind, category, keywords }
}

/** The entry of a number, as a number or as text. */
export function findSubscriptionEntry(tid: unknown): SubscriptionEntry | undefined {
  const text = typeof tid === 'number' ? String(tid) : tid
  return subscriptionLibrary.find((one) => String(one.tid) === text)
}

/** What the wire calls the kinds. Source: newtmpl/gettemplate. */
export const kind_numbers = { once: 2, long_term: 3 } as const
