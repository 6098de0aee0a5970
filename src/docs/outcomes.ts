import { advices } from '../control/coverage/advice.ts'
import type { Localized } from '../core/field.ts'

/** What a platform does about an outcome, in a word. */
export type Act = 'done' | 'fall_back' | 'retry' | 'wait' | 'fix'

/** An outcome that a platform must handle, and how to bring it about. */
export interface Outcome {
  /** Its address on the page. */
  readonly id: string
  /** What TUPU answers; null: nothing, or something that is no answer. */
  readonly errcode: number | null
  readonly meets: Localized
  readonly act: Act
  readonly does: Localized
  /** Answers so without any set-up. */
  readonly mobile: string | null
  /** What `fault.create` takes, for a mobile of one's own. */
  readonly fault: Readonly<Record<string, unknown>> | null
}

const mobile = '13800138000'

/** The sentence that coverage has, too. */
function advised(outcome: string): Localized {
  const advice = advices[outcome]
  if (!advice) throw new Error(`there is no advice for the outcome ${outcome}`)
  return { en: advice.en, zh: advice.zh }
}

/** The outcomes that a platform must handle: those that decide whether a person hears once, twice or never. */
export const outcomes: readonly Outcome[] = [
  {
    id: 'accepted',
    errcode: 0,
    meets: { en: 'WeChat accepted the message', zh: '微信已受理' },
    act: 'done',
    does: {
      en: 'Keep `msgid_str`, send nothing else, and watch for a later failure.',
      zh: '记下 `msgid_str`，不再发别的，并留意之后的失败通知。',
    },
    mobile: '19900000000',
    fault: null,
  },
  {
    id: 'unregistered',
    errcode: 100011,
    meets: { en: 'Nobody registered the mobile', zh: '没有人登记过此手机号' },
    act: 'fall_back',
    does: advised('tupu.100011'),
    mobile: '19900100011',
    fault: { mobile, errcode: 100011, times: 1 },
  },
  {
    id: 'unfollowed',
    errcode: 43004,
    meets: { en: 'The person does not follow the account', zh: '此人没有关注公众号' },
    act: 'fall_back',
    does: advised('wechat.43004'),
    mobile: '19900043004',
    fault: { mobile, errcode: 43004, times: 1 },
  },
  {
    id: 'muted',
    errcode: 43101,
    meets: { en: 'The person has turned off notifications', zh: '此人关闭了消息通知' },
    act: 'fall_back',
    does: advised('wechat.43101'),
    mobile: '19900043101',
    fault: { mobile, errcode: 43101, times: 1 },
  },
  {
    id: 'bad_mobile',
    errcode: 100010,
    meets: { en: 'The mobile is not a valid number', zh: '不是有效的手机号' },
    act: 'fix',
    does: advised('tupu.100010'),
    mobile: '19900100010',
    fault: { mobile, errcode: 100010, times: 1 },
  },
  {
    id: 'too_long',
    errcode: 100013,
    meets: { en: 'The message has more than 200 characters', zh: '消息超过 200 个字符' },
    act: 'fix',
    does: advised('tupu.100013'),
    mobile: '19900100013',
    fault: { mobile, errcode: 100013, times: 1 },
  },
  {
    id: 'template_gone',
    errcode: 40037,
    meets: { en: 'WeChat has disabled the template', zh: '模板被微信停用' },
    act: 'fix',
    does: advised('wechat.40037'),
    mobile: '19900040037',
    fault: { mobile, errcode: 40037, times: 1 },
  },
  {
    id: 'suspended',
    errcode: 100004,
    meets: { en: 'The EID is suspended (100005: revoked)', zh: 'EID 被暂停（100005：被吊销）' },
    act: 'fix',
    does: advised('tupu.100004'),
    mobile: '19900100004',
    fault: { mobile, errcode: 100004, times: 1 },
  },
  {
    id: 'throttled',
    errcode: 100018,
    meets: { en: 'Too many calls in this minute', zh: '这一分钟调用过多' },
    act: 'wait',
    does: advised('tupu.100018'),
    mobile: '19900100018',
    fault: { mobile, errcode: 100018, times: 1 },
  },
  {
    id: 'quota',
    errcode: 45009,
    meets: { en: 'WeChat’s daily quota is used up', zh: '微信当日配额用完' },
    act: 'fall_back',
    does: advised('wechat.45009'),
    mobile: '19900045009',
    fault: { mobile, errcode: 45009, times: 1 },
  },
  {
    id: 'busy',
    errcode: -1,
    meets: { en: 'The system is busy or failed', zh: '系统繁忙或出错' },
    act: 'retry',
    does: advised('tupu.-1'),
    mobile: '19900999999',
    fault: { mobile, errcode: -1, times: 1 },
  },
  {
    id: 'unknown',
    errcode: 100031,
    meets: {
      en: 'WeChat did not answer TUPU: the message may have been sent',
      zh: '微信没有应答 TUPU：可能已发出',
    },
    act: 'wait',
    does: advised('tupu.100031'),
    mobile: '19900100031',
    fault: { surface: 'wechat', mobile, stage: 'after', transport: 'reset', times: 1 },
  },
  {
    id: 'silence',
    errcode: null,
    meets: { en: 'TUPU accepted the call, but the answer was lost', zh: 'TUPU 已受理，应答却丢了' },
    act: 'retry',
    does: advised('fault.answer_lost'),
    mobile: '19902000001',
    fault: { surface: 'tupu', mobile, stage: 'after', transport: 'reset', times: 1 },
  },
  {
    id: 'unreachable',
    errcode: null,
    meets: { en: 'TUPU cannot be reached', zh: '连不上 TUPU' },
    act: 'retry',
    does: advised('fault.unreachable'),
    mobile: null,
    fault: { surface: 'tupu', mobile, transport: 'reset', times: 1 },
  },
  {
    id: 'garbage',
    errcode: null,
    meets: { en: 'TUPU’s answer cannot be read', zh: 'TUPU 的应答无法解读' },
    act: 'retry',
    does: advised('fault.garbage'),
    mobile: '19902000004',
    fault: { surface: 'tupu', mobile, transport: 'garbage', times: 1 },
  },
  {
    id: 'late',
    errcode: 0,
    meets: { en: 'The answer is late', zh: '应答迟到' },
    act: 'wait',
    does: advised('fault.slow'),
    mobile: '19901010000',
    fault: { surface: 'tupu', mobile, delay: 'PT10S', times: 1 },
  },
  {
    id: 'failed_later',
    errcode: 0,
    meets: { en: 'Accepted, but not delivered later', zh: '先受理，之后没有送达' },
    act: 'wait',
    does: {
      en: 'Watch for `message.failed` in your callback, or call `message.get`; then fall back, once.',
      zh: '从回调得知 `message.failed`，或用 `message.get` 询问，然后改发一次短信或邮件。',
    },
    mobile: '19903000001',
    fault: null,
  },
]
