/** What a check of a message can find: `{name}` is a keyword of the template, `{value}` what would stand there. */
export const enCheck = {
  severities: {
    rejected: 'refused',
    cut: 'cut',
    ignored: 'not shown',
    risk: 'risk',
  },
  channels: { tupu: 'TUPU', wechat: 'WeChat', sms: 'SMS' },
  rules: {
    'message.folded':
      'Line breaks and tabs of the message become blanks: the phone shows a single line.',
    'message.link':
      'WeChat shows the link {value} as text that nobody can tap; give it as `url` instead.',
    'text.contact':
      'A mobile number or an email address stands in plain text in {name}, where everybody sees it who looks at the phone.',
    'text.identity': 'A number of an identity card stands in plain text in {name}.',
    'url.address': '{value} is no http or https address, and a tap on the message opens no page.',
    'url.oauth_domain':
      'The host of {value} is not among the domains for web OAuth ({expected}): a page there that asks who opened it gets error 10003.',
    'url.js_domain':
      'The host of {value} is not among the domains for the JS-SDK ({expected}): `wx.config` fails on that page.',
    'value.empty':
      'Nothing visible stands in {name}, and WeChat refuses a typed keyword without a value.',
    'value.control': 'Line breaks and control characters are not allowed in {name}.',
    'value.thing': '“{value}” does not fit {name}: at most 20 characters.',
    'value.short_thing': '“{value}” does not fit {name}: at most 5 characters.',
    'value.character_string':
      '“{value}” does not fit {name}: at most 32 digits, Latin letters and ASCII symbols, no Chinese.',
    'value.time':
      '“{value}” does not fit {name}: a time of 24 hours such as 15:01, with a date before it if you like; a range is joined by an ASCII ~.',
    'value.date':
      '“{value}” does not fit {name}: a date such as 2026-01-05, with a time behind it if you like.',
    'value.amount':
      '“{value}” does not fit {name}: one currency sign if any, at most 12 digits, decimals, and 元 at the end if you like.',
    'value.phone_number': '“{value}” does not fit {name}: at most 17 digits and symbols.',
    'value.car_number':
      '“{value}” does not fit {name}: at most 8 characters; only the first and the last may be Chinese.',
    'value.const':
      '“{value}” does not fit {name}: only a value that was approved with the template, or an empty one.',
    'value.phrase': '“{value}” does not fit {name}: at most 5 Chinese characters, and no others.',
    'value.name':
      '“{value}” does not fit {name}: at most 10 Chinese characters, or 20 Latin letters and symbols.',
    'value.number': '“{value}” does not fit {name}: at most 32 digits, with decimals if you like.',
    'value.letter': '“{value}” does not fit {name}: at most 32 Latin letters.',
    'value.symbol': '“{value}” does not fit {name}: at most 5 symbols.',
    'value.remark':
      'WeChat refuses every value of {name}: a keyword of this kind cannot be sent any more.',
    'value.folded': 'WeChat shows the first 20 characters of {name} and … for the rest.',
    'value.line_break': 'What follows the first line break in {name} is lost.',
    'value.emoji': 'Emojis in {name} are not shown.',
    'value.blank': 'The line “{label}” of the template stays without a value.',
    'line.hidden':
      'The phone does not show {name}: since 4 May 2023 WeChat leaves out the first line and the remark of a template.',
    'message.total':
      'The message has {value} characters with all its lines; longer ones than 200 were seen cut.',
    'sms.signature': 'An SMS must begin with a registered signature of 2 to 8 characters in 【】.',
    'sms.pattern':
      'Carriers block an SMS whose pattern of text was not registered with them before.',
    'sms.link': 'An SMS with a link ({value}) is blocked or at high risk.',
    'sms.number': 'An SMS with a phone number ({value}) is blocked or at high risk.',
    'sms.parts': 'The text takes {value} SMS: of 70 characters alone, of 67 each when joined.',
    'sms.night': 'It is {value} in Beijing: carriers throttle SMS from 23:00 to 7:00.',
    'sms.repeated':
      'The same text went to this mobile {value} times today: a third one is not delivered.',
  },
}

export type CheckWords = typeof enCheck
