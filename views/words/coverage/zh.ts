import type { enCoverage } from './en.ts'

/** 覆盖页面的中文。 */
export const zhCoverage: typeof enCoverage = {
  title: '覆盖情况',
  lead: '平台可能遇到的一切、到目前为止在这里遇到过什么，以及好的平台应当怎么做。',
  world: '世界 {world}',
  everywhere: '所有世界',
  sum: '{of} 种结果中遇到过 {met} 种',
  groupSum: '{met} / {of}',
  met: '{hits} 次',
  notMet: '未遇到',
  provoke: '如何遇到：',
  mobile: '发送到 `{mobile}`',
  since: {
    world: '自世界创建以来的次数，重置不清零。',
    everywhere: '此服务器上现有和曾有的所有世界的次数。',
  },
  asData: '供程序读取：',
  merge: '合并多次运行的结果，并在 CI 中设下限：',
  groups: {
    tupu: { title: 'TUPU 的应答', text: '伙伴接口自有错误码表中的错误码。' },
    wechat: { title: '微信的应答', text: '发送时由 TUPU 原样转达的错误码。' },
    receipt: { title: '回执', text: '已受理的消息后来如何。' },
    lookup: { title: '查询', text: '平台查询时消息所处的状态。' },
    callback: { title: '回调', text: '平台如何接收通知。' },
    push: { title: '消息推送', text: '公众号的服务器如何接收微信的推送，以及回复了什么。' },
    review: { title: '模板审核', text: '微信对申请的决定。' },
    oauth: { title: '网页授权', text: '候选人的浏览器如何来到平台的页面。' },
    fault: { title: '连接故障', text: '故障对伙伴接口调用造成的影响。' },
    fallback: { title: '改用其他渠道', text: '微信未送达时平台发出的内容。' },
  },
}
