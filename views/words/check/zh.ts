import type { CheckWords } from './en.ts'

export const zhCheck: CheckWords = {
  severities: { rejected: '拒绝', cut: '截断', ignored: '不显示', risk: '风险' },
  channels: { tupu: 'TUPU', wechat: '微信', sms: '短信' },
  rules: {
    'message.folded': '消息中的换行和制表符会变成空格：手机上只显示一行。',
    'message.link': '链接 {value} 在微信中只是文字，点不开；请改用 `url` 传递。',
    'text.contact': '{name} 中有明文的手机号或邮箱地址，看到手机的人都能看到。',
    'text.identity': '{name} 中有明文的身份证号码。',
    'url.address': '{value} 不是 http 或 https 地址，点消息打不开页面。',
    'url.oauth_domain':
      '{value} 的域名不在网页授权域名（{expected}）之内：该页面识别用户时会得到错误 10003。',
    'url.js_domain':
      '{value} 的域名不在 JS 接口安全域名（{expected}）之内：页面上的 `wx.config` 会失败。',
    'value.empty': '{name} 没有可见的内容，微信会拒绝没有值的类型化关键词。',
    'value.control': '{name} 中不允许有换行和控制字符。',
    'value.thing': '“{value}”不符合 {name} 的要求：最多 20 个字符。',
    'value.short_thing': '“{value}”不符合 {name} 的要求：最多 5 个字符。',
    'value.character_string':
      '“{value}”不符合 {name} 的要求：最多 32 个数字、拉丁字母和 ASCII 符号，不能有中文。',
    'value.time':
      '“{value}”不符合 {name} 的要求：24 小时制的时间，如 15:01，前面可以有日期；时间段用半角 ~ 连接。',
    'value.date': '“{value}”不符合 {name} 的要求：日期，如 2026-01-05，后面可以有时间。',
    'value.amount':
      '“{value}”不符合 {name} 的要求：最多一个货币符号、最多 12 位数字，可有小数，末尾可有“元”。',
    'value.phone_number': '“{value}”不符合 {name} 的要求：最多 17 个数字和符号。',
    'value.car_number':
      '“{value}”不符合 {name} 的要求：最多 8 个字符，只有第一个和最后一个可以是汉字。',
    'value.const': '“{value}”不符合 {name} 的要求：只能是随模板核准的值，或为空。',
    'value.phrase': '“{value}”不符合 {name} 的要求：最多 5 个汉字，不能有其他字符。',
    'value.name': '“{value}”不符合 {name} 的要求：最多 10 个汉字，或 20 个拉丁字母和符号。',
    'value.number': '“{value}”不符合 {name} 的要求：最多 32 位数字，可有小数。',
    'value.letter': '“{value}”不符合 {name} 的要求：最多 32 个拉丁字母。',
    'value.symbol': '“{value}”不符合 {name} 的要求：最多 5 个符号。',
    'value.remark': '微信拒绝 {name} 的任何值：这类关键词已不能发送。',
    'value.folded': '微信只显示 {name} 的前 20 个字符，其余为“…”。',
    'value.line_break': '{name} 中第一个换行之后的内容会丢失。',
    'value.emoji': '{name} 中的表情符号不会显示。',
    'value.blank': '模板中“{label}”这一行没有值。',
    'line.hidden': '手机上不显示 {name}：自 2023 年 5 月 4 日起，微信不再显示模板的首行和备注。',
    'message.total': '消息连同各行共 {value} 个字符；超过 200 个字符的曾被截断。',
    'sms.signature': '短信必须以已报备的签名开头，放在【】中，2 到 8 个字符。',
    'sms.pattern': '没有事先向运营商报备模板的短信会被拦截。',
    'sms.link': '带链接（{value}）的短信会被拦截，或风险很高。',
    'sms.number': '带电话号码（{value}）的短信会被拦截，或风险很高。',
    'sms.parts': '这段文字要占 {value} 条短信：单条 70 个字符，拼接时每条 67 个。',
    'sms.night': '北京时间现在是 {value}：23:00 到 7:00 运营商限制发送短信。',
    'sms.repeated': '今天同样的内容已向该手机号发送 {value} 次：第三次不会送达。',
  },
}
