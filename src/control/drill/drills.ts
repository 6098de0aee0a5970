import type { Localized } from '../../core/field.ts'

const minute = 60_000
const hour = 60 * minute

/**
 * A control call of a drill. Its input may name `{account}`, `{appid}`, `{template_id}`, `{fault}`, the name of the drill's
 * faults, and `{until}`, the instant at which the drill is over.
 */
export interface Act {
  readonly call: string
  readonly input: Readonly<Record<string, string | number>>
  /** Once for each of the account's candidates, by `{person}`, from one place in a hundred to another: ids decide who stands where. */
  readonly each?: readonly [from: number, to: number]
}

/** A bad day, as it happens to one account. */
export interface Drill {
  readonly title: Localized
  /** What a good platform does on such a day. */
  readonly advice: Localized
  readonly lasts_ms: number
  /** What happens, in this order, after so many milliseconds of the world's time. */
  readonly acts: readonly (Act & { readonly after_ms?: number })[]
  /** What makes it good again, when the drill is over or stopped. Its faults end by themselves. */
  readonly ends?: readonly Act[]
}

/** The fault that a drill makes. */
function fault(spec: Act['input']): Act {
  const input = { name: '{fault}', account: '{account}', until: '{until}', ...spec }
  return { call: 'fault.create', input }
}

const wechatSend = { surface: 'wechat', endpoint: 'template.send' }
const unfollow = {
  call: 'phone.unfollow',
  input: { person: '{person}', account: '{account}' },
}
const partnerSend = { surface: 'tupu', endpoint: 'message.send' }

/** The named bad days. */
export const drills = {
  wechat_busy: {
    title: {
      en: 'WeChat is busy: every second send answers -1',
      zh: '微信繁忙：一半的发送返回 -1',
    },
    advice: {
      en: 'Tries once or twice more after a short wait, then falls back; never sends by both.',
      zh: '稍等后再试一两次，仍不成功再改用其他渠道；绝不两边都发。',
    },
    lasts_ms: hour,
    acts: [fault({ ...wechatSend, errcode: -1, probability: 0.5 })],
  },
  partner_slow: {
    title: {
      en: 'TUPU is slow: every second answer comes three seconds late',
      zh: 'TUPU 变慢：一半的应答晚三秒',
    },
    advice: {
      en: 'Waits longer than that, holds up nothing else meanwhile, and repeats what timed out with the same client_msg_id.',
      zh: '等待时间比这更长，期间不阻塞其他工作；超时后用同一 client_msg_id 重试。',
    },
    lasts_ms: hour,
    acts: [fault({ ...partnerSend, delay: 'PT3S', probability: 0.5 })],
  },
  answers_lost: {
    title: {
      en: 'Answers get lost: every third send is carried out, and its connection breaks',
      zh: '应答丢失：三分之一的发送已执行，但连接中断',
    },
    advice: {
      en: 'Repeats with the same client_msg_id and gets the answer of the first, instead of falling back for a message that has arrived.',
      zh: '用同一 client_msg_id 重试，得到第一次的应答，而不是对已送达的消息再发短信。',
    },
    lasts_ms: hour,
    acts: [fault({ ...partnerSend, stage: 'after', transport: 'reset', probability: 0.34 })],
  },
  template_taken: {
    title: {
      en: 'WeChat disables the template: nothing can be sent until it is back',
      zh: '微信封禁了模板：恢复之前什么也发不出去',
    },
    advice: {
      en: 'Falls back at once for every message and tells its operator, once.',
      zh: '每条消息立即改用其他渠道，并提醒运维人员一次。',
    },
    lasts_ms: 6 * hour,
    acts: [{ call: 'template.disable', input: { appid: '{appid}', template_id: '{template_id}' } }],
    ends: [{ call: 'template.enable', input: { appid: '{appid}', template_id: '{template_id}' } }],
  },
  quota_gone: {
    title: {
      en: "The day's quota of template messages is used up: 45009",
      zh: '当天的模板消息额度用完：45009',
    },
    advice: {
      en: 'Falls back at once and does not try again before midnight in Beijing.',
      zh: '立即改用其他渠道，北京时间零点前不再重试。',
    },
    lasts_ms: 6 * hour,
    acts: [fault({ ...wechatSend, errcode: 45009 })],
  },
  mass_unfollow: {
    title: {
      en: 'Half of the candidates unfollow within two hours, and come back when the day is over',
      zh: '两小时内一半的候选人取消关注，当天结束时回来',
    },
    advice: {
      en: 'Falls back for those who are gone (43004), and sends by WeChat again when they are back.',
      zh: '对已取消关注者（43004）改用其他渠道，回来之后再用微信发送。',
    },
    lasts_ms: 6 * hour,
    acts: [
      { ...unfollow, each: [0, 20] },
      { ...unfollow, each: [20, 35], after_ms: hour },
      { ...unfollow, each: [35, 50], after_ms: 2 * hour },
    ],
    ends: [{ ...unfollow, call: 'phone.follow', each: [0, 50] }],
  },
  callbacks_twice: {
    title: { en: 'Every callback comes twice', zh: '每个回调都来两次' },
    advice: {
      en: 'Knows an event by its event_id and does nothing at the second.',
      zh: '凭 event_id 认出同一事件，第二次什么也不做。',
    },
    lasts_ms: hour,
    acts: [fault({ surface: 'callback', delivery: 'twice' })],
  },
  callbacks_swapped: {
    title: { en: 'Callbacks overtake each other', zh: '回调顺序颠倒' },
    advice: {
      en: 'Believes the latest occurred_at, and never lets an earlier state replace a later one.',
      zh: '以最晚的发生时间为准，绝不让较早的状态覆盖较晚的。',
    },
    lasts_ms: hour,
    acts: [fault({ surface: 'callback', delivery: 'swap' })],
  },
  eid_rotated: {
    title: {
      en: 'TUPU gives the account another EID without warning: the old one answers 100001',
      zh: 'TUPU 未经通知更换了 EID：旧的返回 100001',
    },
    advice: {
      en: 'Falls back at once, asks its customer for the new EID, and does not try the old one again and again.',
      zh: '立即改用其他渠道，向客户要新的 EID，不反复用旧的重试。',
    },
    lasts_ms: hour,
    acts: [{ call: 'eid.rotate', input: { eid: '{account}' } }],
  },
  gateway_garbage: {
    title: {
      en: 'What WeChat answers cannot be read: every second send ends unknown, 100032',
      zh: '微信的应答无法解读：一半的发送结果未知（100032）',
    },
    advice: {
      en: 'Looks the message up by its client_msg_id, and falls back when nothing says that it has arrived.',
      zh: '按 client_msg_id 查询，若无法确认已送达，则改用其他渠道。',
    },
    lasts_ms: hour,
    acts: [fault({ ...wechatSend, transport: 'garbage', probability: 0.5 })],
  },
} satisfies Readonly<Record<string, Drill>>

export type DrillName = keyof typeof drills
export const drill_names = Object.keys(drills) as [DrillName, ...DrillName[]]

export function drillOf(name: string): Drill | undefined {
  return Object.hasOwn(drills, name) ? drills[name as DrillName] : undefined
}
