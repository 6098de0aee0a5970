import { enTopics } from './en-topics.ts'

/** What the documentation says in English, besides its hand-written topics. */
export const enDocs = {
  lead: 'How to send, what to handle, and every call there is, with examples that work on this server as they stand.',
  contents: 'Contents',
  where: 'Where you are',
  onPage: 'On this page',
  groups: {
    begin: 'Begin',
    test: 'Test',
    understand: 'Understand',
    connect: 'Connect',
  },
  reference: 'Reference',
  allEndpoints: 'All endpoints',
  previous: 'Previous',
  next: 'Next',
  search: {
    label: 'Search the documentation',
    button: 'Search',
    example: '43004, client_msg_id …',
    hint: 'Endpoints, fields, codes, rules and topics, in English or Chinese: 43004, client_msg_id, 撤回.',
    title: 'Search: {query}',
    found: '{count} found',
    none: 'Nothing has all of these words. Try fewer, or the name of a field.',
    more: 'The best {shown} of {count}. More words find less.',
    whole: 'All of the documentation',
  },
  kinds: {
    topic: 'topic',
    outcome: 'outcome',
    drill: 'drill',
    endpoint: 'endpoint',
    field: 'field',
    code: 'code',
    problem: 'problem',
    rule: 'rule',
    setting: 'setting',
  },
  copy: 'Copy',
  copied: 'Copied',
  notes: {
    own: 'Examples call the world `{world}` on this server, as {company} with the EID `{eid}`.',
    none: 'The world `{world}` has no account that can send yet: examples show the values of another one.',
    signed:
      'The account has a partner secret: calls to the partner API must be signed, as `/docs/signature` shows.',
    token:
      'Others can reach this server: put its control token into `TUPU_SIM_CONTROL_TOKEN` before you paste.',
  },
  earlier: 'The example calls first',
  outcomes: {
    label: 'Outcomes, how to bring them about, and what a good platform does',
    outcome: 'Outcome',
    does: 'What a good platform does',
    magic: 'Magic mobile',
    fault: 'Fault',
    acts: {
      done: 'done',
      fall_back: 'fall back at once',
      retry: 'retry, then fall back',
      wait: 'wait, then decide',
      fix: 'fall back, and mend it',
    },
  },
  drills: {
    label: 'Drills, what a good platform does, and what the audit says of another',
    drill: 'Bad day',
    does: 'What a good platform does',
    audit: 'What the audit says of another',
    lasts: 'Lasts',
    audits: {
      wechat_busy:
        '`lost`: it takes -1 for the end and sends nothing else. `double`: it falls back, and then tries again.',
      partner_slow: '`double`: it takes silence for a no, and the message had been accepted.',
      answers_lost:
        '`double`: it takes a broken connection for a no. `lost`: it takes what it does not know for a yes.',
      template_taken: '`lost`: nothing replaces the message. `late`: somebody has to notice first.',
      quota_gone: '`lost`: it waits for the next day in silence. `double`: it falls back twice.',
      mass_unfollow:
        '`lost`: only a failed receipt makes it fall back. `double`: an SMS goes to those who still follow, too.',
      callbacks_twice: '`double`: each copy of a failed receipt makes it fall back again.',
      callbacks_swapped:
        '`lost` and `double`: it takes callbacks for those of its sends in turn, and serves the wrong person.',
      eid_rotated:
        '`lost`: 100001 stops the whole queue. `late`: it goes on only after somebody has mended it.',
      gateway_garbage: '`lost`: it takes 100032 for a yes, or does not fall back at all.',
    } as Readonly<Record<string, string>>,
  },
  settings: {
    label: 'Settings of the program',
    setting: 'Setting',
    file: 'In the file',
    usual: 'Default',
    commands: 'Of',
    meaning: 'Meaning',
  },
  codesLabel: 'Codes with text and meaning',
  rulesLabel: 'Rules of decisions',
  tupu: {
    title: 'Partner API',
    text: [
      'What the platform calls. Every business answer is HTTP 200 with `errcode` and `errmsg`; 0 means that WeChat accepted the message, anything else that the platform falls back to SMS or email: `/docs/handle`. WeChat’s refusals are passed on unchanged. `msgid` has 19 digits: where numbers are doubles, read `msgid_str`.',
    ],
  },
  wechat: {
    title: 'WeChat platform',
    text: [
      'What WeChat SDKs call, with the wire format of api.weixin.qq.com: HTTP 200, and for a refusal `errcode` and an `errmsg` that ends in a `rid`. How to point an SDK here: `/docs/sdk`.',
    ],
  },
  sink: {
    title: 'Sinks for SMS and email',
    text: [
      'Where a platform sends to when it falls back, instead of its vendor: two calls of our own, Twilio’s and Alibaba Cloud’s, and SMTP. Nobody is asked who they are. Under `/w/{world}` they are that world’s, else the world `default`’s; what comes stands on the phone of its recipient.',
    ],
  },
  control: {
    title: 'Control API',
    text: [
      'The universe’s remote control, for tests, operators and these pages. Unknown fields are refused; every refusal is a problem that names field, reason and fix: `/docs/errors#problems`. Durations are written as ISO 8601 has them (`P14D`, `PT1H30M`) or short (`14d`, `2h`, `30s`, `500ms`). A server that other machines reach wants its token as `Authorization: Bearer`.',
    ],
  },
  variant: 'Partner API, profile {profile}',
  endpoints: 'Endpoints',
  fields: 'Fields',
  profileData: 'The profile',
  noFields: 'None.',
  required: 'required',
  inBody: 'body',
  inQuery: 'query',
  inPath: 'path',
  inHeader: 'header',
  limits: { characters: 'length', items: 'items', value: 'value' },
  usual: 'default',
  refusals: 'Refusals, in the order of checks',
  refuses: 'Problems, by status',
  always: 'Before any endpoint',
  allCodes: 'All codes: `/docs/errors`.',
  magicMobile: 'magic mobile',
  example: 'Example',
  call: 'Call',
  answer: 'Answer',
  status: 'HTTP status',
  answerFields: 'Fields of the answer',
  source: 'Source',
  topics: enTopics,
}
