const first_mobile = 13_800_000_000

/** The nth registered mobile, as platforms write it. */
export function mobileOf(n: number): string {
  return String(first_mobile + n)
}

/** The body of a send as platforms make them, about 600 bytes, with the first mobile in it. */
export function bodyOf(eid: string): string {
  return JSON.stringify({
    eid,
    mobile: mobileOf(0),
    message:
      '您好，恭喜您通过面试！请于下周一上午九点携带身份证、学历证书、离职证明和两张一寸照片，' +
      '到公司一楼前台办理入职手续，并提前在线填写入职登记表。如有疑问请联系人力资源部，期待您的加入。请勿回复本消息，祝您工作顺利。',
    name: '王小雨',
    email: 'wang.xiaoyu@example.com',
    keywords: { keyword1: '王小雨', keyword2: '晨光科技' },
    url: 'https://hr.example.com/onboarding/tasks/8f14e45fceea167a?source=wechat&candidate=c9f0f895fb98ab91',
  })
}
