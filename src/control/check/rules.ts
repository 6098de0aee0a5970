import type { CheckWords } from '../../../views/words/check/en.ts'
import type { Localized } from '../../core/field.ts'
import type { Fidelity } from '../../core/refusal.ts'

/** What becomes of a message by a finding: a send is refused, a part is cut or not shown, or harm may come of it later. */
export const severities = ['rejected', 'cut', 'ignored', 'risk'] as const
export type Severity = (typeof severities)[number]

/** Who would do it. */
export const channels = ['tupu', 'wechat', 'sms'] as const
export type Channel = (typeof channels)[number]

/** What is known of a rule. Its sentences stand under its name in `views/words/check`. */
interface Rule {
  readonly channel: Channel
  readonly severity: Severity
  readonly fidelity: Fidelity
  readonly source: Localized
}

export type RuleName = keyof CheckWords['rules']

const help = {
  en: "the platform's help page on WeChat: one line",
  zh: '平台的微信帮助页：单行显示',
}
const parameters = {
  en: 'developers.weixin.qq.com: parameters of template messages',
  zh: 'developers.weixin.qq.com：模板消息参数说明',
}
const subscriptions = {
  en: 'developers.weixin.qq.com: parameters of subscription notifications; that they hold here too is our inference',
  zh: 'developers.weixin.qq.com：订阅通知参数说明；在此同样适用是我们的推断',
}
const reports = { en: 'reports of senders', zh: '发送者的报告' }
const notice = {
  en: "WeChat's notice of 30 March 2023 on template messages, and reports of senders",
  zh: '微信 2023 年 3 月 30 日关于模板消息的公告，以及发送者的报告',
}
const domains = {
  en: "developers.weixin.qq.com: an account's domains for web OAuth and for the JS-SDK",
  zh: 'developers.weixin.qq.com：网页授权域名与 JS 接口安全域名',
}
const privacy = {
  en: "China's Personal Information Protection Law, article 6: no more than the purpose needs; what follows is our advice",
  zh: '《个人信息保护法》第六条：限于实现目的的最小范围；具体做法是我们的建议',
}
const inference = { en: 'our inference', zh: '我们的推断' }
const providers = {
  en: 'several SMS providers on sending to China',
  zh: '多家短信服务商关于中国的说明',
}
const provider = { en: 'one SMS provider on sending to China', zh: '一家短信服务商关于中国的说明' }

const row = (
  channel: Channel,
  severity: Severity,
  fidelity: Fidelity,
  source: Localized,
): Rule => ({ channel, severity, fidelity, source })

/** Every rule that a check knows besides the refusals of a send, which bring their own. */
export const rules: Readonly<Record<RuleName, Rule>> = {
  'message.folded': row('tupu', 'cut', 'reported', help),
  'message.link': row('wechat', 'ignored', 'assumed', inference),
  'message.total': row('wechat', 'risk', 'reported', reports),
  'text.contact': row('wechat', 'risk', 'assumed', privacy),
  'text.identity': row('wechat', 'risk', 'assumed', privacy),
  'url.address': row('wechat', 'ignored', 'assumed', inference),
  'url.oauth_domain': row('wechat', 'risk', 'documented', domains),
  'url.js_domain': row('wechat', 'risk', 'documented', domains),
  'value.empty': row('wechat', 'rejected', 'documented', reports),
  'value.control': row('wechat', 'rejected', 'reported', reports),
  'value.thing': row('wechat', 'rejected', 'documented', parameters),
  'value.short_thing': row('wechat', 'rejected', 'assumed', inference),
  'value.character_string': row('wechat', 'rejected', 'documented', parameters),
  'value.time': row('wechat', 'rejected', 'documented', parameters),
  'value.date': row('wechat', 'rejected', 'assumed', subscriptions),
  'value.amount': row('wechat', 'rejected', 'documented', parameters),
  'value.phone_number': row('wechat', 'rejected', 'documented', parameters),
  'value.car_number': row('wechat', 'rejected', 'documented', parameters),
  'value.const': row('wechat', 'rejected', 'documented', parameters),
  'value.phrase': row('wechat', 'rejected', 'documented', reports),
  'value.name': row('wechat', 'rejected', 'assumed', subscriptions),
  'value.number': row('wechat', 'rejected', 'assumed', subscriptions),
  'value.letter': row('wechat', 'rejected', 'assumed', subscriptions),
  'value.symbol': row('wechat', 'rejected', 'assumed', subscriptions),
  'value.remark': row('wechat', 'rejected', 'documented', reports),
  'value.folded': row('wechat', 'cut', 'documented', notice),
  'value.line_break': row('wechat', 'cut', 'documented', notice),
  'value.emoji': row('wechat', 'cut', 'reported', notice),
  'value.blank': row('wechat', 'risk', 'assumed', inference),
  'line.hidden': row('wechat', 'ignored', 'documented', notice),
  'sms.signature': row('sms', 'risk', 'documented', providers),
  'sms.pattern': row('sms', 'risk', 'documented', providers),
  'sms.link': row('sms', 'risk', 'documented', providers),
  'sms.number': row('sms', 'risk', 'documented', providers),
  'sms.parts': row('sms', 'risk', 'documented', providers),
  'sms.night': row('sms', 'risk', 'reported', provider),
  'sms.repeated': row('sms', 'risk', 'documented', providers),
}
