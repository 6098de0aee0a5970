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

/** Many connections send requests; of a send each request's mobile is written anew. */
export interface Traffic {
  /** Whole requests as they go on the wire, one for each connection in turn. */
  readonly requests: readonly string[]
  /** What a good answer has besides status 200. */
  readonly expected: string
  /** Among how many mobiles the sends go round. */
  readonly associations: number
}

/** What platforms send. */
export function sendsTo(port: number, eid: string, associations: number): Traffic {
  const body = bodyOf(eid)
  return {
    requests: [textOf(port, '/tupu/v1/messages', body)],
    expected: '\r\n\r\n{"errcode":0,',
    associations,
  }
}

/** What a client of a JSON API sends: a POST where there is a body. */
export function textOf(port: number, path: string, body?: string): string {
  const method = body === undefined ? 'GET' : 'POST'
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\n`
  if (body === undefined) return `${head}\r\n`
  const length = Buffer.byteLength(body)
  return `${head}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`
}

/** What a candidate's browser asks for, once it has a session. */
export function visitTo(port: number, path: string, cookie: string): string {
  const head = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/html\r\n`
  return `${head}Accept-Language: zh-CN\r\nCookie: ${cookie}\r\n\r\n`
}
