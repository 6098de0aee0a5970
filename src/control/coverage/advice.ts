import { connectionAdvices } from './advice-connection.ts'
import { pushAdvices } from './advice-push.ts'
import { type Advice, advice } from './advise.ts'

/**
 * By outcome. Those of codes are wanted by the tables that the catalogue is made from; all others are in the catalogue because
 * they stand here: whoever counts something new, by `meet(call, 'noun.what')`, adds its line.
 */
export const advices: Readonly<Record<string, Advice>> = {
  'tupu.-1': advice(
    'Retry after a pause with the same `client_msg_id`; after a few attempts, fall back to SMS or email.',
    '稍等后用同一个 `client_msg_id` 重试；几次仍失败就改发短信或邮件。',
  ),
  'tupu.100001': advice(
    'Stop sending for this customer, check whether the EID was replaced or mistyped, and fall back in the meantime.',
    '停止为该客户发送，核对 EID 是否已更换或填错，其间改发短信或邮件。',
  ),
  'tupu.100002': advice(
    'Show the customer the missing steps named in `errmsg`, and fall back until the account is live.',
    '向客户显示 `errmsg` 列出的未完成步骤，开通之前一律改发短信或邮件。',
  ),
  'tupu.100003': advice(
    'Raise an alert: check the secret and the clock, and sign every attempt again with a new nonce.',
    '发出告警：检查密钥和时钟；每次重试都用新的 nonce 重新签名。',
  ),
  'tupu.100004': advice(
    'Pause WeChat for this customer and fall back; check the account again later, because the EID may be resumed.',
    '暂停该客户的微信通知并改发短信或邮件；稍后再查账号，EID 可能恢复。',
  ),
  'tupu.100005': advice(
    'Stop using this EID permanently, fall back, and ask the customer for a new one.',
    '永久弃用该 EID，改发短信或邮件，并向客户索取新的 EID。',
  ),
  'tupu.100010': advice(
    'Fall back to email, and have the recruiter correct the mobile before sending to it again.',
    '改发邮件；让招聘人员更正手机号，更正之前不再向它发送。',
  ),
  'tupu.100011': advice(
    'Fall back to SMS or email at once, and invite the candidate to register in that message.',
    '立即改发短信或邮件，并在其中邀请候选人登记。',
  ),
  'tupu.100012': advice(
    'Tell the author that the text is empty; neither send it again nor drop it silently.',
    '提示作者正文为空；不要原样重发，也不要悄悄丢弃。',
  ),
  'tupu.100013': advice(
    'Count code points as the author types, up to 200; send longer texts by email and never cut them silently.',
    '输入时按码点计数，上限 200；过长的内容改发邮件，绝不悄悄截断。',
  ),
  'tupu.100014': advice(
    'Log the keyword, correct the mapping to the template, and fall back in the meantime.',
    '记录是哪个关键词，修正与模板的对应关系，其间改发短信或邮件。',
  ),
  'tupu.100015': advice(
    'Give every message its own `client_msg_id`, and reuse it only for exactly the same body.',
    '每条消息用各自的 `client_msg_id`；只有内容完全相同的重试才可复用。',
  ),
  'tupu.100016': advice(
    'Remove control characters and broken emoji where the text is entered, then send it.',
    '在录入处清除控制字符和损坏的表情符号，然后再发送。',
  ),
  'tupu.100017': advice(
    'Also look the message up by `client_msg_id`; if it is unknown there too, it was never accepted: send it again with that id.',
    '再按 `client_msg_id` 查询；仍查不到就说明未被受理，用同一编号重发。',
    [
      '`GET /tupu/v1/messages/{msgid}` with an unknown msgid',
      '用不存在的 msgid 调用 `GET /tupu/v1/messages/{msgid}`',
    ],
  ),
  'tupu.100018': advice(
    'Wait for `retry_after_s` seconds, slow down the whole queue, and lose no message.',
    '等待 `retry_after_s` 秒，放慢整个队列，一条消息也不丢。',
  ),
  'tupu.100031': advice(
    'Never resend blindly, because the message may have arrived. Look it up, and fall back if the result says so.',
    '切勿盲目重发：消息可能已送达。先查询消息，结果要求时才改发。',
  ),
  'tupu.100032': advice(
    'Treat it like no answer: look the message up, and fall back if the result says so.',
    '视同没有应答：先查询消息，结果要求时才改发。',
  ),
  'wechat.48001': advice(
    'Fall back for all of this customer’s messages, and tell the customer that the official account has lost the permission.',
    '该客户的全部消息改发短信或邮件，并告知其公众号已失去接口权限。',
  ),
  'wechat.45009': advice(
    'Fall back for the rest of the day, and resume after midnight in Beijing, when the quota resets.',
    '当天其余消息改发短信或邮件，北京时间零点配额重置后再恢复。',
  ),
  'wechat.40003': advice(
    'Fall back, and ask the candidate to register again: the OpenID does not belong to this official account.',
    '改发短信或邮件，并请候选人重新登记：该 OpenID 不属于这个公众号。',
  ),
  'wechat.40037': advice(
    'Fall back for all of this customer’s messages, and raise an alert: the template was disabled or deleted.',
    '该客户的全部消息改发短信或邮件并告警：模板已被停用或删除。',
  ),
  'wechat.43004': advice(
    'Fall back, and invite the candidate to follow the official account again.',
    '改发短信或邮件，并邀请候选人重新关注公众号。',
  ),
  'wechat.43019': advice(
    'Fall back, and tell the customer that the candidate is on the official account’s blacklist.',
    '改发短信或邮件，并告知客户：该候选人在其公众号的黑名单中。',
  ),
  'wechat.43101': advice(
    'Fall back, and respect that the candidate has turned off notifications.',
    '改发短信或邮件，并尊重候选人的选择：对方关闭了通知。',
  ),
  'wechat.47003': advice(
    'Log which value does not fit its keyword, correct the text, and fall back in the meantime.',
    '记录哪个值与关键词不符，修正内容，其间改发短信或邮件。',
  ),
  'tupu.malformed': advice(
    'Raise an alert with `errmsg` and the trace, and fall back: the call itself is wrong, and repeating it does not help.',
    '带上 `errmsg` 和 trace 告警并改发短信或邮件：请求本身有误，重试也无用。',
    [
      'a send to `19900047001`, or a body that is not JSON',
      '发送到 `19900047001`，或请求体不是 JSON',
    ],
  ),
  'tupu.other': advice(
    'Have a default for unknown codes: record the code, fall back, and tell your operators.',
    '为未知错误码准备默认处理：记录错误码，改发短信或邮件，并通知运维。',
    ['for example, a send to `19900040001`', '例如发送到 `19900040001`'],
  ),
  'receipt.success': advice(
    'Mark the message as delivered, and send nothing more for it.',
    '标记为已送达，不再为它发送任何内容。',
    [
      'a send to `19900000000`, or to somebody who follows',
      '发送到 `19900000000`，或发给已关注的人',
    ],
  ),
  'receipt.user_block': advice(
    'Fall back once, and remember that this candidate blocks the official account.',
    '改发一次短信或邮件，并记住该候选人拒收此公众号的消息。',
    [
      'a send to `19903000001`, or to somebody after `phone.block`',
      '发送到 `19903000001`，或先 `phone.block` 再发送',
    ],
  ),
  'receipt.system_failed': advice(
    'Fall back once, although the send itself was accepted: errcode 0 is not yet delivery.',
    '虽然发送已受理，仍要改发一次短信或邮件：errcode 0 不等于送达。',
    ['a send to `19903000002`', '发送到 `19903000002`'],
  ),
  'receipt.freq_limit': advice(
    'Fall back once, and send this candidate fewer messages by WeChat.',
    '改发一次短信或邮件，并减少向该候选人发送微信消息。',
    ['a send to `19903000003`', '发送到 `19903000003`'],
  ),
  'lookup.sending': advice(
    'Look it up again a little later; neither resend nor fall back yet.',
    '稍后再查；此时既不重发，也不改发。',
    [
      'a look-up by `client_msg_id` while a remote gateway is slow to answer',
      '远程网关应答缓慢时按 `client_msg_id` 查询',
    ],
  ),
  'lookup.accepted': advice(
    'Wait for the receipt; fall back only if none arrives while the message is still relevant.',
    '等待回执；只有在消息时效内一直没有回执时才改发。',
    [
      '`delivery: manual` of the official account, a send, then a look-up',
      '公众号设 `delivery: manual`，发送后查询',
    ],
  ),
  'lookup.delivered': advice(
    'Mark the message as delivered, and stop looking it up.',
    '标记为已送达，停止查询。',
    ['a look-up after a send to `19900000000`', '发送到 `19900000000` 后查询'],
  ),
  'lookup.failed': advice(
    'Fall back once, unless the callback has already made you do so.',
    '改发一次短信或邮件，除非已因回调而改发。',
    ['a look-up after a send to `19903000001`', '发送到 `19903000001` 后查询'],
  ),
  'lookup.unknown': advice(
    'Fall back, as `fall_back` says: a message that arrives twice is better than one that never does.',
    '按 `fall_back` 的指示改发：收到两次好过一次都收不到。',
    ['a look-up after a send to `19900100031`', '发送到 `19900100031` 后查询'],
  ),
  'lookup.refused': advice(
    'Do what the answer to the send already called for, and do it only once.',
    '按发送时的应答处理，且只处理一次。',
    [
      'a look-up by `client_msg_id` after a send to `19900043004`',
      '发送到 `19900043004` 后按 `client_msg_id` 查询',
    ],
  ),
  'callback.acknowledged': advice(
    'Check the signature, answer with 2xx at once, and do the work afterwards.',
    '先验签，立即应答 2xx，再做后续处理。',
    [
      '`callback` of the account, then a send to `19900000000`',
      '账号设 `callback`，再发送到 `19900000000`',
    ],
  ),
  'callback.retried': advice(
    'Expect the same `event_id` again, and make sure that duplicates have no effect.',
    '同一 `event_id` 会再次到来，重复的事件不应产生任何影响。',
    ['a callback that is answered with 500', '用 500 应答一次回调'],
  ),
  'callback.given_up': advice(
    'After an outage of your own, look up every message that has no receipt yet.',
    '自身故障恢复后，逐一查询尚无回执的消息。',
    [
      'a callback answered with 500 six times: `clock.advance` by a day',
      '连续六次用 500 应答：`clock.advance` 快进一天',
    ],
  ),
  'review.approved': advice(
    'Turn on WeChat for the customer automatically as soon as the account is live.',
    '账号一开通就自动为客户启用微信通知。',
    [
      '`application.submit`, then `application.approve`',
      '`application.submit` 之后 `application.approve`',
    ],
  ),
  'review.rejected': advice(
    'Tell the customer why, and keep using SMS and email until another application is approved.',
    '告知客户原因，在新的申请通过之前继续用短信和邮件。',
    [
      '`application.submit`, then `application.reject`',
      '`application.submit` 之后 `application.reject`',
    ],
  ),
  'oauth.silent': advice(
    'Exchange the code on your server, check `state`, and keep the OpenID, never the token, in the browser’s session.',
    '在服务端换取 code 并核对 `state`；会话里只保存 OpenID，绝不保存令牌。',
    [
      '`/connect/oauth2/authorize` with `snsapi_base` on a phone',
      '在手机里打开 `/connect/oauth2/authorize`，`scope` 为 `snsapi_base`',
    ],
  ),
  'oauth.consented': advice(
    'Read nickname and avatar only once, and request no more than the page needs.',
    '昵称和头像只读取一次，页面不需要的不要请求。',
    ['`snsapi_userinfo` on a phone, then allow', '在手机里打开 `snsapi_userinfo` 链接并允许'],
  ),
  'oauth.denied': advice(
    'Make the page usable without nickname and avatar: after a refusal, the browser does not return.',
    '没有昵称和头像页面也应可用：拒绝之后浏览器不会返回。',
    ['`snsapi_userinfo` on a phone, then refuse', '在手机里打开 `snsapi_userinfo` 链接并拒绝'],
  ),
  'oauth.snapshot': advice(
    'Check `is_snapshotuser`: store no data of a virtual user, and ask the visitor to open the full page.',
    '检查 `is_snapshotuser`：不保存虚拟用户的任何信息，并引导使用完整服务。',
    [
      '`phone.snapshot`, then a link with `snsapi_userinfo`',
      '先 `phone.snapshot`，再打开 `snsapi_userinfo` 链接',
    ],
  ),
  'oauth.code_unknown': advice(
    'Restart web OAuth a limited number of times, and check appid and secret.',
    '重新发起网页授权（限制次数），并核对 appid 和密钥。',
    ['`oauth.exchange` with a code of another appid', '用其他 appid 的 code 调用 `oauth.exchange`'],
  ),
  'oauth.code_used': advice(
    'Expect reloads and duplicate requests: restart web OAuth, or continue with the existing session.',
    '要预料到刷新和重复请求：重新授权，或沿用已有会话。',
    [
      '`oauth.exchange` twice with one code; or `person.update` with `double_redirect`',
      '同一 code 调用两次 `oauth.exchange`；或用 `person.update` 设置 `double_redirect`',
    ],
  ),
  'oauth.code_expired': advice(
    'Exchange a code as soon as it arrives; restart web OAuth for one older than five minutes.',
    '收到 code 立即换取；超过五分钟的重新发起授权。',
    [
      '`clock.advance` by PT6M before `oauth.exchange`',
      '在 `oauth.exchange` 之前 `clock.advance` 快进 PT6M',
    ],
  ),
  'oauth.refresh_ended': advice(
    'Restart web OAuth instead of showing an error: a refresh token is valid for thirty days.',
    '重新发起授权而不是报错：refresh_token 有效期三十天。',
    [
      '`clock.advance` by P31D before `oauth.refresh`',
      '在 `oauth.refresh` 之前 `clock.advance` 快进 P31D',
    ],
  ),
  ...pushAdvices,
  ...connectionAdvices,
}
