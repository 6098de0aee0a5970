import type { WechatWords } from './en.ts'

/** Chinese. */
export const zhWechat: WechatWords = {
  title: '微信',
  sorry: '抱歉，出错了',
  error: {
    code: '错误码：{code}',
    trace: '模拟器的记录：{trace}',
  },
  outside: {
    heading: '请在微信客户端打开链接',
    why: '模拟器不知道是谁在看这个页面。',
    who: '选择是谁在看',
  },
  who: {
    title: '是谁在看？',
    lead: '选择用谁的微信打开{account}的这个链接。',
    none: '这个世界里还没有人。请在“人物”页面新建。',
    more: '这里只列出前 {count} 人；其他人的地址以 `/as/{key}/` 开头。',
    states: {
      following: '已关注',
      muted: '已关注，消息免打扰',
      blocking: '已关注，拒收消息',
      unfollowed: '已取消关注',
      never: '未关注',
    },
  },
  consent: {
    title: '网页授权',
    asks: '申请',
    what: '获取你的昵称、头像',
    as: '以这个身份',
    allow: '允许',
    deny: '拒绝',
    stale: '页面已失效，请再确认一次。',
  },
  refused: {
    heading: '你已拒绝',
    text: '对方没有得到任何信息，也不知道你拒绝了。',
    again: '重新打开链接',
  },
  twice: {
    heading: '正在返回网站',
    text: '此人的微信会把跳转打开两次（double_redirect）：先在看不见的地方打开一次，再打开这一次。{host} 两次都会收到请求。',
    first: '两次打开中的第一次',
    go: '继续',
  },
  login: {
    title: '微信登录',
    code: '登录二维码',
    waiting: '使用微信扫一扫登录',
    to: '登录“{app}”',
    scanned: '扫描成功，请在手机上确认',
    expired: '二维码已失效',
    anew: '刷新二维码',
    go: '我已在手机上确认',
    paste: '在虚拟手机的“扫一扫”中粘贴二维码的内容：',
    allowed: { heading: '已登录', text: '请回到显示二维码的浏览器继续。' },
    denied: { heading: '已拒绝', text: '网站只知道本次登录已结束。' },
  },
}
