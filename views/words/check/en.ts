/** What a check of a message can find: `{name}` is a keyword of the template, `{value}` what would stand there. */
export const enCheck = {
  severities: {
    rejected: 'Refused',
    cut: 'Cut',
    ignored: 'Not shown',
    risk: 'Risk',
  },
  channels: { tupu: 'TUPU', wechat: 'WeChat', sms: 'SMS' },
  rules: {
    'message.folded':
      'Line breaks and tabs in the message become spaces: the phone shows a single line.',
    'message.link':
      'WeChat shows the link {value} as plain text that cannot be tapped. Send it as `url` instead.',
    'text.contact':
      '{name} contains a mobile number or an email address in plain text, visible to anyone who sees the phone.',
    'text.identity': '{name} contains an identity card number in plain text.',
    'url.address': '{value} is not an http or https address, so tapping the message opens no page.',
    'url.oauth_domain':
      'The host of {value} is not one of the web OAuth domains ({expected}): a page there that requests authorization gets error 10003.',
    'url.js_domain':
      'The host of {value} is not one of the JS-SDK domains ({expected}): `wx.config` fails on that page.',
    'value.empty': '{name} is blank, and WeChat refuses a typed keyword without a value.',
    'value.control': 'Line breaks and control characters are not allowed in {name}.',
    'value.thing': '“{value}” does not fit {name}: at most 20 characters.',
    'value.short_thing': '“{value}” does not fit {name}: at most 5 characters.',
    'value.character_string':
      '“{value}” does not fit {name}: at most 32 digits, Latin letters and ASCII symbols, no Chinese.',
    'value.time':
      '“{value}” does not fit {name}: a 24-hour time such as 15:01, optionally after a date; a range is joined by an ASCII ~.',
    'value.date':
      '“{value}” does not fit {name}: a date such as 2026-01-05, optionally followed by a time.',
    'value.amount':
      '“{value}” does not fit {name}: an optional currency sign, at most 12 digits, decimals, and an optional 元 at the end.',
    'value.phone_number': '“{value}” does not fit {name}: at most 17 digits and symbols.',
    'value.car_number':
      '“{value}” does not fit {name}: at most 8 characters; only the first and the last may be Chinese.',
    'value.const':
      '“{value}” does not fit {name}: only a value approved with the template, or an empty one.',
    'value.phrase':
      '“{value}” does not fit {name}: at most 5 Chinese characters, and no other characters.',
    'value.name':
      '“{value}” does not fit {name}: at most 10 Chinese characters, or 20 Latin letters and symbols.',
    'value.number': '“{value}” does not fit {name}: at most 32 digits, optionally with decimals.',
    'value.letter': '“{value}” does not fit {name}: at most 32 Latin letters.',
    'value.symbol': '“{value}” does not fit {name}: at most 5 symbols.',
    'value.remark':
      'WeChat refuses every value of {name}: a keyword of this kind can no longer be sent.',
    'value.folded':
      'WeChat shows only the first 20 characters of {name}, with an ellipsis at the end.',
    'value.line_break': 'Everything after the first line break in {name} is lost.',
    'value.emoji': 'Emoji in {name} are not shown.',
    'value.blank': 'The template line “{label}” has no value.',
    'line.hidden':
      'The phone does not show {name}: since 4 May 2023, WeChat omits the first line and the remark of a template.',
    'message.total':
      'The message has {value} characters across all lines. Messages over 200 have been seen to be cut.',
    'sms.signature': 'An SMS must begin with a registered signature of 2 to 8 characters in 【】.',
    'sms.pattern': 'Carriers block an SMS whose text pattern was not registered with them.',
    'sms.link': 'An SMS with a link ({value}) is blocked or at high risk.',
    'sms.number': 'An SMS with a phone number ({value}) is blocked or at high risk.',
    'sms.parts':
      'The text takes {value} SMS: a single one holds 70 characters, each part of a longer one 67.',
    'sms.night': 'It is {value} in Beijing: carriers throttle SMS from 23:00 to 7:00.',
    'sms.repeated':
      'The same text has been sent to this mobile {value} times today. A third SMS is not delivered.',
  },
}

export type CheckWords = typeof enCheck
