import type { IndustryName } from '../industry/industry.ts'

/** A template of the old library: whole as it is, filed under an industry. */
export interface OldTemplate {
  readonly style: 'old'
  readonly template_id_short: string
  readonly title: string
  /** Code of its industry. */
  readonly industry: number
  readonly content: string
  readonly example: string
}

/** A keyword of a class template. */
export interface ClassKeyword {
  /** What a caller chooses it by, and what the phone shows before its value. */
  readonly name: string
  /** Its type and its number in the template: `thing1`. */
  readonly key: string
  readonly example: string
  /** The values that were approved for it; of a `const` only. */
  readonly values?: readonly string[]
}

/** A template of the library of today: a caller chooses among its keywords. */
export interface ClassTemplate {
  readonly style: 'class'
  readonly template_id_short: string
  readonly title: string
  readonly category: IndustryName
  readonly keywords: readonly ClassKeyword[]
}

export type LibraryTemplate = OldTemplate | ClassTemplate

type Line = readonly [key: string, label: string, example: string]

/** What a message says before and after its lines. */
interface Around {
  readonly first: string
  readonly remark: string
}

const it_software = 2
const training = 16
const construction = 29
const agencies = 34
const other = 41

/** The old library, as far as HR programs took templates from it: closed since the move to service categories. */
// biome-ignore format: one line of a message per line
const oldTemplates: readonly OldTemplate[] = [
  oldEntry('OPENTM410000101', it_software, '入职办理通知', { first: '您好，入职手续可以开始办理了', remark: '点击查看需要准备的材料' }, [
    ['keyword1', '入职岗位', '数据分析师'],
    ['keyword2', '姓名', '李雷'],
    ['keyword3', '状态', '待办理'],
    ['keyword4', '入职时间', '2026年1月19日 09:00'],
  ]),
  oldEntry('OPENTM410000102', agencies, '面试邀请通知', { first: '恭喜您进入面试环节', remark: '不能按时到场请提前联系我们' }, [
    ['keyword1', '面试职位', '客户经理'],
    ['keyword2', '面试时间', '2026年1月8日 10:00'],
    ['keyword3', '面试地点', '晨光大厦八层'],
    ['keyword4', '联系人', '陈女士 010-55550188'],
  ]),
  oldEntry('OPENTM410000103', other, '待办任务提醒', { first: '有一项任务等您处理', remark: '点击进入待办列表' }, [
    ['keyword1', '任务名称', '确认入职信息'],
    ['keyword2', '发起人', '人力资源部'],
    ['keyword3', '截止时间', '2026-01-12 18:00'],
  ]),
  oldEntry('OPENTM410000104', it_software, '入职材料提交提醒', { first: '您的入职材料还没有交齐', remark: '点击上传' }, [
    ['keyword1', '姓名', '韩梅梅'],
    ['keyword2', '待提交材料', '学历证书、体检报告'],
    ['keyword3', '截止日期', '2026年1月15日'],
  ]),
  oldEntry('OPENTM410000105', agencies, '录用结果通知', { first: '感谢您的耐心等待', remark: '请在三日内回复是否接受' }, [
    ['keyword1', '应聘职位', '仓储主管'],
    ['keyword2', '用人单位', '环球制造'],
    ['keyword3', '录用结果', '录用'],
    ['keyword4', '报到日期', '2026年2月2日'],
  ]),
  oldEntry('OPENTM410000106', agencies, '简历投递成功通知', { first: '我们已经收到您的简历', remark: '有进展时会在这里告诉您' }, [
    ['keyword1', '投递职位', '前台接待'],
    ['keyword2', '招聘企业', '晨光科技'],
    ['keyword3', '投递时间', '2026年1月5日 09:00'],
  ]),
  oldEntry('OPENTM410000107', it_software, '劳动合同签署提醒', { first: '您有一份合同等待签署', remark: '点击阅读并签署' }, [
    ['keyword1', '合同名称', '劳动合同（固定期限）'],
    ['keyword2', '签署人', '方芳'],
    ['keyword3', '截止时间', '2026-01-16 24:00'],
  ]),
  oldEntry('OPENTM410000108', it_software, '试用期转正提醒', { first: '您的试用期即将结束', remark: '请与直属主管约定转正谈话' }, [
    ['keyword1', '员工姓名', '王小雨'],
    ['keyword2', '所在部门', '质量部'],
    ['keyword3', '转正日期', '2026年4月5日'],
  ]),
  oldEntry('OPENTM410000109', training, '新员工培训通知', { first: '欢迎参加新员工培训', remark: '请携带工牌签到' }, [
    ['keyword1', '培训课程', '公司制度与安全'],
    ['keyword2', '培训时间', '2026年1月20日 14:00'],
    ['keyword3', '培训地点', '培训中心二号教室'],
  ]),
  oldEntry('OPENTM410000110', other, '请假审批结果通知', { first: '您的请假申请已有结果', remark: '点击查看详情' }, [
    ['keyword1', '请假类型', '年假'],
    ['keyword2', '请假时间', '2026年2月23日至2月25日'],
    ['keyword3', '审批结果', '同意'],
  ]),
  oldEntry('OPENTM410000111', it_software, '工资条发放通知', { first: '本月工资条已经可以查看', remark: '有疑问请在五日内提出' }, [
    ['keyword1', '工资月份', '2026年1月'],
    ['keyword2', '发放时间', '2026年2月10日'],
  ]),
  oldEntry('OPENTM410000112', agencies, '面试结果通知', { first: '感谢您参加我们的面试', remark: '期待与您共事' }, [
    ['keyword1', '面试职位', '采购专员'],
    ['keyword2', '面试结果', '通过'],
  ]),
  oldEntry('OPENTM410000113', construction, '进场安全教育通知', { first: '进场之前须完成安全教育', remark: '未完成者不能领取门禁卡' }, [
    ['keyword1', '项目名称', '东区二期'],
    ['keyword2', '教育时间', '2026年1月9日 08:00'],
    ['keyword3', '集合地点', '项目部门口'],
  ]),
  oldEntry('TM00301', it_software, '考勤异常提醒', { first: '您有一条考勤异常', remark: '请于两日内申诉' }, [
    ['staff', '员工', '李雷'],
    ['day', '考勤日期', '2026年1月6日'],
    ['detail', '异常说明', '下班缺卡'],
  ]),
  oldEntry('TM00302', agencies, '入职体检预约通知', { first: '您的入职体检已经约好', remark: '体检前请空腹' }, [
    ['name', '姓名', '韩梅梅'],
    ['time', '体检时间', '2026年1月13日 08:30'],
    ['address', '体检地点', '康宁体检中心'],
  ]),
]

function oldEntry(
  template_id_short: string,
  industry: number,
  title: string,
  { first, remark }: Around,
  lines: readonly Line[],
): OldTemplate {
  const content = lines.map(([key, label]) => `${label}：{{${key}.DATA}}\n`).join('')
  const example = lines.map(([, label, value]) => `${label}：${value}\n`).join('')
  return {
    style: 'old',
    template_id_short,
    title,
    industry,
    content: `{{first.DATA}}\n${content}{{remark.DATA}}`,
    example: `${first}\n${example}${remark}`,
  }
}

type Row = readonly [key: string, name: string, example: string, values?: readonly string[]]

/** The service category of them all: no industry of the old library, so that industries do not touch them. */
const category = { first_class: '商业服务', second_class: '人力资源服务' }

/** The library of today. A keyword's number is its place in the library's own entry, hence the gaps. */
// biome-ignore format: one keyword a line
const classTemplates: readonly ClassTemplate[] = [
  classEntry('50101', '入职办理进度通知', [
    ['thing1', '员工姓名', '李雷'],
    ['thing2', '入职岗位', '数据分析师'],
    ['time3', '入职时间', '2026年1月19日 09:00'],
    ['const4', '办理状态', '待入职', ['待入职', '已入职', '已取消']],
  ]),
  classEntry('50102', '面试邀请通知', [
    ['thing1', '公司名称', '晨光科技'],
    ['thing3', '面试职位', '客户经理'],
    ['time5', '面试时间', '2026年1月8日 10:00~11:00'],
    ['thing6', '面试地点', '晨光大厦八层'],
    ['phone_number8', '联系电话', '010-55550188'],
  ]),
  classEntry('50103', '待办任务提醒', [
    ['thing2', '任务名称', '确认入职信息'],
    ['thing4', '发起人', '人力资源部'],
    ['time7', '截止时间', '2026-01-12 18:00'],
    ['character_string9', '任务编号', 'HR-20260105-003'],
    ['const10', '任务状态', '待处理', ['待处理', '已完成', '已超时']],
  ]),
  classEntry('50104', '录用结果通知', [
    ['thing1', '应聘职位', '仓储主管'],
    ['thing2', '用人单位', '环球制造'],
    ['time4', '报到时间', '2026年2月2日 08:30'],
    ['thing5', '报到地点', '总部一层大厅'],
    ['amount7', '试用期月薪', '9500元'],
  ]),
  classEntry('50105', '入职材料补交提醒', [
    ['thing1', '员工姓名', '韩梅梅'],
    ['thing2', '缺少材料', '学历证书、体检报告'],
    ['time4', '截止时间', '2026年1月15日 18:00'],
    ['phone_number6', '咨询电话', '010-55550166'],
  ]),
  classEntry('50106', '合同签署提醒', [
    ['thing1', '合同名称', '固定期限劳动合同'],
    ['character_string2', '合同编号', 'LD-2026-0012'],
    ['time3', '截止时间', '2026-01-16 18:00'],
    ['const5', '签署状态', '待签署', ['待签署', '已签署', '已拒绝', '已过期']],
  ]),
  classEntry('50107', '试用期考核结果通知', [
    ['thing1', '员工姓名', '王小雨'],
    ['thing2', '所在部门', '质量部'],
    ['time3', '转正时间', '2026年4月5日 09:00'],
    ['phrase4', '考核结果', '通过'],
  ]),
  classEntry('50108', '请假审批结果通知', [
    ['short_thing1', '请假类型', '年假'],
    ['time2', '请假时间', '2026年2月23日 09:00~18:00'],
    ['thing3', '请假事由', '回家探亲'],
    ['short_thing5', '审批结果', '同意'],
    ['character_string8', '审批单号', 'QJ202601050007'],
  ]),
  classEntry('50109', '新员工培训通知', [
    ['thing1', '培训课程', '公司制度与安全'],
    ['time2', '培训时间', '2026年1月20日 14:00'],
    ['thing4', '培训地点', '培训中心二号教室'],
    ['thing5', '讲师', '刘老师'],
  ]),
  classEntry('50110', '工资发放通知', [
    ['thing1', '发放项目', '一月份工资'],
    ['amount2', '实发金额', '8765.43元'],
    ['time3', '发放时间', '2026年2月10日 10:00'],
    ['thing6', '备注', '明细见工资条'],
  ]),
  classEntry('50111', '考勤异常提醒', [
    ['thing1', '员工姓名', '李雷'],
    ['time2', '考勤时间', '2026-01-06 18:00'],
    ['const3', '异常类型', '缺卡', ['迟到', '早退', '缺卡', '旷工']],
    ['thing5', '处理办法', '两日内提交说明'],
  ]),
  classEntry('50112', '入职体检预约通知', [
    ['thing1', '预约人', '韩梅梅'],
    ['time2', '体检时间', '2026年1月13日 08:30'],
    ['thing3', '体检机构', '康宁体检中心'],
    ['character_string4', '预约号', 'T0113-027'],
    ['phone_number7', '机构电话', '010-55550199'],
  ]),
  classEntry('50113', '班车变更提醒', [
    ['thing1', '班车线路', '三号线'],
    ['car_number2', '车牌号', '京A12345'],
    ['time3', '发车时间', '07:40'],
    ['thing4', '上车地点', '地铁东口'],
  ]),
  classEntry('50114', '面试结果通知', [
    ['thing1', '面试职位', '采购专员'],
    ['thing2', '公司名称', '环球制造'],
    ['phrase3', '面试结果', '通过'],
    ['thing6', '下一步', '等待录用通知'],
  ]),
]

function classEntry(template_id_short: string, title: string, rows: readonly Row[]): ClassTemplate {
  const keywords = rows.map(
    ([key, name, example, values]): ClassKeyword => ({
      name,
      key,
      example,
      ...(values ? { values } : {}),
    }),
  )
  return { style: 'class', template_id_short, title, category, keywords }
}

/** Everything that can be added. Numbers and texts are made up after the kind of those of HR programs. */
export const templateLibrary: readonly LibraryTemplate[] = [...oldTemplates, ...classTemplates]

const byNumber: ReadonlyMap<string, LibraryTemplate> = new Map(
  templateLibrary.map((entry) => [entry.template_id_short, entry]),
)

/** The template of a number, if the library has it. */
export function findLibraryTemplate(template_id_short: string): LibraryTemplate | undefined {
  return byNumber.get(template_id_short)
}
