import type { OldTemplate } from './template-library.ts'

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
export const oldTemplates: readonly OldTemplate[] = [
  entry('OPENTM410000101', it_software, '入职办理通知', { first: '您好，入职手续可以开始办理了', remark: '点击查看需要准备的材料' }, [
    ['keyword1', '入职岗位', '数据分析师'],
    ['keyword2', '姓名', '李雷'],
    ['keyword3', '状态', '待办理'],
    ['keyword4', '入职时间', '2026年1月19日 09:00'],
  ]),
  entry('OPENTM410000102', agencies, '面试邀请通知', { first: '恭喜您进入面试环节', remark: '不能按时到场请提前联系我们' }, [
    ['keyword1', '面试职位', '客户经理'],
    ['keyword2', '面试时间', '2026年1月8日 10:00'],
    ['keyword3', '面试地点', '晨光大厦八层'],
    ['keyword4', '联系人', '陈女士 010-55550188'],
  ]),
  entry('OPENTM410000103', other, '待办任务提醒', { first: '有一项任务等您处理', remark: '点击进入待办列表' }, [
    ['keyword1', '任务名称', '确认入职信息'],
    ['keyword2', '发起人', '人力资源部'],
    ['keyword3', '截止时间', '2026-01-12 18:00'],
  ]),
  entry('OPENTM410000104', it_software, '入职材料提交提醒', { first: '您的入职材料还没有交齐', remark: '点击上传' }, [
    ['keyword1', '姓名', '韩梅梅'],
    ['keyword2', '待提交材料', '学历证书、体检报告'],
    ['keyword3', '截止日期', '2026年1月15日'],
  ]),
  entry('OPENTM410000105', agencies, '录用结果通知', { first: '感谢您的耐心等待', remark: '请在三日内回复是否接受' }, [
    ['keyword1', '应聘职位', '仓储主管'],
    ['keyword2', '用人单位', '环球制造'],
    ['keyword3', '录用结果', '录用'],
    ['keyword4', '报到日期', '2026年2月2日'],
  ]),
  entry('OPENTM410000106', agencies, '简历投递成功通知', { first: '我们已经收到您的简历', remark: '有进展时会在这里告诉您' }, [
    ['keyword1', '投递职位', '前台接待'],
    ['keyword2', '招聘企业', '晨光科技'],
    ['keyword3', '投递时间', '2026年1月5日 09:00'],
  ]),
  entry('OPENTM410000107', it_software, '劳动合同签署提醒', { first: '您有一份合同等待签署', remark: '点击阅读并签署' }, [
    ['keyword1', '合同名称', '劳动合同（固定期限）'],
    ['keyword2', '签署人', '方芳'],
    ['keyword3', '截止时间', '2026-01-16 24:00'],
  ]),
  entry('OPENTM410000108', it_software, '试用期转正提醒', { first: '您的试用期即将结束', remark: '请与直属主管约定转正谈话' }, [
    ['keyword1', '员工姓名', '王小雨'],
    ['keyword2', '所在部门', '质量部'],
    ['keyword3', '转正日期', '2026年4月5日'],
  ]),
  entry('OPENTM410000109', training, '新员工培训通知', { first: '欢迎参加新员工培训', remark: '请携带工牌签到' }, [
    ['keyword1', '培训课程', '公司制度与安全'],
    ['keyword2', '培训时间', '2026年1月20日 14:00'],
    ['keyword3', '培训地点', '培训中心二号教室'],
  ]),
  entry('OPENTM410000110', other, '请假审批结果通知', { first: '您的请假申请已有结果', remark: '点击查看详情' }, [
    ['keyword1', '请假类型', '年假'],
    ['keyword2', '请假时间', '2026年2月23日至2月25日'],
    ['keyword3', '审批结果', '同意'],
  ]),
  entry('OPENTM410000111', it_software, '工资条发放通知', { first: '本月工资条已经可以查看', remark: '有疑问请在五日内提出' }, [
    ['keyword1', '工资月份', '2026年1月'],
    ['keyword2', '发放时间', '2026年2月10日'],
  ]),
  entry('OPENTM410000112', agencies, '面试结果通知', { first: '感谢您参加我们的面试', remark: '期待与您共事' }, [
    ['keyword1', '面试职位', '采购专员'],
    ['keyword2', '面试结果', '通过'],
  ]),
  entry('OPENTM410000113', construction, '进场安全教育通知', { first: '进场之前须完成安全教育', remark: '未完成者不能领取门禁卡' }, [
    ['keyword1', '项目名称', '东区二期'],
    ['keyword2', '教育时间', '2026年1月9日 08:00'],
    ['keyword3', '集合地点', '项目部门口'],
  ]),
  entry('TM00301', it_software, '考勤异常提醒', { first: '您有一条考勤异常', remark: '请于两日内申诉' }, [
    ['staff', '员工', '李雷'],
    ['day', '考勤日期', '2026年1月6日'],
    ['detail', '异常说明', '下班缺卡'],
  ]),
  entry('TM00302', agencies, '入职体检预约通知', { first: '您的入职体检已经约好', remark: '体检前请空腹' }, [
    ['name', '姓名', '韩梅梅'],
    ['time', '体检时间', '2026年1月13日 08:30'],
    ['address', '体检地点', '康宁体检中心'],
  ]),
]

function entry(
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
