import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../src/config/document.ts'
import { shipped_profiles } from '../../src/tupu/profile/shipped.ts'
import { startSim } from '../sim.ts'
import { folderWith, runHere } from './in-process.ts'

const answer = (body: string, status = '200 OK') =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n\r\n${body}\n`

/** A call as a partner's documentation shows it, and what a profile drawn from it says. */
const recorded = [
  {
    what: 'a cURL command with its answer',
    text: `curl -i -X POST 'https://notify.example.com/gateway/v1/send?lang=zh' \\
  -H "Authorization: AccessKey s3cret" -H 'X-Idempotency-Key: order-17' \\
  --data-raw '{"tenantId":"acme-e1","receiver":{"contacts":[{"identifierValue":"+8613800138002"}]},
    "template":{"code":"welcome","variables":{"message":"欢迎加入","keyword2":"分公司"}}}'

${answer('{"code":0,"message":"ok","data":{"messageId":"479513107251","requestId":"7d3c-1","time":1767574800}}')}`,
    says: {
      base: '/gateway',
      authentication: { kind: 'key', header: 'authorization', scheme: 'AccessKey' },
      endpoints: {
        'message.send': {
          path: '/v1/send',
          fields: {
            eid: '/tenantId',
            mobile: { at: '/receiver/contacts/*/identifierValue', format: 'e164' },
            keywords: { at: '/template/variables', form: 'map', take: { message: 'message' } },
            client_msg_id: 'header:x-idempotency-key',
          },
          constants: { '/template/code': 'welcome', 'query:lang': 'zh' },
        },
      },
      answers: {
        success: {
          when: { '/code': [0] },
          body: {
            code: 0,
            message: '{errmsg}',
            data: { messageId: '{msgid_str}', requestId: '{request_id}', time: '{now:unix}' },
          },
        },
        refusal: { body: { code: '{errcode}' } },
      },
    },
    notes: ['/template/code', 'query:lang', 'host notify.example.com'],
  },
  {
    what: 'raw HTTP with a form that is signed',
    text: `POST /openapi/wx/template HTTP/1.1
Host: api.example.cn
Content-Type: application/x-www-form-urlencoded

app_id=acme-e1&phone=13800138002&content=hello&timestamp=20260105090000&nonce_str=abc&sign=0CC175B9C0F1B6A831C399E269772661`,
    says: {
      base: '/openapi',
      authentication: {
        kind: 'signed',
        algorithm: 'hmac-md5',
        encoding: 'HEX',
        at: '/sign',
        timestamp: { at: '/timestamp', format: 'digits' },
        nonce: { at: '/nonce_str' },
      },
      endpoints: {
        'message.send': {
          content: 'form',
          fields: {
            eid: '/app_id',
            mobile: { at: '/phone', format: 'national' },
            message: '/content',
          },
        },
      },
    },
    notes: ['what is signed', 'none was given'],
  },
  {
    what: 'a HAR with WeChat’s own shape and a refusal',
    text: JSON.stringify({
      log: {
        entries: [
          { request: { method: 'GET', url: 'https://x/' }, response: { status: 200 } },
          {
            request: {
              method: 'POST',
              url: 'https://api.example.com/v2/wechat/12345/messages',
              headers: [
                {
                  name: 'Authorization',
                  value: 'Basic YWNtZS1lMTo1ZWJlMjI5NGVjZDBlMGYwOGVhYjc2OTBkMmE2ZWU2OQ==',
                },
              ],
              postData: {
                text: JSON.stringify({
                  touser: '8613800138002',
                  data: { first: { value: '欢迎' }, keyword1: { value: '王' } },
                }),
              },
            },
            response: { status: 404, content: { text: '{"error":"unknown user"}' } },
          },
        ],
      },
    }),
    says: {
      base: '/v2',
      authentication: { kind: 'basic', password: 'md5' },
      endpoints: {
        'message.send': {
          fields: {
            eid: 'user',
            mobile: { at: '/touser', format: 'digits' },
            keywords: { at: '/data', form: 'wechat', take: { first: 'message' } },
          },
        },
      },
      answers: { refusal: { status: 404, body: { error: '{errmsg}' } } },
    },
    notes: ['12345 looks like an id', 'it is a refusal', 'md5 of the secret'],
  },
]

const parse = async (text: string) => (await readDocument(text, 'draft.yaml')).content

describe('tupu-sim profile record', () => {
  it.each(recorded)(
    'draws a profile from $what, and says what it could not map',
    async ({ text, says, notes }) => {
      const { code, stdout, stderr } = await runHere(['profile', 'record'], text)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(await parse(stdout)).toMatchObject(says)
      const comments = stdout
        .split('\n')
        .filter((line) => line.startsWith('#'))
        .join('\n')
      for (const note of notes) expect(comments).toContain(note)
      expect(stdout).not.toMatch(/s3cret|5ebe2294|YWNtZS1lMTo1/)
    },
  )

  it('draws one that takes the very call it was drawn from', async () => {
    const { stdout } = await runHere(['profile', 'record'], recorded[0]?.text)
    const file = join(folderWith({ 'draft.yaml': stdout }), 'draft.yaml')
    expect(await runHere(['profile', 'check', file])).toMatchObject({ code: 0 })
    const sim = await startSim({
      profiles: [await parse(stdout)],
      world: {
        accounts: [
          { key: 'acme', eid: 'acme-e1', profile: 'partner', partner_secret: 'generated' },
        ],
      },
    })
    const body = {
      tenantId: 'acme-e1',
      receiver: { contacts: [{ identifierValue: '+8613800138002' }] },
      template: { code: 'bye', variables: { message: '欢迎加入', keyword2: '分公司' } },
    }
    const headers = { Authorization: `AccessKey ${sim.acme.info.partner_secret}` }
    const sent = await sim.http('POST', '/gateway/v1/send?lang=en', body, headers)
    expect(sent).toMatchObject({ status: 200, json: { code: 0, message: 'ok' } })
    expect(await sim.wang.inbox()).toMatchObject([{ line: '欢迎加入' }])
  })

  it('reads the form of a HAR, an answer in base64, and a command of which a shell makes more', async () => {
    const params = [
      { name: 'eid', value: 'acme-e1' },
      { name: 'mobile', value: '13800138002' },
      { name: 'message', value: 'a&b' },
      { name: 'app_secret', value: 's3cret' },
    ]
    const base64 = Buffer.from('{"code":0}').toString('base64')
    const entry = {
      request: { method: 'POST', url: 'https://x.example/a/send', postData: { params } },
      response: { status: 200, content: { text: base64, encoding: 'base64' } },
    }
    const form = await runHere(['profile', 'record'], JSON.stringify({ log: { entries: [entry] } }))
    expect(await parse(form.stdout)).toMatchObject({
      endpoints: { 'message.send': { content: 'form', fields: { message: '/message' } } },
      answers: { success: { when: { '/code': [0] } } },
    })
    expect(form.stdout).toContain('/app_secret: it looks like a secret, and is left out')
    expect(form.stdout).not.toContain('s3cret')
    const command = `curl -A agent https://x.example/a/send -d '{"eid":' -H 'A: b' | jq . > out`
    const piped = await runHere(
      ['profile', 'record'],
      `${command}\n\nHTTP/1.1 200 OK\n\n<html></html>`,
    )
    for (const note of ['host x.example:', 'body: it is neither JSON', 'answers: a page of HTML'])
      expect(piped.stdout).toContain(note)
  })

  it.each([
    { text: 'curl "http://[bad" -d "{}"', says: 'its address is http://[bad, which is no address' },
    { text: `curl "https://x.example -d '{}'`, says: 'a quotation mark of the cURL command' },
    { text: 'curl https://x.example -F a=b', says: 'it sends files (-F)' },
    { text: 'curl -sS', says: 'the cURL command names no address' },
    { text: 'curl x.example --json @b.json', says: 'its body is in the file b.json' },
    {
      text: 'POST /send HTTP/1.1\nContent-Type: multipart/form-data; boundary=x\n\n--x--',
      says: 'its body is multipart/form-data',
    },
  ])('says of $text what it cannot read', async ({ text, says }) => {
    const { code, stdout, stderr } = await runHere(['profile', 'record'], text)
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`cannot be read: ${says}`),
    })
  })

  it.each(['', 'hello', '{"a":1}'])('says what it wants instead of %j', async (text) => {
    const { code, stderr } = await runHere(['profile', 'record'], text)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/cannot be read: .*(no cURL command|no HAR).*Give a request/s),
    })
  })
})

describe('tupu-sim profile check', () => {
  it('finds no fault in those that come with the package', async () => {
    const files = shipped_profiles.map((name) => `src/tupu/profile/partners/${name}.json`)
    const { code, stdout } = await runHere(['profile', 'check', ...files])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: files.map((file) => `${file} can be used\n`).join(''),
    })
  })

  it.each([
    {
      what: 'every field that is wrong, by its line and place',
      yaml: `name: Own
base: /own
authentication: { kind: basic, password: md4 }
endpoints:
  message.send:
    fields:
      mobile: { at: to.phone, format: intl }
      massage: /text
`,
      says: [
        'p.yaml:1 name: it cannot be used; give lower-case letters, digits and dashes',
        'p.yaml:3 authentication.password: it is "md4"; did you mean md5?',
        'p.yaml:7 endpoints.message.send.fields.mobile.at: it cannot be used; give a JSON pointer, query:name, header:name, user or host',
        'p.yaml:7 endpoints.message.send.fields.mobile.format: it is "intl"; give any or e164 or digits or national or openid',
        'p.yaml:8 endpoints.message.send.fields.massage: there is no such field; did you mean message?',
      ],
    },
    {
      what: 'what would work and not do what is meant',
      yaml: `profiles:
  - name: own
    base: /own
    endpoints:
      message.send: { fields: { eid: user } }
    answers:
      success: { body: { id: '{msgidstr}' } }
      refusal: { type: xml, body: { code: 1, text: no } }
      by_errcode:
        100011: { body: { id: null } }
    callback: { body: { to: '{mobile}' } }
  - bird
`,
      says: [
        'p.yaml:5 profiles.0.endpoints.message.send.fields.eid: no user authenticates by signature; name another place, or use basic or oauth2',
        'p.yaml:7 profiles.0.answers.success.body: {msgidstr} is not a known value; did you mean {msgid_str}?',
        expect.stringMatching(
          /^p\.yaml:7 .*answers\.success: a refusal of message\.send looks like a success: 100011; say by when/,
        ),
        expect.stringMatching(
          /^p\.yaml:7 .*: a refusal of registration\.query looks like a success/,
        ),
        'p.yaml:8 profiles.0.answers.refusal.body: XML has one root element; put everything into one member, which is the root',
        expect.stringMatching(
          /^p\.yaml:11 profiles\.0\.callback\.body: \{mobile\} is not a known value/,
        ),
      ],
    },
    {
      what: 'a hash that nobody’s secret is in, and a path without its field',
      yaml: `name: own
base: /own
authentication: { kind: signed, algorithm: md5, parts: [body], at: 'header:X-Sign' }
`,
      says: [
        'p.yaml:3 authentication.parts: it cannot be used; give the secret among the parts: a hash has no key',
      ],
    },
    {
      what: 'a name that no profile has',
      yaml: 'profiles: [bird, nobody]',
      says: [
        `p.yaml:1 profiles.1: no profile is called nobody; name one of ${shipped_profiles.join(', ')}, or write the profile itself`,
      ],
    },
    {
      what: 'an empty list',
      yaml: 'profiles: []',
      says: [
        'tupu-sim: p.yaml holds no profile: its list is empty. Write one, or name another file.',
      ],
    },
    {
      what: 'an address that is none, a word that is none, and texts that are cut too late',
      yaml: `name: own
base: /own
allowed_ips: [203.0.113.0/33]
duplicates: twice
endpoints:
  message.send: { fields: { message: { at: /text, max: 70, cut: 90 } } }
`,
      says: [
        'p.yaml:3 allowed_ips.0: it cannot be used; give an IP address, or a network such as 203.0.113.0/24',
        'p.yaml:4 duplicates: it is "twice"; give same_answer or refuse or send',
        'p.yaml:6 endpoints.message.send.fields.message.cut: it cannot be used; give no more than max, or than 200: what is cut would be refused still',
      ],
    },
    {
      what: 'an id of WeChat’s where a send is accepted before WeChat is asked',
      yaml: `name: own
base: /own
result: callback
answers: { success: { body: { id: '{msgid}' } } }
callback: { by_state: { accepted: { id: '{msgid_str}', code: '{errcodes}' } } }
`,
      says: [
        'p.yaml:4 answers.success.body: {msgid} is not known when a send is accepted first; use {msgid_str}, an id of the partner’s own',
        expect.stringMatching(/^p\.yaml:4 answers\.success: a refusal of message\.send looks like/),
        expect.stringMatching(/^p\.yaml:4 answers\.success: a refusal of registration\.query/),
        'p.yaml:5 callback.by_state: {errcodes} is not a known value; did you mean {errcode}?',
      ],
    },
    {
      what: 'two calls at one address',
      yaml: `name: own
base: /own
endpoints:
  message.get: { path: /messages, fields: { msgid: 'query:id' } }
`,
      says: [
        'p.yaml:4 endpoints.message.get: the partner profile own has message.find and message.get at one address, GET /messages; give each endpoint its own method or path',
      ],
    },
  ])('names $what', async ({ yaml, says }) => {
    const folder = folderWith({ 'p.yaml': yaml })
    const { code, stderr } = await runHere(['profile', 'check', join(folder, 'p.yaml')])
    expect(code).toBe(1)
    expect(stderr.replaceAll(`${folder}/`, '').trimEnd().split('\n')).toEqual(says)
  })

  it.each([
    { args: ['profile'], says: 'It is no call of tupu-sim profile.' },
    { args: ['profile', 'chekc'], says: '"chekc" is no call' },
    { args: ['profile', 'check'], says: 'There is no profile to check.' },
    { args: ['profile', 'check', '--all'], says: 'Flag --all is no call' },
    { args: ['profile', 'check', 'none.yaml'], says: 'none.yaml cannot be read' },
  ])('says how it is called: $args', async ({ args, says }) => {
    expect(await runHere(args)).toMatchObject({ code: 1, stderr: expect.stringContaining(says) })
  })
})
