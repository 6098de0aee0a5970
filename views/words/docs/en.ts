import { enTopics } from './en-topics.ts'

/** What the documentation says in English, besides its hand-written topics. */
export const enDocs = {
  lead: 'How to send, what to handle, and all API calls, with examples that work on this server as they are.',
  contents: 'Contents',
  where: 'Where you are',
  onPage: 'On this page',
  groups: {
    begin: 'Get started',
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
    example: '43004, client_msg_id',
    hint: 'Endpoints, fields, codes, rules and topics, in English or Chinese: 43004, client_msg_id, 撤回.',
    title: 'Search: {query}',
    found: '{count} found',
    none: 'No page contains all of these words. Try fewer, or the name of a field.',
    more: 'The best {shown} of {count}. Add words to narrow the search.',
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
    label: 'Outcomes, how to trigger them, and what a good platform does',
    outcome: 'Outcome',
    does: 'What a good platform does',
    magic: 'Magic mobile',
    fault: 'Fault',
    acts: {
      done: 'done',
      fall_back: 'fall back immediately',
      retry: 'retry, then fall back',
      wait: 'wait, then decide',
      fix: 'fall back, and fix it',
    },
  },
  drills: {
    label: 'Drills, what a good platform does, and what the audit finds otherwise',
    drill: 'Drill',
    does: 'What a good platform does',
    audit: 'What the audit finds otherwise',
    lasts: 'Lasts',
    audits: {
      wechat_busy:
        '`lost`: it gives up at -1 and sends no fallback. `double`: it falls back and then retries.',
      partner_slow:
        '`double`: it treats a timeout as a refusal, although the message was accepted.',
      answers_lost:
        '`double`: it treats a broken connection as a refusal. `lost`: it treats an unknown outcome as success.',
      template_taken:
        '`lost`: no fallback replaces the message. `late`: someone has to notice first.',
      quota_gone: '`lost`: it silently waits for the next day. `double`: it falls back twice.',
      mass_unfollow:
        '`lost`: it falls back only on a failed receipt. `double`: it also sends an SMS to those who still follow.',
      callbacks_twice: '`double`: it falls back again for each copy of a failed receipt.',
      callbacks_swapped:
        '`lost` and `double`: it matches callbacks to sends by order and notifies the wrong person.',
      eid_rotated:
        '`lost`: 100001 stops the whole queue. `late`: it continues only after someone has fixed it.',
      gateway_garbage: '`lost`: it treats 100032 as success, or does not fall back at all.',
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
      'The API that the platform calls. Every business response is HTTP 200 with `errcode` and `errmsg`: 0 means that WeChat accepted the message; on anything else, the platform falls back to SMS or email (`/docs/handle`). WeChat’s refusals are passed on unchanged. `msgid` has 19 digits: where numbers are doubles, read `msgid_str`.',
    ],
  },
  wechat: {
    title: 'WeChat platform',
    text: [
      'The API that WeChat SDKs call, in the wire format of api.weixin.qq.com: HTTP 200, and for a refusal an `errcode` and an `errmsg` that ends in a `rid`. To point an SDK here, see `/docs/sdk`.',
    ],
  },
  sink: {
    title: 'Sinks for SMS and email',
    text: [
      'Where a platform sends its fallbacks instead of to its vendor: two calls of our own, those of Twilio and Alibaba Cloud, and SMTP. Credentials are not checked. Under `/w/{world}`, they belong to that world, otherwise to the world `default`. What is sent appears on the phone of its recipient.',
    ],
  },
  control: {
    title: 'Control API',
    text: [
      'The remote control for tests, operators and these pages. Unknown fields are refused. Every refusal is a problem that names field, reason and fix: `/docs/errors#problems`. Durations are in ISO 8601 (`P14D`, `PT1H30M`) or short form (`14d`, `2h`, `30s`, `500ms`). A server that other machines can reach requires its token as `Authorization: Bearer`.',
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
  source: 'Source: {source}',
  topics: enTopics,
}
