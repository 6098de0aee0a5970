import { type Answer, type Sim, startSim } from '../sim.ts'
import { acmesClient, initechsClient, linksMiniprogram, type WechatClient } from './client.ts'

/** Li follows Acme, whose template has two typed keywords. */
export interface Scene extends Sim {
  readonly client: WechatClient
  readonly touser: string
  readonly template_id: string
}

export async function startScene(): Promise<Scene> {
  const sim = await startSim()
  await linksMiniprogram(sim)
  const client = await acmesClient(sim)
  const { template_id } = (await sim.world.call('template.create', {
    appid: sim.acme.appid,
    title: '面试邀请通知',
    content: '职位:{{thing1.DATA}}\n时间:{{time2.DATA}}\n',
  })) as { template_id: string }
  return { ...sim, client, touser: sim.li.openidAt(sim.acme), template_id }
}

/** One way in which a send is refused. */
export interface Row {
  readonly when: string
  readonly errcode: number
  readonly errmsg: string
  /** What comes before the call, and what it changes of the scene. */
  readonly given?: (scene: Scene) => Promise<Partial<Scene>>
  readonly send: (scene: Scene) => Promise<Answer>
}

const path = '/cgi-bin/message/template/send'
const unknown_openid = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'
const unknown_token =
  'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r'

/** Values that fit the template of the scene. */
export const good_data = { thing1: { value: '产品经理' }, time2: { value: '2026年1月5日 09:00' } }

/** Everything is wrong that is looked at after the receiver. */
function wrong({ touser, template_id }: Scene) {
  return { touser, template_id, miniprogram: { appid: 'x' }, data: {} }
}

function sends(body: (scene: Scene) => unknown): Row['send'] {
  return (scene) => scene.client.sends(body(scene))
}

function officialAccount(change: object): NonNullable<Row['given']> {
  return async ({ world, acme }) => {
    await world.call('official_account.update', { appid: acme.appid, ...change })
    return {}
  }
}

/** What Li and the template are called at another account. */
async function initech(scene: Scene) {
  const { client, openid } = await initechsClient(scene)
  return { touser: openid, template_id: client.account.info.template_id ?? '' }
}

const before_the_fields: readonly Row[] = [
  {
    when: 'it is a GET',
    errcode: 43002,
    errmsg: 'require POST method',
    send: ({ http }) => http('GET', path),
  },
  {
    when: 'there is no token',
    errcode: 41001,
    errmsg: 'access_token missing',
    send: ({ http }) => http('POST', path, '{'),
  },
  {
    when: 'the token is unknown',
    errcode: 40001,
    errmsg: unknown_token,
    send: ({ http }) => http('POST', `${path}?access_token=2`, '{'),
  },
  {
    when: 'the account asks for https, and the token is old',
    errcode: 43003,
    errmsg: 'require https',
    given: async (scene) => {
      await scene.world.advance('PT2H')
      return officialAccount({ require_https: true, verified: false })(scene)
    },
    send: sends(() => '{'),
  },
  {
    when: 'the token is old, and the account not verified',
    errcode: 42001,
    errmsg: 'access_token expired',
    given: async (scene) => {
      await scene.world.advance('PT2H')
      return officialAccount({ verified: false })(scene)
    },
    send: sends(() => '{'),
  },
  {
    when: 'the account is not verified, and the body no JSON',
    errcode: 48001,
    errmsg: 'api unauthorized',
    given: officialAccount({ verified: false }),
    send: sends(() => '{'),
  },
  {
    when: 'the body is empty',
    errcode: 44002,
    errmsg: 'empty post data',
    send: sends(() => ''),
  },
]

const bodies: readonly Row[] = [
  { what: 'XML', body: '<xml><touser>o</touser></xml>' },
  { what: 'a form', body: `touser=${unknown_openid}` },
  { what: 'an array', body: '[]' },
  { what: 'a text', body: '"{}"' },
  { what: 'null', body: 'null' },
  { what: 'cut off', body: '{"touser":' },
  { what: 'an object after a byte-order mark', body: '\ufeff{}' },
  { what: 'not UTF-8', body: Buffer.from('{"touser":"\xe9"}', 'latin1') },
].map(({ what, body }) => ({
  when: `the body is ${what}`,
  errcode: 47001,
  errmsg: 'data format error',
  send: sends(() => body),
}))

const receivers: readonly Row[] = [
  undefined,
  null,
  '',
  7,
  {},
  [],
  'ocYxcu',
  `${unknown_openid}A`,
  ` ${unknown_openid}`,
  'o\0',
].map((touser) => ({
  when: `touser is ${JSON.stringify(touser)}, and nothing else given`,
  errcode: 40003,
  errmsg: 'invalid openid',
  send: sends(() => ({ touser })),
}))

const missing_templates: readonly Row[] = [undefined, null, '', 7].map((template_id) => ({
  when: `template_id is ${JSON.stringify(template_id)}, and touser nobody’s`,
  errcode: 40036,
  errmsg: 'invalid template_id size',
  send: sends((scene) => ({ ...wrong(scene), touser: unknown_openid, template_id })),
}))

const unknown_templates: readonly Row[] = ['TM00015', 'OPENTM204040862', 'a'.repeat(43), '\0'].map(
  (template_id) => ({
    when: `template_id is ${JSON.stringify(template_id)}, and touser nobody’s`,
    errcode: 40037,
    errmsg: 'invalid template_id',
    send: sends((scene) => ({ ...wrong(scene), touser: unknown_openid, template_id })),
  }),
)

const users: readonly Row[] = [
  {
    when: 'the template is another account’s, and so is touser',
    errcode: 40037,
    errmsg: 'invalid template_id',
    given: initech,
    send: sends(wrong),
  },
  {
    when: 'nobody has the openid',
    errcode: 40003,
    errmsg: 'invalid openid',
    send: sends((scene) => ({ ...wrong(scene), touser: unknown_openid })),
  },
  {
    when: 'the openid is that of the same person at another account',
    errcode: 40003,
    errmsg: 'invalid openid',
    given: async (scene) => ({ touser: (await initech(scene)).touser }),
    send: sends(wrong),
  },
  {
    when: 'the receiver never followed',
    errcode: 43004,
    errmsg: 'require subscribe',
    given: async ({ han, acme }) => {
      return { touser: (await han.registers(acme, { state: 'never' })).openid }
    },
    send: sends(wrong),
  },
  {
    when: 'the receiver follows no more',
    errcode: 43004,
    errmsg: 'require subscribe',
    given: async ({ li, acme }) => {
      await li.unfollows(acme)
      return {}
    },
    send: sends(wrong),
  },
  {
    when: 'the receiver is on the account’s blacklist',
    errcode: 43019,
    errmsg: 'require remove blacklist',
    given: async ({ client, li, acme }) => {
      const openid_list = [li.openidAt(acme)]
      await client.post('/cgi-bin/tags/members/batchblacklist', { openid_list })
      return {}
    },
    send: sends(wrong),
  },
  {
    when: 'the receiver has switched notifications off',
    errcode: 43101,
    errmsg: 'user refuse to accept the msg',
    given: async ({ li, acme }) => {
      await li.mutes(acme)
      return {}
    },
    send: sends(wrong),
  },
]

const contents: readonly Row[] = [
  {
    when: 'the mini program has no such appid, and no value is given',
    errcode: 40013,
    errmsg: 'invalid appid',
    send: sends(wrong),
  },
  {
    when: 'the mini program’s page is missing, and no value is given',
    errcode: 40165,
    errmsg: 'invalid weapp pagepath',
    send: sends((scene) => ({ ...wrong(scene), miniprogram: { appid: 'wx0123456789abcdef' } })),
  },
  {
    when: 'no value is given',
    errcode: 47003,
    errmsg: 'argument invalid! data.thing1.value is empty',
    send: sends((scene) => ({ ...wrong(scene), miniprogram: null })),
  },
  {
    when: 'a value does not fit its type',
    errcode: 47003,
    errmsg: 'argument invalid! data.time2.value invalid',
    send: sends(({ touser, template_id }) => {
      return { touser, template_id, data: { ...good_data, time2: { value: 'nine' } } }
    }),
  },
]

/** In the order of the checks: each call is as wrong as it can be from there on. */
export const rows: readonly Row[] = [
  ...before_the_fields,
  ...bodies,
  ...receivers,
  ...missing_templates,
  ...unknown_templates,
  ...users,
  ...contents,
]
