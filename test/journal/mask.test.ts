import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maskBody,
  maskEmail,
  maskField,
  maskHeaders,
  maskMobile,
  maskSecretFields,
  maskText,
  maskUrl,
} from '../../src/journal/mask.ts'
import { readMobile } from '../../src/tupu/mobile.ts'

const hide = { reveal: false }
const reveal = { reveal: true }

const mobiles: { spelled: string; mobile: string | null; what: string }[] = JSON.parse(
  readFileSync(new URL('../cases/mobiles.json', import.meta.url), 'utf8'),
)

describe('maskMobile', () => {
  it.each([
    { mobile: '+8613800138000', shown: '138****8000' },
    { mobile: '+8619900043004', shown: '199****3004' },
    { mobile: '13800138000', shown: '138****8000' },
    { mobile: '+85291234567', shown: '+852****4567' },
    { mobile: '+85366123456', shown: '+853****3456' },
    { mobile: '+12025550123', shown: '+1****0123' },
    { mobile: '+447400123456', shown: '+44****3456' },
    { mobile: '+6834002', shown: '+683****02' },
    { mobile: '91234567', shown: '****4567' },
    { mobile: '1234567', shown: '****67' },
    { mobile: '', shown: '****' },
    { mobile: '+13802138000', shown: '+1****8000' },
    { mobile: '(+852) 9123 4567', shown: '+852****4567' },
    { mobile: '00852 9123 4567', shown: '+852****4567' },
    { mobile: '\u202a+852\u00ad91234567', shown: '+852****4567' },
    { mobile: '＋852 91234567', shown: '+852****4567' },
  ])('shows $mobile as $shown', ({ mobile, shown }) => {
    expect(maskMobile(mobile)).toBe(shown)
  })
})

describe('maskEmail', () => {
  it.each([
    { email: 'w@example.com', shown: 'w***@example.com' },
    { email: 'wang.xiaoyu+hr@mail.example.com', shown: 'w***@mail.example.com' },
    { email: '王小雨@例子.公司', shown: '王***@例子.公司' },
    { email: '𠀀x@example.com', shown: '𠀀***@example.com' },
    { email: '"a@b"@example.com', shown: '"***@example.com' },
    { email: 'w***@example.com', shown: 'w***@example.com' },
    { email: 'nothing', shown: '***' },
  ])('shows $email as $shown', ({ email, shown }) => {
    expect(maskEmail(email)).toBe(shown)
  })
})

describe('maskText', () => {
  it.each([
    ['请致电13800138000，或写信到w@example.com。', '请致电138****8000，或写信到w***@example.com。'],
    ['Tel13800138000', 'Tel138****8000'],
    ['mobile_13800138000', 'mobile_138****8000'],
    ['13800138000x5', '138****8000x5'],
    ['13800138000/13900139000', '138****8000/139****9000'],
    ['13800138000 13900139000', '138****8000 139****9000'],
    ['2026-01-05 13800138000 15', '2026-01-05 138****8000 15'],
    ['手机 138-0013-8000 转 5', '手机 138****8000 转 5'],
    ['139/0013/9001', '139****9001'],
    ['+86 139/0013/9001 / 138·0013·8000', '139****9001 / 138****8000'],
    ['x=139%2F0013%2F9001', 'x=139****9001'],
    ['tel:+8613800138000', 'tel:138****8000'],
    ['+852 9123 4567 / +853 6612 3456', '+852****4567 / +853****3456'],
    ['00852 91234567', '+852****4567'],
    ['+85291234567 2026-01-05', '+852****4567 2026-01-05'],
    ['mobile=%2B8613800138000&x=1', 'mobile=138****8000&x=1'],
    ['mobile=%2B85291234567', 'mobile=%2B852****4567'],
    ['mobile=+8613800138000', 'mobile=138****8000'],
    ['mobile=138+0013+8000&x', 'mobile=138****8000&x'],
    ['mobile=138%200013%208000', 'mobile=138****8000'],
    ['q=%EF%BC%91%EF%BC%93%EF%BC%98%EF%BC%90%EF%BC%90138000', 'q=138****8000'],
    ['x=%252B8613800138000', 'x=138****8000'],
    ['x=%252B85291234567', 'x=%252B852****4567'],
    ['(13800138000) **13800138000**', '(138****8000) **138****8000**'],
    ['(+852) 9123 4567', '+852****4567'],
    ['(+86) 138 0013 8000', '138****8000'],
    ['100%13800138000', '100%138****8000'],
    ['%2513800138000%', '%25138****8000%25'],
    ['%CD%F5%3A13800138000', '%CD%F5%3A138****8000'],
    ['mail=w%40example.com', 'mail=w***%40example.com'],
    ['wang%2Bhr@example.com', 'w***@example.com'],
    ['root@localhost and w@[127.0.0.1]', 'r***@localhost and w***@[127.0.0.1]'],
    ['邮箱王小雨@例子.公司', '邮***@例子.公司'],
    ['ｗ＠example.com', 'ｗ***＠example.com'],
    [
      '{"mobile":"13800138000","email":"w@example.com"}',
      '{"mobile":"138****8000","email":"w***@example.com"}',
    ],
  ])('shows %s as %s', (text, shown) => {
    expect(maskText(text)).toBe(shown)
  })

  it.each([
    '4795131072512000064',
    '1767574800',
    '1767574800123',
    '1767574800.1',
    '2026-01-05T01:00:00.000Z',
    '2026年1月5日 09:00',
    '138/2026/0105',
    '2026/0105/1380',
    '/files/138/0013/8000',
    '138/0013/8000/1',
    '1138/0013/8000',
    '138/0013/80001',
    '139/0013·9001',
    '0039 2026-01-05',
    '852 9765 4321',
    '192.168.10.123',
    '10.0.0.1:13800',
    'oABCD13800138000_-xyz12345678',
    'f3a13800138000bc9e1d77a1b2c3d4e5',
    '12345678-1380-4138-8000-123456789012',
    'a1380013-8000-4abc-8000-123456789012',
    '3378c4b3-6b08-4b10-bdb7-017996824629',
    '175e72ab-0163-4377-8735-f423e3c3d31e',
    'fe18756009180ddb',
    'wxad14566559825aed',
    'bc861984-9699802c-2e02333c',
    'wx1234567890abcdef',
    'acme-7f3k2m9q',
    'P14D PT5S',
    'tupu-sdk@1.2.3',
    'errcode 43004, rid: 65a1b2c3-12345678-1a2b3c4d',
    '138****8000',
    '+852****4567',
    'w***@example.com',
    '100% sure',
  ])('leaves %s alone', (text) => {
    expect(maskText(text)).toBe(text)
  })

  it.each(mobiles.filter(({ mobile }) => mobile !== null))(
    'hides $spelled ($what)',
    ({ spelled, mobile }) => {
      const shown = maskMobile(mobile ?? '')
      expect(seen(maskText(spelled))).toBe(shown)
      expect(maskText(`手机：${spelled}，请保存`)).toContain(shown)
      const encoded = maskText(`mobile=${encodeURIComponent(spelled.trim())}&a=1`)
      expect(seen(decodeURIComponent(encoded))).toBe(`mobile=${shown}&a=1`)
    },
  )

  it('hides all of a list of numbers and addresses, and changes nothing when it masks again', () => {
    const part = fc.constantFrom(
      '13800138000',
      '+86 138 0013 8000',
      '0086-138-0013-8000',
      '１３８００１３８０００',
      '%2B8613800138000',
      '+852 9123 4567',
      'w@example.com',
      '王@例子.公司',
      'w%40example.com',
    )
    const sign = fc.constantFrom(', ', '；', '\n', '&a=', ' / ', '字', ' = ', '"', ':', '#', '。')
    const list = fc
      .array(fc.tuple(part, sign), { maxLength: 8 })
      .map((items) => items.flat().join(''))
    fc.assert(
      fc.property(list, (sent) => {
        const once = maskText(sent)
        expect(once).not.toMatch(/0013|００１３|9123|(^|[^*])(@|%40)/)
        expect(maskText(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('maskBody on JSON', () => {
  it.each([
    'secret',
    'app_secret',
    'appsecret',
    'AppSecret',
    'client_secret',
    'partner_secret',
    'access_token',
    'refresh_token',
    'control_token',
    'csrf_token',
    'token',
    'Token',
    'ticket',
    'code',
    'aes_key',
    'EncodingAESKey',
    'encoding_aes_key',
    'signature',
    'msg_signature',
    'MsgSignature',
    'authorization',
    'X-Tupu-Signature',
    'api_key',
    'session_key',
    'password',
  ])('hides %s, revealed or not', (key) => {
    const body = JSON.stringify({ a: 1, [key]: 'hunter2', b: { [key]: 'hunter2' } })
    const shown = JSON.stringify({ a: 1, [key]: '***', b: { [key]: '***' } })
    expect(maskBody(body, hide)).toBe(shown)
    expect(maskBody(body, reveal)).toBe(shown)
    expect(maskSecretFields(body)).toBe(shown)
  })

  it.each([
    ['a return code', '{"code":43004,"errcode":40029}'],
    ['a code of the system', '[{"code":"ECONNREFUSED"},{"code":"SQLITE_BUSY"},{"code":"ERR_X"}]'],
    [
      'a secret that is missing',
      '{"partner_secret":null,"secret":"","has_token":true,"token":false}',
    ],
    [
      'names that only begin like secrets',
      '{"token_expires_at":7200,"grant_type":"refresh_token","encode":"x"}',
    ],
    ['the name of a person', '{"name":"王小雨","openid":"oABCD13800138000_-xyz12345678"}'],
    ['a page of a phone', '{"phone_url":"http://localhost:8878/w/ci-7/phone/li"}'],
    ['numbers of other kinds', '[1767574800,1767574800123,13800138000.5,-13800138000,1e10]'],
  ])('leaves %s alone', (_, body) => {
    expect(maskBody(body, hide)).toBe(body)
  })

  it('keeps digits, order, blanks and double keys as they were sent', () => {
    const body = ` { "b" : 4795131072512000064, "2":1.0, "1":1E+2 ,"b":-0.10, "__proto__":{"a":[ ]},
      "text":"\\u4f60\\/\\n", "mobile" : "13800138000" } `
    expect(maskBody(body, hide)).toBe(body.replace('13800138000', '138****8000'))
    expect(maskBody(body, reveal)).toBe(body)
  })

  it('hides mobiles and e-mail addresses wherever they stand', () => {
    const body =
      '{"mobile":"138 0013 8000","data":{"first":{"value":"找13900139000"}},"list":["w@example.com"],"13700137000":1}'
    expect(maskBody(body, hide)).toBe(
      '{"mobile":"138****8000","data":{"first":{"value":"找139****9000"}},"list":["w***@example.com"],"137****7000":1}',
    )
    expect(maskBody(body, reveal)).toBe(body)
  })

  it('sees through the escapes of JSON', () => {
    const escaped = '{"s\\u0065cret":"x","a":"\\u00313800138000","b":"w\\u0040example.com"}'
    expect(maskBody(escaped, hide)).toBe(
      '{"s\\u0065cret":"***","a":"138****8000","b":"w***@example.com"}',
    )
  })

  it('hides a mobile that came as a number', () => {
    expect(maskBody('{"mobile":13800138000,"n":[8613800138000]}', hide)).toBe(
      '{"mobile":"138****8000","n":["138****8000"]}',
    )
  })

  it('hides what stands in a field for mobiles or addresses, also if it is none', () => {
    const body =
      '{"mobile":"91234567","phone":1234567,"email":"王x@localhost","tel":["1380013800"]}'
    expect(maskBody(body, hide)).toBe(
      '{"mobile":"****4567","phone":"****67","email":"王***@localhost","tel":["****3800"]}',
    )
    expect(maskBody('{"mobile":"abc","email":""}', hide)).toBe('{"mobile":"abc","email":""}')
  })

  it('hides whatever reads as a mobile in a field for one, as a number of its country', () => {
    const signs = [...' -.()[]/~\t\u3000\u2013\u200b\u202a']
    const gap = fc.string({ unit: fc.constantFrom(...signs), maxLength: 3 })
    const number = fc.constantFrom(
      '86 13800138009',
      '852 51234567',
      '1 2025550123',
      '44 7400123456',
    )
    const lead = fc.constantFrom('+', '00', '＋', '(+', '(00', '+(', '[+', '（＋')
    const spelled = fc.tuple(lead, number, gap, gap, gap, gap).map(([first, of, ...gaps]) => {
      const [code = '', rest = ''] = of.split(' ')
      const parts = [first, code, rest.slice(0, 3), rest.slice(3, 7), rest.slice(7)]
      return parts.map((part, i) => (i > 0 ? (gaps[i - 1] ?? '') + part : part)).join('')
    })
    fc.assert(
      fc.property(spelled, (mobile) => {
        const read = readMobile(mobile)
        fc.pre(read !== undefined)
        const shown = JSON.parse(maskBody(JSON.stringify({ mobile }), hide))
        expect(shown).toEqual({ mobile: maskMobile(read ?? '') })
      }),
      { numRuns: 1000, maxSkipsPerRun: 1000 },
    )
  })

  it('hides what has a word beside it there, too', () => {
    expect(maskBody('{"mobile":"a1380013800","tel":"转 1380013800"}', hide)).toBe(
      '{"mobile":"****3800","tel":"****3800"}',
    )
  })

  it('hides everything below a secret name, and nothing below an object named code', () => {
    const body = '{"token":{"value":"x","n":[1,"y"]},"code":{"value":"x"},"tail":"z"}'
    expect(maskBody(body, hide)).toBe(
      '{"token":{"value":"***","n":["***","***"]},"code":{"value":"x"},"tail":"z"}',
    )
  })

  it('hides secrets in texts inside: addresses, forms, JSON in a string', () => {
    const inner = JSON.stringify({ secret: 'x', n: 4795131072512000064n.toString() })
    const body = JSON.stringify({
      url: 'https://hr.example.com/cb?code=abc&state=s&mobile=13800138000',
      form: 'grant_type=client_credential&secret=abc',
      inner,
    })
    expect(JSON.parse(maskBody(body, hide))).toEqual({
      url: 'https://hr.example.com/cb?code=***&state=***&mobile=138****8000',
      form: 'grant_type=client_credential&secret=***',
      inner: inner.replace('"x"', '"***"'),
    })
  })

  it('keeps the shape of any JSON, and masks it only once', () => {
    const key = fc.constantFrom('a', 'mobile', 'email', 'code', 'b', '13800138000', 'x"y\\')
    const leaf = fc.oneof(
      fc.constantFrom(
        '13800138000',
        'w@example.com',
        'x',
        '{"a":1}',
        '+85291234567',
        'a=b&secret=c',
      ),
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false),
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        leaf,
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree')),
      ),
    }))
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2), (value, indent) => {
        const body = JSON.stringify([value], null, indent)
        const shown = maskBody(body, hide)
        expect(shape(JSON.parse(shown))).toEqual(shape(JSON.parse(body)))
        expect(shown).not.toContain('13800138000')
        expect(shown).not.toContain('w@example.com')
        expect(maskBody(shown, hide)).toBe(shown)
      }),
      { numRuns: 500 },
    )
  })
})

describe('maskBody on other bodies', () => {
  it.each([
    ['a form', 'appid=wx1&secret=abc&code=123456&x=', 'appid=wx1&secret=***&code=***&x='],
    ['a form with blanks', 'name=Li+Lei&mobile=138+0013+8000', 'name=Li+Lei&mobile=138****8000'],
    [
      'an encoded form',
      'mobile=%2B85291234567&email=w%40example.com',
      'mobile=%2B852****4567&email=w***%40example.com',
    ],
    [
      'the form of a page',
      'name=%E7%8E%8B%E5%B0%8F%E9%9B%A8&region=CN&mobile=138-0013-8000&email=w%40example.com&csrf=abc&consent=yes',
      'name=%E7%8E%8B%E5%B0%8F%E9%9B%A8&region=CN&mobile=138****8000&email=w***%40example.com&csrf=***&consent=yes',
    ],
    ['a form with a bare plus', 'mobile=+85291234567', 'mobile=****4567'],
    ['an encoded key', 'app%5Fsecret=abc', 'app%5Fsecret=***'],
    [
      'XML',
      '<xml><ToUserName>gh_1</ToUserName><Ticket><![CDATA[abc]]></Ticket><Tel>13800138000</Tel></xml>',
      '<xml><ToUserName>gh_1</ToUserName><Ticket><![CDATA[***]]></Ticket><Tel>138****8000</Tel></xml>',
    ],
    [
      'XML of a signed message',
      '<MsgSignature>abc</MsgSignature>',
      '<MsgSignature>***</MsgSignature>',
    ],
    [
      'a page',
      '<input type="hidden" name="csrf_token" value="abc"><input name="name" value="王"><code>x</code>',
      '<input type="hidden" name="csrf_token" value="***"><input name="name" value="王"><code>x</code>',
    ],
    [
      'broken JSON',
      '{"secret":"abc","mobile":"13800138000',
      '{"secret":"***","mobile":"138****8000',
    ],
    ['a line of a log', 'Authorization: Bearer abc.def, code=12', 'Authorization: ***, code=12'],
    [
      'an address in prose',
      'see https://me:pw@x.test/a?token=abc now',
      'see https://***@x.test/a?token=*** now',
    ],
    ['nothing', '', ''],
    ['a bare mobile', '13800138000', '138****8000'],
    ['base64', 'YWJj==', 'YWJj=='],
  ])('masks %s', (_, body, shown) => {
    expect(maskBody(body, hide)).toBe(shown)
  })

  it('reveals mobiles and addresses, never secrets', () => {
    const body = 'mobile=%2B8613800138000&email=w@example.com&secret=abc'
    expect(maskBody(body, reveal)).toBe('mobile=%2B8613800138000&email=w@example.com&secret=***')
    expect(maskBody('call 13800138000, token=abc', reveal)).toBe('call 13800138000, token=***')
  })
})

describe('maskUrl', () => {
  it.each([
    [
      '/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=abc',
      '/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=***',
    ],
    [
      '/cgi-bin/message/template/send?access_token=abc',
      '/cgi-bin/message/template/send?access_token=***',
    ],
    ['/cb?code=123456&state=s#wechat_redirect', '/cb?code=***&state=***#wechat_redirect'],
    ['/cb?state=s&code=authdeny', '/cb?state=***&code=***'],
    ['/cb?code=1&state=', '/cb?code=***&state='],
    [
      '/connect/oauth2/authorize?appid=wx1&redirect_uri=x&response_type=code&scope=snsapi_base&state=s#wechat_redirect',
      '/connect/oauth2/authorize?appid=wx1&redirect_uri=x&response_type=code&scope=snsapi_base&state=***#wechat_redirect',
    ],
    ['/messages?state=delivered&account=acme', '/messages?state=delivered&account=acme'],
    ['/people?mobile=%2B8613800138000', '/people?mobile=138****8000'],
    [
      '/people?mobile=138%200013%208000&email=w@example.com',
      '/people?mobile=138****8000&email=w***@example.com',
    ],
    ['/people/13800138000?a', '/people/138****8000?a'],
    ['https://me:pw@hr.example.com/a?b=1', 'https://***@hr.example.com/a?b=1'],
    ['/x#access_token=abc&n=1', '/x#access_token=***&n=1'],
    ['/x?a=%zz&secret=%zz', '/x?a=%zz&secret=***'],
    ['/x?&&=&a==b', '/x?&&=&a==b'],
    ['', ''],
  ])('shows %s as %s', (url, shown) => {
    expect(maskUrl(url, hide)).toBe(shown)
  })

  it('masks addresses inside addresses', () => {
    const inner = 'https://hr.example.com/cb?code=abc&mobile=13800138000'
    const url = `/connect/oauth2/authorize?appid=wx1&redirect_uri=${encodeURIComponent(inner)}&state=1`
    const shown = maskUrl(url, hide)
    expect(new URL(shown, 'http://localhost').searchParams.get('redirect_uri')).toBe(
      'https://hr.example.com/cb?code=***&mobile=138****8000',
    )
    expect(maskUrl(url, reveal)).toContain(encodeURIComponent('mobile=13800138000'))
    expect(maskUrl(url, reveal)).not.toContain('abc')
  })

  it('reveals mobiles and addresses, never secrets', () => {
    expect(maskUrl('/x/13800138000?email=w%40example.com&code=abc', reveal)).toBe(
      '/x/13800138000?email=w%40example.com&code=***',
    )
  })

  it('hides whole what is nested without end', () => {
    const url = 'http://a?u='.repeat(90_000)
    expect(maskUrl(`${url}13800138000`, hide)).toMatch(/^http:\/\/a\?u=.*\*\*\*$/)
  })

  it('leaves any address without secrets and people as it was', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        fc.pre(!/\d{7}|@|%40/.test(url))
        expect(maskUrl(url, hide)).toBe(url)
      }),
    )
  })
})

describe('maskHeaders', () => {
  it('hides credentials, cookies and signatures, and keeps the rest', () => {
    const headers = {
      Authorization: 'Bearer abc',
      'x-tupu-signature': 'sha256=abc',
      'x-tupu-timestamp': '1767574800',
      'x-sim-control-token': 'abc',
      cookie: 'session=abc; phone=li==; bare',
      'set-cookie': ['session=abc; Path=/as/li; HttpOnly', 'b=c'],
      location: '/cb?code=abc&state=s',
      referer: 'http://localhost:8878/people?mobile=13800138000',
      'x-forwarded-for': '192.168.10.123',
      'x-note': 'ask w@example.com',
      'content-type': 'application/json; charset=utf-8',
      missing: undefined,
    }
    expect(maskHeaders(headers, hide)).toEqual({
      Authorization: '***',
      'x-tupu-signature': '***',
      'x-tupu-timestamp': '1767574800',
      'x-sim-control-token': '***',
      cookie: 'session=***; phone=***; ***',
      'set-cookie': ['session=***; Path=/as/li; HttpOnly', 'b=***'],
      location: '/cb?code=***&state=***',
      referer: 'http://localhost:8878/people?mobile=138****8000',
      'x-forwarded-for': '192.168.10.123',
      'x-note': 'ask w***@example.com',
      'content-type': 'application/json; charset=utf-8',
    })
    expect(maskHeaders(headers, reveal)).toMatchObject({
      Authorization: '***',
      referer: headers.referer,
      'x-note': headers['x-note'],
    })
  })
})

/** Signs around a number stay, and nobody sees them. */
const seen = (text: string) => text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').trim()

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value !== 'object' || value === null)
    return typeof value === 'boolean' ? value : 'leaf'
  return Object.entries(value).map(([key, inner]) => [maskText(key), shape(inner)])
}

it('masks a value as it masks its text', () => {
  const text = fc.array(
    fc.constantFrom(
      '13800138000',
      '138 0013',
      '１',
      '+852',
      '@',
      'w',
      'x.cn',
      '"',
      '\\',
      '%',
      '年',
      '\u200b',
    ),
    { maxLength: 8 },
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text.map((parts) => parts.join('')),
      fc.constantFrom(13800138000, 8613800138000, 1e21, -1, null, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'mobile',
          'email',
          'token',
          'code',
          'state',
          'a',
          '1',
          '__proto__',
          '13800138000',
        ),
        tie('value'),
        { maxKeys: 4 },
      ),
    ),
  }))
  fc.assert(
    fc.property(value, fc.boolean(), (value, reveal) => {
      const masked = JSON.parse(maskBody(JSON.stringify([value]), { reveal }))
      expect(JSON.stringify(maskField('', [value], { reveal }))).toBe(JSON.stringify(masked))
    }),
  )
})
