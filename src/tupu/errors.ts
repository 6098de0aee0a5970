import { type RefusalEntry, refuser } from '../core/refusal.ts'

/**
 * Everything that TUPU itself refuses with, by errcode. TUPU's API is not public, so all of it is
 * our own contract; WeChat's codes are passed on and stand in WeChat's table.
 */
export const tupuErrors: ReadonlyMap<number, RefusalEntry> = new Map(
  [
    entry(-1, 'system error', {
      en: 'TUPU itself failed; only returned by faults and magic mobiles',
      zh: 'TUPU 系统错误；仅由故障规则和魔法手机号产生',
    }),
    entry(47001, 'data format error', {
      en: 'the body is not a JSON object, or a field has the wrong type',
      zh: '请求体不是 JSON 对象，或某个字段类型不对',
    }),
    entry(100001, 'unknown eid', {
      en: 'the EID is missing, not a string, unknown, replaced, or belongs to another profile',
      zh: 'EID 缺失、不是字符串、不存在、已被更换，或属于另一种接入配置',
    }),
    entry(100002, 'account is not live, missing: {missing}', {
      en: 'the account cannot send yet; all missing steps are named',
      zh: '账号尚未开通，列出全部未完成的步骤',
    }),
    entry(100003, 'invalid signature', {
      en: 'the account requires a signature, which is missing, wrong, older than five minutes or already used',
      zh: '该账号要求签名，而签名缺失、错误、超出五分钟或已经用过',
    }),
    entry(100004, 'eid suspended', { en: 'the EID is suspended', zh: 'EID 已被暂停' }),
    entry(100005, 'eid revoked', { en: 'the EID is permanently revoked', zh: 'EID 已被吊销' }),
    entry(100010, 'invalid mobile', {
      en: 'the mobile is missing, not a string or not a mobile number',
      zh: '手机号缺失、不是字符串或不是有效的手机号',
    }),
    entry(100011, 'no openid for this mobile', {
      en: 'nobody registered this mobile: fall back to SMS or email',
      zh: '没有人登记过此手机号，请改发短信或邮件',
    }),
    entry(100012, 'message is empty', {
      en: 'the message is missing, not a string or only white space',
      zh: '消息缺失、不是字符串或只有空白',
    }),
    entry(100013, 'message too long: {length} of 200 characters', {
      en: 'the message has more than 200 characters (code points after NFC)',
      zh: '消息超过 200 个字符（按 NFC 规范化后的码点计）',
    }),
    entry(100014, 'unknown keyword: {keyword}', {
      en: "the account's template has no such keyword, or it is reserved for the message",
      zh: '账号的模板没有这个关键词，或该关键词由消息正文占用',
    }),
    entry(100015, 'client_msg_id was used for another message', {
      en: 'the same client_msg_id was used within 24 hours with a different body',
      zh: '24 小时内同一个 client_msg_id 已用于另一条消息',
    }),
    entry(100016, 'message has illegal characters', {
      en: 'the message has control characters, NUL or half a surrogate pair',
      zh: '消息含有控制字符、NUL 或不成对的代理码元',
    }),
    entry(100017, 'unknown message', {
      en: 'no message has this msgid or client_msg_id',
      zh: '没有对应此 msgid 或 client_msg_id 的消息',
    }),
    entry(100018, 'too many requests', {
      en: 'too many calls; retry_after_s says when to try again',
      zh: '调用过于频繁；retry_after_s 给出重试前应等待的秒数',
    }),
    entry(100019, 'unknown path or method', {
      en: 'the path does not exist, or does not accept this method',
      zh: '路径不存在，或不支持此请求方法',
    }),
    entry(100020, 'body too large', {
      en: 'the body is larger than 1 MB (1,048,576 bytes)',
      zh: '请求体超过 1 MB（1,048,576 字节）',
    }),
    entry(100031, 'wechat did not answer', {
      en: 'WeChat gave no answer within five seconds; the message may have been sent',
      zh: '微信五秒内没有应答，消息可能已发出',
    }),
    entry(100032, 'wechat answered something unreadable', {
      en: "WeChat's answer could not be read; the message may have been sent",
      zh: '无法解析微信的应答，消息可能已发出',
    }),
  ].map((error) => [error.code, error]),
)

/** The same with what only partners of a profile refuse with. */
export const profileErrors: ReadonlyMap<number, RefusalEntry> = new Map([
  ...tupuErrors,
  ...[
    entry(100006, 'ip address not allowed: {ip}', {
      en: "the caller's address is not on the profile's list",
      zh: '调用者的地址不在配置的名单上',
    }),
    entry(100013, 'message too long: {length} of {max} characters', {
      en: 'the message has more characters than the profile allows (code points after NFC)',
      zh: '消息超过配置允许的字符数（按 NFC 规范化后的码点计）',
    }),
    entry(100021, 'client_msg_id was sent before', {
      en: 'the same client_msg_id was used within 24 hours, and the profile refuses repeats',
      zh: '24 小时内同一个 client_msg_id 已经来过，而配置不允许重复',
    }),
  ].map((error): [number, RefusalEntry] => [error.code, error]),
])

function entry(code: number, text: string, meaning: { en: string; zh: string }): RefusalEntry {
  return { code, text, ...meaning, fidelity: 'assumed' }
}

/** Refuses with a code of TUPU's own table. */
export const refuse = refuser(tupuErrors)

/** The same with what only partners of a profile refuse with. */
export const refuseByProfile = refuser(profileErrors)

const length_max = 500

/** What a decision shows of a value as sent: not a megabyte of it, and nothing nested. The exchange has it whole. */
export function clip(value: unknown): unknown {
  if (typeof value === 'string') return clipText(value, length_max)
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : (value ?? null)
}

/** A text's beginning, whole where it is short; never half a surrogate pair. */
export function clipText(text: string, characters_max: number): string {
  const short = text.length > characters_max ? `${text.slice(0, characters_max)}…` : text
  return short.toWellFormed()
}
