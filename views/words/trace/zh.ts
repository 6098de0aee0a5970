import type { enTrace } from './en.ts'

/** 一次调用的经过。 */
export const zhTrace: typeof enTrace = {
  title: '经过',
  lanes: {
    operator: '操作者',
    platform: '平台',
    tupu: 'TUPU',
    wechat: '微信',
    simulator: '模拟器',
    sink: '接收端',
    phone: '手机',
  },
  zone: '（UTC+8）',
  real: '真实时间 +{ms} 毫秒',
  inProcess: '进程内',
  passed: '通过 {count} 项检查',
  passedOne: '通过 1 项检查',
  notShown: '手机上没有显示',
  receipt: '送达结果：{status}',
  receiptDue: '送达结果待到时',
  due: '待到时',
  tries: '已尝试 {tries} 次',
  more: '（其后共 {count} 次，此为最后一次）',
  fallBack: '改用{channel}',
}
