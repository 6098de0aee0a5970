/**
 * Why a rule refused, as the beginning of a sentence. In braces stands what the decision says; what is between square brackets is
 * left out where it says nothing of that. A rule that is not here is told by its sentence under `rules`.
 */
const because: Readonly<Record<string, string>> = {
  'access_token.given':
    'The call has no access token where it belongs (expected: {expected})[: it has {actual}]',
  'access_token.known': 'The access token ({actual}) is not one that this server gave out',
  'access_token.latest': 'A newer access token took the place of this one at {row.replaced_at}',
  'access_token.living': 'The access token expired at {row.expires_at}',
  'account.live': 'The account[ {row.eid}] cannot send yet because it lacks {actual.missing}',
  'account.permitted':
    'An official account of the kind {actual.kind} (verified: {actual.verified}) may not make this call, which requires a verified account of the kind {expected.kinds}',
  'association.erased': 'The person has withdrawn, and the content was erased',
  'association.known': 'Nobody has registered the mobile {actual} with this account',
  'body.encoding': 'The compression of the body is not supported ({actual}; expected: {expected})',
  'body.json': 'The body cannot be read (it is {actual}; expected: {expected})',
  'call.came': '{actual} was received instead of {expected}',
  'caller.allowed':
    'The call comes from {actual}, and the profile accepts calls only from {expected}',
  'client_msg_id.new':
    'The client_msg_id {actual} was used for another message within the last 24 hours ({row.message})',
  'client_msg_id.repeated': 'The same call was received before, and the same answer is returned',
  'client_msg_id.unused':
    'The client_msg_id {actual} was already used within the last 24 hours ({row.message}), and the profile refuses repeats',
  'client_msg_id.valid': 'The client_msg_id is not valid (it is {actual}; expected: {expected})',
  'credential.of_this_world':
    'The credential ({actual.kind}) belongs to the world {actual.world}, but the call was made in {expected.world}',
  'data.valid': 'A value does not fit its keyword in the template ({actual})',
  'eid.active': 'The EID {row.eid} is {row.state}, not {expected}',
  'eid.current': 'The EID {actual} was replaced by {expected} at {row.ended_at}',
  'eid.known':
    'No account of the profile {expected.profile} has the EID {actual.eid}[; the nearest EID is {expected.nearest}]',
  'endpoint.built': 'WeChat documents {actual}, but this simulator does not support it',
  'fault.applied':
    'The fault {row.fault}[ “{row.name}”] decided the outcome at hit {row.hit}[ with {actual}]',
  '{field}.valid': 'The field {field} is not valid (it is {actual}; expected: {expected})',
  'follower.following':
    'The person[ {row.who}] has the state {actual} at the official account, and WeChat sends only to people in the state {expected}',
  'follower.known': 'The openid {actual} belongs to no one at this official account',
  'follower.not_blacklisted':
    'The person[ {row.who}] is on the official account’s blacklist[, since {row.blacklisted_at}], and must first be {expected}',
  'follower.unmuted':
    'The person[ {row.who}] has turned off notifications: the state is {actual}, not {expected}',
  'keywords.known': 'The keyword {actual} cannot be filled by a send (the template has {expected})',
  'message.valid': 'The message is not valid (it is {actual}; expected: {expected})',
  'method.known': 'The path does not accept the method {actual} (expected: {expected})',
  'minute.left': 'The account {row.eid} has used up its {actual} calls per minute',
  'mobile.magic': 'The mobile {actual} is a magic mobile, which is always answered with {expected}',
  'mobile.valid': 'The mobile is not valid (it is {actual}; expected: {expected})',
  'nonce.unused': 'The nonce has been used before[ ({actual})]',
  'path.known': 'WeChat has no path {actual}[; the nearest call is {nearest}]',
  'path.served': 'No endpoint matches {actual}[; the nearest call is {nearest}]',
  'quota.left': 'The official account has used up its {actual} calls of {row.path} per {row.per}',
  'request.unknown_path': 'The partner API has no call {actual}[; the nearest call is {nearest}]',
  'request.wrong_method': 'The partner API has no call {actual}[; the nearest call is {nearest}]',
  'simulator.bug': 'The simulator itself made an error ({actual})',
  'template.known': 'The template[ “{row.title}”] ({actual}) is not {expected}',
  'wechat.accepted': 'WeChat answered {answer.errcode} ({answer.errmsg})',
  'wechat.answered': 'WeChat gave no usable answer[ ({actual})][; expected: {expected}]',
  'world.same_epoch': 'The world was reset during the call to WeChat',
}

export const enExplain = {
  because,
  /** Any other rule. */
  otherwise:
    'The call does not meet the rule “{statement}”[ (it is {actual})][, and should be {expected}]',
  verdicts: {
    reached:
      'The message[ to {mobile}] reached the phone: WeChat accepted it at {at}, and its receipt says {actual}.',
    magic:
      '{mobile} is a magic mobile: the send was answered as accepted and delivered, and nobody’s phone shows it.',
    carried_out: 'The call {call} was carried out at {at}.',
    refused: '{why}, so the call was refused with {code} ({text}).',
    dropped:
      'The send[ to {mobile}] was refused with {code} ({text}), and the journal no longer holds the call that says why.',
    failed_later:
      'WeChat accepted the message[ to {mobile}] at {at}, but delivery failed later: the receipt says {actual} instead of {expected}.',
    sending: 'The message[ to {mobile}] was handed to WeChat at {at}, which has not answered yet.',
    due: 'WeChat accepted the message[ to {mobile}] at {at}, and its receipt (expected: {expected}) is due at {due}.',
    manual:
      'WeChat accepted the message[ to {mobile}] at {at}, and its receipt (expected: {expected}) comes only with the call message.receipt.',
    remote:
      'Another WeChat accepted the message[ to {mobile}] at {at}, and has sent no receipt yet (expected: {expected}).',
    unknown:
      '{why}, so nobody knows whether the message[ to {mobile}] was sent: the call was answered with {code} ({text}).',
    fault: '{why}, so the call was answered with {code} ({text}).',
    fault_cut: '{why}, so the call got no genuine answer.',
    fault_after:
      '{why}, so the response was lost or replaced, although the send[ to {mobile}] was carried out ({state}).',
    never_mobile: 'This world has received no send to the mobile {asked}; {instead}.',
    never_trace: 'The trace {asked} is unknown; {instead}.',
    never_msgid: 'The msgid {asked} is unknown; {instead}.',
    never_client_msg_id:
      'This world has received no send with the client_msg_id {asked}; {instead}.',
  },
  instead: {
    stray: 'it received {call} at {at} instead[, outside all worlds (kept in {world})]: {why}',
    stray_mobile:
      'the nearest is {call} for the mobile {mobile} at {at}[, outside all worlds (kept in {world})]: {why}',
    other_mobile: 'the nearest one is a send to {actual} at {at}',
    other_id: 'the nearest known one is {actual}, from {at}',
    rounded:
      'numbers this long get rounded: {actual}, from {at}, was probably meant; use msgid_str, which is exact',
    nothing: 'no other calls were received: the base URL of this world is {base_url}',
  },
  nothing: 'blank',
  yes: 'yes',
  no: 'no',
  between: ', ',
}
