import type { ClassKeyword, ClassTemplate } from './template-library.ts'

type Row = readonly [key: string, name: string, example: string, values?: readonly string[]]

/** The service category of them all: no industry of the old library, so that industries do not touch them. */
const category = { first_class: '商业服务', second_class: '人力资源服务' }

/** The library of today. A keyword's number is its place in the library's own entry, hence the gaps. */
// biome-ignore format: one keyword a line
export const classTemplates: readonly ClassTemplate[] = [
  entry('50101', '入职办理进度通知', [
    ['thing1', '员工姓名', '李雷'],
    ['thing2', '入职岗位', '数据分析师'],
    ['time3', '入职时间', '2026年1月19日 09:00'],
    ['const4', '办理状态', '待入职', ['待入职', '已入职', '已取消']],
  ]),
  entry('50102', '面试邀请通知', [
    ['thing1', '公司名称', '晨光科技'],
    ['thing3', '面试职位', '客户经理'],
    ['time5', '面试时间', '2026年1月8日 10:00~11:00'],
    ['thing6', '面试地点', '晨光大厦八层'],
    ['phone_number8', '联系电话', '010-55550188'],
  ]),
  entry('50103', '待办任务提醒', [
    ['thing2', '任务名称', '确认入职信息'],
    ['thing4', '发起人', '人力资源部'],
    ['time7', '截止时间', '2026-01-12 18:00'],
    ['character_string9', '任务编号', 'HR-20260105-003'],
    ['const10', '任务状态', '待处理', ['待处理', '已完成', '已超时']],
  ]),
  entry('50104', '录用结果通知', [
    ['thing1', '应聘职位', '仓储主管'],
    ['thing2', '用人单位', '环球制造'],
    ['time4', '报到时间', '2026年2月2日 08:30'],
    ['thing5', '报到地点', '总部一层大厅'],
    ['amount7', '试用期月薪', '9500元'],
  ]),
  entry('50105', '入职材料补交提醒', [
    ['thing1', '员工姓名', '韩梅梅'],
    ['thing2', '缺少材料', '学历证书、体检报告'],
    ['time4', '截止时间', '2026年1月15日 18:00'],
    ['phone_number6', '咨询电话', '010-55550166'],
  ]),
  entry('50106', '合同签署提醒', [
    ['thing1', '合同名称', '固定期限劳动合同'],
    ['character_string2', '合同编号', 'LD-2026-0012'],
    ['time3', '截止时间', '2026-01-16 18:00'],
    ['const5', '签署状态', '待签署', ['待签署', '已签署', '已拒绝', '已过期']],
  ]),
  entry('50107', '试用期考核结果通知', [
    ['thing1', '员工姓名', '王小雨'],
    ['thing2', '所在部门', '质量部'],
    ['time3', '转正时间', '2026年4月5日 09:00'],
    ['phrase4', '考核结果', '通过'],
  ]),
  entry('50108', '请假审批结果通知', [
    ['short_thing1', '请假类型', '年假'],
    ['time2', '请假时间', '2026年2月23日 09:00~18:00'],
    ['thing3', '请假事由', '回家探亲'],
    ['short_thing5', '审批结果', '同意'],
    ['character_string8', '审批单号', 'QJ202601050007'],
  ]),
  entry('50109', '新员工培训通知', [
    ['thing1', '培训课程', '公司制度与安全'],
    ['time2', '培训时间', '2026年1月20日 14:00'],
    ['thing4', '培训地点', '培训中心二号教室'],
    ['thing5', '讲师', '刘老师'],
  ]),
  entry('50110', '工资发放通知', [
    ['thing1', '发放项目', '一月份工资'],
    ['amount2', '实发金额', '8765.43元'],
    ['time3', '发放时间', '2026年2月10日 10:00'],
    ['thing6', '备注', '明细见工资条'],
  ]),
  entry('50111', '考勤异常提醒', [
    ['thing1', '员工姓名', '李雷'],
    ['time2', '考勤时间', '2026-01-06 18:00'],
    ['const3', '异常类型', '缺卡', ['迟到', '早退', '缺卡', '旷工']],
    ['thing5', '处理办法', '两日内提交说明'],
  ]),
  entry('50112', '入职体检预约通知', [
    ['thing1', '预约人', '韩梅梅'],
    ['time2', '体检时间', '2026年1月13日 08:30'],
    ['thing3', '体检机构', '康宁体检中心'],
    ['character_string4', '预约号', 'T0113-027'],
    ['phone_number7', '机构电话', '010-55550199'],
  ]),
  entry('50113', '班车变更提醒', [
    ['thing1', '班车线路', '三号线'],
    ['car_number2', '车牌号', '京A12345'],
    ['time3', '发车时间', '07:40'],
    ['thing4', '上车地点', '地铁东口'],
  ]),
  entry('50114', '面试结果通知', [
    ['thing1', '面试职位', '采购专员'],
    ['thing2', '公司名称', '环球制造'],
    ['phrase3', '面试结果', '通过'],
    ['thing6', '下一步', '等待录用通知'],
  ]),
]

function entry(template_id_short: string, title: string, rows: readonly Row[]): ClassTemplate {
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
