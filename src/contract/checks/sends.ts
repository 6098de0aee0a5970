import { type Check, type CheckCall, one } from './check.ts'

const text = '欢迎加入，请完成入职登记'
const to = { mobile: '{mobile}', message: text }
const digits = /^\d{5,20}$/
const good = { errcode: 0, values: { msgid_str: digits } }
const send = 'message.send'

const refused = (id: string, title: string, fields: CheckCall['fields'], errcode: number) =>
  one(`send.${id}`, title, send, { ...to, ...fields }, { errcode })

/** What sends, or would send if the partner did not refuse it. */
export const sends: readonly Check[] = [
  one('send.accepted', 'a send to a registered mobile is accepted and has a msgid', send, to, good),
  {
    id: 'send.exact_msgid',
    title: 'msgid and msgid_str are the same digits',
    calls: [
      {
        call: send,
        fields: to,
        expect: { errcode: 0, values: { msgid: '{=msgid_str}', msgid_str: digits } },
      },
    ],
  },
  one(
    'send.spelling',
    'the mobile may be spelled in any usual way',
    send,
    { ...to, mobile: '{mobile_spelled}' },
    good,
  ),
  one(
    'send.longest',
    'a message of 200 characters is accepted',
    send,
    { ...to, message: '字'.repeat(200) },
    good,
  ),
  one(
    'send.fields',
    'a name, a link and an id of the platform are taken',
    send,
    { ...to, name: '王小雨', url: 'https://hr.example.com/t/1', client_msg_id: '{id}' },
    good,
  ),
  {
    id: 'send.looked_up',
    title: 'an accepted message is found by its msgid',
    calls: [
      {
        call: send,
        fields: { ...to, client_msg_id: '{id}' },
        expect: good,
        take: { sent: 'msgid_str' },
      },
      {
        call: 'message.get',
        fields: { msgid: '{sent}' },
        expect: {
          errcode: 0,
          values: {
            msgid_str: '{sent}',
            client_msg_id: '{id}',
            state: /^(accepted|delivered|failed)$/,
          },
        },
      },
    ],
  },
  {
    id: 'send.found',
    title: 'an accepted message is found by its client_msg_id',
    calls: [
      {
        call: send,
        fields: { ...to, client_msg_id: '{id}' },
        expect: good,
        take: { sent: 'msgid_str' },
      },
      {
        call: 'message.find',
        fields: { client_msg_id: '{id}' },
        expect: { errcode: 0, values: { msgid_str: '{sent}' } },
      },
    ],
  },
  {
    id: 'send.repeated',
    title: 'the same client_msg_id and body again get the same answer, and no second message',
    calls: [
      {
        call: send,
        fields: { ...to, client_msg_id: '{id}' },
        expect: good,
        take: { sent: 'msgid_str' },
      },
      {
        call: send,
        fields: { ...to, client_msg_id: '{id}' },
        expect: { errcode: 0, values: { msgid_str: '{sent}' } },
      },
    ],
  },
  {
    id: 'send.id_reused',
    title: 'the same client_msg_id with another body is refused',
    calls: [
      { call: send, fields: { ...to, client_msg_id: '{id}' }, expect: good },
      {
        call: send,
        fields: { ...to, message: '另一条', client_msg_id: '{id}' },
        expect: { errcode: 100015 },
      },
    ],
  },
  refused(
    'unbound',
    'a mobile that nobody registered is refused: the platform falls back',
    { mobile: '{unbound}' },
    100011,
  ),
  refused('unknown_eid', 'an EID of nobody is unknown', { eid: 'no-such-eid' }, 100001),
  refused('invalid_mobile', 'what is no mobile is refused', { mobile: 'abc' }, 100010),
  refused('empty', 'an empty message is refused', { message: ' ' }, 100012),
  refused(
    'too_long',
    'a message of 201 characters is refused',
    { message: '字'.repeat(201) },
    100013,
  ),
  refused('illegal', 'a control character is refused', { message: 'a\u0007b' }, 100016),
  refused(
    'unknown_keyword',
    'a keyword that the template has not is refused',
    { keywords: { no_such_keyword: 'x' } },
    100014,
  ),
  refused(
    'wrong_type',
    'keywords that are no texts by name are refused',
    { keywords: { keyword1: ['x'] } },
    47001,
  ),
  one(
    'send.unproved',
    'a send that proves nothing is refused',
    send,
    to,
    { errcode: 100003 },
    { proof: 'none' },
  ),
]
