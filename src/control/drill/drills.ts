import type { Localized } from '../../core/field.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * A control call of a drill. Its input may name `{account}`, `{appid}`, `{template_id}`, `{fault}`, the name of the drill's
 * faults, `{delay}`, how long a slow answer takes, and two instants: `{until}`, at which the drill is over, and `{midnight}`, at
 * which the next day begins in Beijing.
 */
export interface Act {
  readonly call: string
  readonly input: Readonly<Record<string, string | number>>
  /** Once for each of the account's candidates who are so, by `{person}`. */
  readonly each?: Share
}

/** Candidates from one place in a hundred to another (ids decide who stands where), as they stand to the account. */
interface Share {
  readonly from: number
  readonly to: number
  readonly who: 'following' | 'unfollowed' | 'blocking'
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
const partnerSend = { surface: 'tupu', endpoint: 'message.send' }

/** Carried out and kept, and nobody hears of it. */
const lost = { stage: 'after', transport: 'reset' }

/** What a share of the candidates does with the phone. */
function candidates(verb: 'follow' | 'unfollow' | 'block' | 'unblock', each: Share): Act {
  const input = { person: '{person}', account: '{account}' }
  return { call: `phone.${verb}`, input, each }
}

/** Some block the account for as long as it lasts: without failures nobody sees what became of callbacks. */
const someBlock = candidates('block', { from: 0, to: 40, who: 'following' })
const nobodyBlocks = candidates('unblock', { from: 0, to: 40, who: 'blocking' })

/** The named bad days. */
export const drills = {
  wechat_busy: {
    title: {
      en: 'WeChat is busy: every second send is refused with -1, and for ten minutes every send',
      zh: '微信繁忙：一半的发送返回 -1，其中有十分钟全部如此',
    },
    advice: {
      en: 'Retry once or twice after a short wait, then fall back. Never send through both channels.',
      zh: '稍等后再试一两次，仍不成功再改用其他渠道；绝不两边都发。',
    },
    lasts_ms: hour,
    acts: [
      fault({ ...wechatSend, errcode: -1, probability: 0.5 }),
      { ...fault({ ...wechatSend, errcode: -1, until: 'PT10M' }), after_ms: 20 * minute },
    ],
  },
  partner_slow: {
    title: {
      en: 'TUPU is slow: every second response is delayed, by three seconds unless set otherwise',
      zh: 'TUPU 变慢：一半的应答迟到，默认晚三秒',
    },
    advice: {
      en: 'Use a longer timeout, do not block other work meanwhile, and retry what timed out with the same client_msg_id.',
      zh: '把等待时间设得比这更长，期间不要阻塞其他工作；超时后用同一 client_msg_id 重试。',
    },
    lasts_ms: hour,
    acts: [fault({ ...partnerSend, delay: '{delay}', probability: 0.5 })],
  },
  answers_lost: {
    title: {
      en: 'Responses are lost: every third send is carried out but its connection breaks, and for ten minutes two out of three',
      zh: '应答丢失：三分之一的发送已执行，但连接中断；其中有十分钟为三分之二',
    },
    advice: {
      en: 'Retry with the same client_msg_id to get the first response, or look the message up by it, instead of falling back for a delivered message.',
      zh: '用同一 client_msg_id 重试，取得第一次的应答，或凭它查询；不要对已送达的消息再发短信。',
    },
    lasts_ms: hour,
    acts: [
      fault({ ...partnerSend, ...lost, probability: 0.34 }),
      {
        ...fault({ ...partnerSend, ...lost, probability: 0.5, until: 'PT10M' }),
        after_ms: 20 * minute,
      },
    ],
  },
  template_taken: {
    title: {
      en: 'WeChat disables the template: no message can be sent until it is restored',
      zh: '微信封禁了模板：恢复之前什么也发不出去',
    },
    advice: {
      en: 'Fall back at once for every message, and alert your operator once.',
      zh: '每条消息立即改用其他渠道，并提醒运维人员一次。',
    },
    lasts_ms: 6 * hour,
    acts: [{ call: 'template.disable', input: { appid: '{appid}', template_id: '{template_id}' } }],
    ends: [{ call: 'template.enable', input: { appid: '{appid}', template_id: '{template_id}' } }],
  },
  quota_gone: {
    title: {
      en: 'The daily quota of template messages is exhausted: 45009 until midnight in Beijing',
      zh: '当天的模板消息额度用完：北京时间零点之前都是 45009',
    },
    advice: {
      en: 'Fall back at once, and do not retry before midnight in Beijing.',
      zh: '立即改用其他渠道，北京时间零点前不要再试。',
    },
    lasts_ms: day,
    acts: [fault({ ...wechatSend, errcode: 45009, until: '{midnight}' })],
  },
  mass_unfollow: {
    title: {
      en: 'Half of the candidates unfollow within two hours, and follow again when the drill ends',
      zh: '两小时内一半的候选人取消关注，当天结束时回来',
    },
    advice: {
      en: 'Fall back for those who unfollowed (43004), and use WeChat again once they follow.',
      zh: '对已取消关注者（43004）改用其他渠道，回来之后再用微信发送。',
    },
    lasts_ms: 6 * hour,
    acts: [
      candidates('unfollow', { from: 0, to: 20, who: 'following' }),
      { ...candidates('unfollow', { from: 20, to: 35, who: 'following' }), after_ms: hour },
      { ...candidates('unfollow', { from: 35, to: 50, who: 'following' }), after_ms: 2 * hour },
    ],
    ends: [candidates('follow', { from: 0, to: 50, who: 'unfollowed' })],
  },
  callbacks_twice: {
    title: {
      en: 'Every callback is sent twice, and some candidates block the account',
      zh: '每个回调都来两次，还有一些候选人屏蔽了账号',
    },
    advice: {
      en: 'Recognize events by event_id, ignore the second one, and fall back once for each failed message.',
      zh: '凭 event_id 认出同一事件，第二次什么也不做；对每条失败的只回退一次。',
    },
    lasts_ms: hour,
    acts: [fault({ surface: 'callback', delivery: 'twice' }), someBlock],
    ends: [nobodyBlocks],
  },
  callbacks_swapped: {
    title: {
      en: 'Callbacks arrive out of order, and some candidates block the account',
      zh: '回调顺序颠倒，还有一些候选人屏蔽了账号',
    },
    advice: {
      en: 'Match messages by msgid_str in any order, and never let an earlier occurred_at replace a later one.',
      zh: '无论先到的是哪一个，都凭 msgid_str 找到消息；绝不让较早的 occurred_at 覆盖较晚的。',
    },
    lasts_ms: hour,
    acts: [fault({ surface: 'callback', delivery: 'swap' }), someBlock],
    ends: [nobodyBlocks],
  },
  eid_rotated: {
    title: {
      en: 'TUPU rotates the EID of the account without warning: the old one is refused with 100001',
      zh: 'TUPU 未经通知更换了 EID：旧的返回 100001',
    },
    advice: {
      en: 'Fall back at once, ask the customer for the new EID, and stop using the old one.',
      zh: '立即改用其他渠道，向客户要新的 EID，不要反复用旧的重试。',
    },
    lasts_ms: hour,
    acts: [{ call: 'eid.rotate', input: { eid: '{account}' } }],
  },
  gateway_garbage: {
    title: {
      en: 'WeChat responses are unreadable: the outcome of every second send is unknown (100032)',
      zh: '微信的应答无法解读：一半的发送结果未知（100032）',
    },
    advice: {
      en: 'Look the message up by its client_msg_id, and fall back unless it was delivered.',
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
