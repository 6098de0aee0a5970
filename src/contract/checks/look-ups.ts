import { type Check, one } from './check.ts'

const query = 'registration.query'

/** What asks and sends no message. */
export const look_ups: readonly Check[] = [
  one(
    'account.known',
    'the account is known, and its EID is its own',
    'tupu_account.get',
    {},
    { errcode: 0, values: { eid: '{eid}', live: true } },
  ),
  one(
    'account.unknown_eid',
    'an EID of nobody is unknown',
    query,
    { eid: 'no-such-eid', mobile: '{mobile}' },
    { errcode: 100001 },
  ),
  one(
    'registration.reachable',
    'a mobile that is registered can be reached',
    query,
    { mobile: '{mobile}' },
    { errcode: 0, values: { reachable: true } },
  ),
  one(
    'registration.spelling',
    'the same mobile is one however it is spelled',
    query,
    { mobile: '{mobile_spelled}' },
    { errcode: 0, values: { reachable: true } },
  ),
  one(
    'registration.unbound',
    'a mobile that nobody registered cannot be reached',
    query,
    { mobile: '{unbound}' },
    { errcode: 0, values: { reachable: false } },
  ),
  one(
    'registration.invalid_mobile',
    'what is no mobile is refused',
    query,
    { mobile: 'abc' },
    { errcode: 100010 },
  ),
  one(
    'registration.no_json',
    'a broken body is refused',
    query,
    { mobile: '{mobile}' },
    { errcode: 47001 },
    { body: '{' },
  ),
  one(
    'lookup.unknown_msgid',
    'a msgid of no message is unknown',
    'message.get',
    { msgid: '1' },
    { errcode: 100017 },
  ),
  one(
    'lookup.unknown_id',
    'a client_msg_id of no message is unknown',
    'message.find',
    { client_msg_id: '{id}' },
    { errcode: 100017 },
  ),
  one(
    'proof.none',
    'a call that proves nothing is refused',
    query,
    { mobile: '{mobile}' },
    { errcode: 100003 },
    { proof: 'none' },
  ),
  one(
    'proof.wrong',
    'a call with a wrong proof is refused',
    query,
    { mobile: '{mobile}' },
    { errcode: 100003 },
    { proof: 'wrong' },
  ),
  one(
    'proof.old',
    'a signature that is ten minutes old is refused',
    query,
    { mobile: '{mobile}' },
    { errcode: 100003 },
    { proof: 'old' },
  ),
  {
    id: 'proof.replayed',
    title: 'a nonce is accepted only once',
    calls: [
      { call: query, fields: { mobile: '{mobile}' }, expect: { errcode: 0 } },
      {
        call: query,
        fields: { mobile: '{mobile}' },
        twist: { proof: 'same nonce' },
        expect: { errcode: 100003 },
      },
    ],
  },
  one(
    'request.unknown_path',
    'a path of nobody is refused',
    query,
    {},
    { errcode: 100019, status: 404 },
    { path: '/no-such-path' },
  ),
  one(
    'request.wrong_method',
    'another method than the right one is refused',
    query,
    {},
    { errcode: 100019, status: 405 },
    { method: 'DELETE' },
  ),
]
