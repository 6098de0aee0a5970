import { z } from 'zod'
import { type Traffic, textOf } from '../load/request.ts'
import { wechat_names } from './report.ts'
import type { Server } from './rounds.ts'
import type { Seeded } from './seed.ts'

type Simulated = Pick<Server, 'child' | 'port'> & { readonly seeded: Seeded }

/** So many followers are asked for, and sent to, in turn. */
const followers_count = 50
const live = z.object({ appid: z.string(), app_secret: z.string(), template_id: z.string() })
const token_answer = z.object({ access_token: z.string() })

/** One kind of call to WeChat, and the one that bare `node:http` gets instead. */
interface Call {
  readonly name: string
  readonly against: string
  readonly requests: (port: number) => string[]
  readonly expected: string
}

/**
 * WeChat's own calls as SDKs make them, each beside a bare server that gets the same: a new token each time, the stable one,
 * a follower, and a template message.
 */
export async function wechatServers(simulated: Simulated, bare: Server): Promise<Server[]> {
  const calls = await callsOf(simulated)
  const trafficOf = ({ requests }: Call, port: number, expected: string): Traffic => {
    return { requests: requests(port), expected, associations: 0 }
  }
  const measures = new Map(calls.map((call) => [call.against, call]))
  return [
    ...[...measures].map(([name, call]) => {
      return { ...bare, name, traffic: trafficOf(call, bare.port, '\r\n\r\n{') }
    }),
    ...calls.map((call) => {
      const { child, port } = simulated
      return { name: call.name, child, port, traffic: trafficOf(call, port, call.expected) }
    }),
  ]
}

async function callsOf(simulated: Simulated): Promise<Call[]> {
  const { grant, access_token, template_id } = await signIn(simulated)
  const { get, post } = wechat_names.bare
  const body = JSON.stringify(grant)
  const by = `?access_token=${access_token}`
  const some = simulated.seeded.openids.slice(0, followers_count)
  const ofEach = (make: (openid: string) => string) => some.map(make)
  return [
    {
      name: wechat_names.token,
      against: get,
      requests: (to) => [textOf(to, `/cgi-bin/token?${new URLSearchParams(grant)}`)],
      expected: '\r\n\r\n{"access_token":',
    },
    {
      name: wechat_names.stable_token,
      against: post,
      requests: (to) => [textOf(to, '/cgi-bin/stable_token', body)],
      expected: '\r\n\r\n{"access_token":',
    },
    {
      name: wechat_names.user_info,
      against: get,
      requests: (to) =>
        ofEach((openid) => textOf(to, `/cgi-bin/user/info${by}&openid=${openid}&lang=zh_CN`)),
      expected: '\r\n\r\n{"subscribe":1,',
    },
    {
      name: wechat_names.template_send,
      against: post,
      requests: (to) =>
        ofEach((openid) =>
          textOf(to, `/cgi-bin/message/template/send${by}`, messageTo(openid, template_id)),
        ),
      expected: '\r\n\r\n{"errcode":0,',
    },
  ]
}

/** The stable token of the account, which no other call ends. */
async function signIn({ port, seeded }: Simulated) {
  const origin = `http://127.0.0.1:${port}`
  const account = await fetch(`${origin}/_sim/v1/worlds/bench/accounts/${seeded.eid}`)
  const { appid, app_secret, template_id } = live.parse(await account.json())
  const grant = { grant_type: 'client_credential', appid, secret: app_secret }
  const body = JSON.stringify(grant)
  const stable = await fetch(`${origin}/cgi-bin/stable_token`, { method: 'POST', body })
  const { access_token } = token_answer.parse(await stable.json())
  return { grant, access_token, template_id }
}

/** A template message as large as a send of TUPU's makes it. */
function messageTo(touser: string, template_id: string): string {
  const first =
    '您好，恭喜您通过面试！请于下周一上午九点携带身份证、学历证书、离职证明和两张一寸照片，到公司一楼前台办理入职手续。'
  const values = { first, keyword1: '王小雨', keyword2: '晨光科技', keyword3: '2026年1月5日 09:00' }
  const data = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, color: '#173177' }]),
  )
  const url = 'https://hr.example.com/onboarding/tasks/8f14e45fceea167a?source=wechat'
  return JSON.stringify({ touser, template_id, url, data })
}
