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

/** The outcomes that a platform must handle: those that decide whether a person hears once, twice or never. */
export const outcomes: readonly Outcome[] = [
  {
    id: 'accepted',
    errcode: 0,
    meets: { en: 'WeChat accepted the message', zh: '微信已受理' },
    act: 'done',
    does: {
      en: 'Keeps msgid_str, sends nothing else, and listens for a failure later.',
      zh: '记下 msgid_str，不再发别的，并留意之后的失败通知。',
    },
    mobile: '19900000000',
    fault: null,
  },
  {
    id: 'unregistered',
    errcode: 100011,
    meets: { en: 'Nobody registered the mobile', zh: '没有人登记过此手机号' },
    act: 'fall_back',
    does: {
      en: 'Falls back to SMS or email at once: this is the everyday case, not an alarm.',
      zh: '立刻改发短信或邮件：这是家常便饭，不必报警。',
    },
    mobile: '19900100011',
    fault: { mobile, errcode: 100011, times: 1 },
  },
  {
    id: 'unfollowed',
    errcode: 43004,
    meets: { en: 'The person does not follow the account', zh: '此人没有关注公众号' },
    act: 'fall_back',
    does: {
      en: 'Falls back at once, and does not try WeChat again for the same message.',
      zh: '立刻改用别的方式，同一条消息不再尝试微信。',
    },
    mobile: '19900043004',
    fault: { mobile, errcode: 43004, times: 1 },
  },
  {
    id: 'muted',
    errcode: 43101,
    meets: { en: 'The person has switched the notifications off', zh: '此人关闭了消息通知' },
    act: 'fall_back',
    does: {
      en: 'Falls back at once; the person has chosen so, and no retry changes it.',
      zh: '立刻改用别的方式：这是本人的选择，重试也没有用。',
    },
    mobile: '19900043101',
    fault: { mobile, errcode: 43101, times: 1 },
  },
  {
    id: 'bad_mobile',
    errcode: 100010,
    meets: { en: 'It is not a mobile number', zh: '不是有效的手机号' },
    act: 'fix',
    does: {
      en: 'Falls back to email, and has the record corrected: SMS would fail as well.',
      zh: '改发邮件，并请人更正资料：短信同样发不出去。',
    },
    mobile: '19900100010',
    fault: { mobile, errcode: 100010, times: 1 },
  },
  {
    id: 'too_long',
    errcode: 100013,
    meets: { en: 'The message has more than 200 characters', zh: '消息超过 200 个字符' },
    act: 'fix',
    does: {
      en: 'Falls back, and has the text shortened: the same text fails every time.',
      zh: '改用别的方式，并缩短文字：同样的文字每次都会失败。',
    },
    mobile: '19900100013',
    fault: { mobile, errcode: 100013, times: 1 },
  },
  {
    id: 'template_gone',
    errcode: 40037,
    meets: { en: 'WeChat has taken the template away', zh: '模板被微信停用' },
    act: 'fix',
    does: {
      en: 'Falls back for everybody, and tells an operator: nothing arrives until a template is approved again.',
      zh: '全部改用别的方式，并通知操作员：重新通过审核之前什么都送不到。',
    },
    mobile: '19900040037',
    fault: { mobile, errcode: 40037, times: 1 },
  },
  {
    id: 'suspended',
    errcode: 100004,
    meets: { en: 'The EID is suspended (100005: revoked)', zh: 'EID 被暂停（100005：被吊销）' },
    act: 'fix',
    does: {
      en: 'Falls back for the whole customer, and tells who looks after the integration.',
      zh: '该客户全部改用别的方式，并通知负责接入的人。',
    },
    mobile: '19900100004',
    fault: { mobile, errcode: 100004, times: 1 },
  },
  {
    id: 'throttled',
    errcode: 100018,
    meets: { en: 'Too many calls in this minute', zh: '这一分钟调用过多' },
    act: 'wait',
    does: {
      en: 'Waits retry_after_s seconds and repeats with the same client_msg_id, for the others too.',
      zh: '等 retry_after_s 秒，用同一个 client_msg_id 再试，其他消息也一样。',
    },
    mobile: '19900100018',
    fault: { mobile, errcode: 100018, times: 1 },
  },
  {
    id: 'quota',
    errcode: 45009,
    meets: { en: 'WeChat’s daily quota is used up', zh: '微信当日配额用完' },
    act: 'fall_back',
    does: {
      en: 'Falls back for the rest of the day: it lasts until midnight in Beijing.',
      zh: '当天余下的都改用别的方式：要到北京时间零点才恢复。',
    },
    mobile: '19900045009',
    fault: { mobile, errcode: 45009, times: 1 },
  },
  {
    id: 'busy',
    errcode: -1,
    meets: { en: 'The system is busy or failed', zh: '系统繁忙或出错' },
    act: 'retry',
    does: {
      en: 'Repeats a few times with the same client_msg_id, seconds apart, then falls back.',
      zh: '用同一个 client_msg_id 隔几秒重试几次，再改用别的方式。',
    },
    mobile: '19900999999',
    fault: { mobile, errcode: -1, times: 1 },
  },
  {
    id: 'unknown',
    errcode: 100031,
    meets: {
      en: 'WeChat did not answer TUPU: it may have been sent',
      zh: '微信没有应答 TUPU：可能已发出',
    },
    act: 'fall_back',
    does: {
      en: 'Falls back when the news matter, and accepts that the person may hear twice.',
      zh: '要紧的消息改用别的方式，并接受对方可能收到两次。',
    },
    mobile: '19900100031',
    fault: { surface: 'wechat', mobile, stage: 'after', transport: 'reset', times: 1 },
  },
  {
    id: 'silence',
    errcode: null,
    meets: { en: 'TUPU does not answer, or breaks off', zh: 'TUPU 没有应答，或连接中断' },
    act: 'retry',
    does: {
      en: 'Ends the call by its own time-out, repeats with the same client_msg_id, then falls back.',
      zh: '由自己的超时结束调用，用同一个 client_msg_id 重试，再改用别的方式。',
    },
    mobile: '19902000001',
    fault: { surface: 'tupu', mobile, stage: 'after', transport: 'reset', times: 1 },
  },
  {
    id: 'failed_later',
    errcode: 0,
    meets: { en: 'Accepted, and not delivered later', zh: '先受理，之后没有送达' },
    act: 'wait',
    does: {
      en: 'Hears message.failed at its callback, or asks message.get, and falls back then.',
      zh: '从回调得知 message.failed，或用 message.get 询问，然后改用别的方式。',
    },
    mobile: '19903000001',
    fault: null,
  },
]
