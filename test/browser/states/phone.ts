import { files, multipart } from '../../wechat/files.ts'
import { PushServer, replyTo } from '../../wechat/push/server.ts'
import type { Scene, State } from './state.ts'

const long_line =
  '王小雨，欢迎加入晨光科技！请于 1 月 12 日（周一）上午 9 点到总部一楼前台报到，携带身份证原件、学历证书和一寸照片两张。'
const url = 'https://hr.example.com/t/1'
const crowd = Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, name: `候选人${i}` }))
const alone = { world: { accounts: [], people: [{ key: 'li', name: '李雷' }] } }

/** The virtual phone: every page of it. */
export const phoneStates: readonly State[] = [
  { page: 'phones', state: 'people', reach: at('', receive) },
  { page: 'phones', state: 'nobody', options: { world: { people: [] } }, reach: at('') },
  { page: 'phones', state: 'found', reach: at('?q=li') },
  { page: 'phones', state: 'not-found', reach: at('?q=zhao') },
  { page: 'phones', state: 'too-many', options: { world: { people: crowd } }, reach: at('') },
  { page: 'phones', state: 'refused', reach: makeBadly },
  { page: 'phones', state: 'side', reach: at('?side=wang,li,han', receive) },
  { page: 'phones', state: 'lost', reach: at('/nobody') },
  { page: 'phone-chats', state: 'unread', reach: at('/wang', receive) },
  { page: 'phone-chats', state: 'unfolded', reach: unfold },
  { page: 'phone-chats', state: 'nothing', reach: at('/han') },
  { page: 'phone-chats', state: 'blocked', reach: at('/li', ({ li, acme }) => li.blocks(acme)) },
  { page: 'phone-find', state: 'all', reach: at('/li/find', addAccounts) },
  { page: 'phone-find', state: 'none', reach: at('/li/find?q=zhao') },
  { page: 'phone-find', state: 'no-account', options: alone, reach: at('/li/find') },
  { page: 'phone-scan', state: 'empty', reach: at('/li/scan') },
  { page: 'phone-scan', state: 'refused', reach: scanBadly },
  { page: 'phone-me', state: 'ordinary', reach: at('/li/me') },
  { page: 'phone-me', state: 'snapshot', reach: at('/li/me', seeSnapshots) },
  { page: 'phone-chat', state: 'messages', picture: 'conversation', reach: chat('wang', receive) },
  { page: 'phone-chat', state: 'days', reach: chat('wang', receiveForDays) },
  { page: 'phone-chat', state: 'older', reach: older },
  { page: 'phone-chat', state: 'talk', reach: talk },
  { page: 'phone-chat', state: 'nothing', reach: chat('li') },
  { page: 'phone-chat', state: 'stranger', reach: chat('han') },
  { page: 'phone-chat', state: 'menu', reach: openMenu },
  { page: 'phone-chat', state: 'tapped', reach: tapClick },
  { page: 'phone-chat', state: 'refused', reach: tapWhileGone },
  { page: 'phone-account', state: 'followed', reach: account('wang') },
  { page: 'phone-account', state: 'muted', reach: account('li', ({ li, acme }) => li.mutes(acme)) },
  {
    page: 'phone-account',
    state: 'blocked',
    reach: account('li', ({ li, acme }) => li.blocks(acme)),
  },
  { page: 'phone-account', state: 'stranger', reach: account('han') },
  { page: 'phone-chat', state: 'custom', reach: chat('li', writeBack) },
  { page: 'phone-account', state: 'asked', reach: openSheet },
  { page: 'phone-sms', state: 'list', reach: at('/wang/sms', fallBack) },
  { page: 'phone-sms', state: 'one', reach: openLetter('sms') },
  { page: 'phone-mail', state: 'list', reach: at('/wang/mail', fallBack) },
  { page: 'phone-mail', state: 'html', reach: openLetter('mail') },
  { page: 'phone-mail', state: 'nothing', reach: at('/han/mail') },
  { page: 'phone-web', state: 'own', picture: 'registration', reach: web },
  { page: 'phone-web', state: 'bad', reach: at('/li/web?url=ftp://x') },
]

type Prepare = (scene: Scene) => Promise<unknown>

function at(path: string, prepare?: Prepare): Prepare {
  return async (scene) => {
    await prepare?.(scene)
    await scene.page.goto(`${scene.base}/phone${path}`)
  }
}

function chat(person: string, prepare?: Prepare): Prepare {
  return (scene) => at(`/${person}/chat/${scene.acme.appid}`, prepare)(scene)
}

function account(person: string, prepare?: Prepare): Prepare {
  return (scene) => at(`/${person}/account/${scene.acme.appid}`, prepare)(scene)
}

function web(scene: Scene): Promise<unknown> {
  return at(`/li/web?url=/register/${scene.acme.eid}`)(scene)
}

async function receive({ platform, acme, wang }: Scene): Promise<void> {
  const { mobile } = wang
  await platform.sends(acme, { mobile, message: long_line, url })
  await platform.sends(acme, { mobile, message: '请尽快完成入职登记' })
}

async function fallBack({ http, wang, acme, world }: Scene): Promise<void> {
  const email = 'wang@example.com'
  await wang.registers(acme, { email })
  const sink = `/w/${world.name}/sink`
  for (const [from, text] of [
    ['106900001234', '【晨光科技】请尽快完成入职登记'],
    ['晨光科技', long_line],
  ])
    await http('POST', `${sink}/sms`, { to: wang.mobile, from, text })
  const plain = { to: email, from: '晨光科技 <hr@example.com>', subject: '', text: long_line }
  await http('POST', `${sink}/email`, plain)
  await http('POST', `${sink}/email`, { ...plain, subject: '入职登记：请在周五前完成', html })
}

const html = `<h1>欢迎加入</h1><p>${long_line}</p><p><a href="${url}">完成登记</a></p>`

function openLetter(app: 'sms' | 'mail'): Prepare {
  return async (scene) => {
    await at(`/wang/${app}`, fallBack)(scene)
    await scene.page.locator('.ph-line').first().click()
    await scene.page.locator('.ph-letter').waitFor()
  }
}

async function receiveForDays(scene: Scene): Promise<void> {
  const { platform, acme, wang, world } = scene
  for (const by of ['P400D', 'P30D', 'P3D', 'P1D', 'PT2H', 'PT1M']) {
    await platform.sends(acme, { mobile: wang.mobile, message: `之后过了 ${by}` })
    await world.advance(by)
  }
}

async function older(scene: Scene): Promise<void> {
  const { platform, acme, wang, page } = scene
  for (let i = 1; i <= 45; i++)
    await platform.sends(acme, { mobile: wang.mobile, message: `第 ${i} 条` })
  await chat('wang')(scene)
  await page.locator('#older').click()
}

async function seeSnapshots({ world }: Scene): Promise<void> {
  await world.call('phone.snapshot', { person: 'li', on: true })
}

async function addAccounts({ world }: Scene): Promise<void> {
  await world.call('account.create', { key: 'initech', company: '首创软件' })
  await world.call('account.create', {
    key: 'umbrella',
    company: 'Umbrella Biotechnology (Shanghai)',
  })
}

async function makeBadly({ page, base }: Scene): Promise<void> {
  await page.goto(`${base}/phone`)
  await page.locator('#name').fill('赵敏')
  await page.locator('#mobile').fill('12345')
  await page.locator('#make-phone').click()
}

async function scanBadly(scene: Scene): Promise<void> {
  const { page, base } = scene
  await page.goto(`${base}/phone/li/scan`)
  await page.locator('#content').fill('hello')
  await page.locator('#scan').click()
  await said(scene)
}

const menu = {
  button: [
    { type: 'view', name: '入职登记', url: 'https://hr.example.com/' },
    {
      name: '服务',
      sub_button: [
        { type: 'click', name: '联系我们', key: 'CONTACT' },
        { type: 'scancode_push', name: '扫码签到', key: 'SIGN' },
        { type: 'view', name: '员工手册', url: 'https://hr.example.com/book' },
      ],
    },
    { type: 'click', name: '帮助', key: 'HELP' },
  ],
}

/** The menu of the frame, where it is one row. */
async function unfold(scene: Scene): Promise<void> {
  await at('/li')(scene)
  await scene.page.locator('.f-fold').evaluate((one) => one.setAttribute('open', ''))
}

async function giveMenu({ http, acme }: Scene): Promise<void> {
  const { appid, info } = acme
  const body = { grant_type: 'client_credential', appid, secret: info.app_secret }
  const token = (await http('POST', '/cgi-bin/stable_token', body)).json['access_token']
  await http('POST', `/cgi-bin/menu/create?access_token=${token}`, menu)
}

/** Uploads a picture as the account. */
async function upload({ http, acme: { appid, info } }: Scene) {
  const grant = { grant_type: 'client_credential', appid, secret: info.app_secret }
  const token = (await http('POST', '/cgi-bin/stable_token', grant)).json['access_token']
  const { body, headers } = multipart({ name: 'media', filename: 'a.png', content: files.png })
  const path = `/cgi-bin/media/upload?access_token=${token}&type=image`
  const { media_id } = (await http('POST', path, body, headers)).json
  return { token, media_id }
}

/** A picture, a menu, a mini program and a card. */
async function writeBack(scene: Scene): Promise<void> {
  const { http, world, li, acme } = scene
  const { appid } = acme
  const bound = 'wxabcdef0123456789'
  await world.call('official_account.update', { appid, miniprograms: [bound] })
  await li.writes(acme, '在吗？')
  const { token, media_id } = await upload(scene)
  const list = [
    { id: '1', content: '满意' },
    { id: '2', content: '不满意' },
  ]
  for (const [msgtype, what] of Object.entries({
    image: { media_id },
    msgmenu: { head_content: '对这次面试满意吗？', list, tail_content: '谢谢' },
    miniprogrampage: {
      title: '签到',
      appid: bound,
      pagepath: 'pages/in',
      thumb_media_id: media_id,
    },
    wxcard: { card_id: `p${'x'.repeat(27)}` },
  }))
    await http('POST', `/cgi-bin/message/custom/send?access_token=${token}`, {
      touser: li.openidAt(acme),
      msgtype,
      [msgtype]: what,
    })
}

async function openSheet(scene: Scene): Promise<void> {
  await account('li', async ({ http, acme: { appid, info } }) => {
    const body = { grant_type: 'client_credential', appid, secret: info.app_secret }
    const token = (await http('POST', '/cgi-bin/stable_token', body)).json['access_token']
    for (const tid of ['1103', '1107'])
      await http('POST', `/wxaapi/newtmpl/addtemplate?access_token=${token}`, {
        tid,
        kidList: [1, 2, 3],
      })
  })(scene)
  await scene.page.locator('.ph-ask summary').first().click()
}

async function openMenu(scene: Scene): Promise<void> {
  await chat('wang', async () => {
    await receive(scene)
    await giveMenu(scene)
  })(scene)
  await scene.page.locator('.ph-menu summary').click()
}

/** The page is there that says what came of a form, with its look. */
async function said({ page }: Scene): Promise<void> {
  await page.locator('.ph-notice').waitFor()
  await page.waitForLoadState()
}

async function tapClick(scene: Scene): Promise<void> {
  await openMenu(scene)
  await scene.page.locator('[id="tap-1.0"]').click()
  await said(scene)
}

async function tapWhileGone(scene: Scene): Promise<void> {
  // A page that hears nothing live still has the menu.
  const silent = { contentType: 'text/event-stream', body: 'retry: 600000\n\n' }
  await scene.page.route(/\/events\b/, (route) => route.fulfill(silent))
  await chat('li', giveMenu)(scene)
  await scene.li.unfollows(scene.acme)
  await scene.page.locator('#tap-2').click()
  await said(scene)
}

/** Everything that a conversation may hold, typed and pressed at the end. */
async function talk(scene: Scene): Promise<void> {
  const { world, acme, page, li } = scene
  const server = await new PushServer('simToken').start()
  const { media_id } = await upload(scene)
  const news = (n: number) =>
    `<item><Title>入职清单 ${n}</Title><Description>${long_line}</Description><PicUrl></PicUrl><Url>${url}</Url></item>`
  const replies = [
    `<MsgType>text</MsgType><Content><![CDATA[${long_line} <a href="${url}">查看</a>]]></Content>`,
    `<MsgType>image</MsgType><Image><MediaId>${media_id}</MediaId></Image>`,
    `<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles>${news(1)}</Articles>`,
    '<MsgType>music</MsgType><Music><Title>迎新曲</Title><MusicUrl>https://a.test/1.mp3</MusicUrl></Music>',
    '<MsgType>none</MsgType>',
  ]
  server.answer = (got) => ({ body: replyTo(got, replies.shift() ?? '') })
  const set = { url: server.url, token: 'simToken' }
  await world.call('official_account.update', { appid: acme.appid, server: set })
  await li.writes(acme, long_line)
  await world.call('phone.image', { person: 'li', url: 'https://img.example.com/a.jpg' })
  const place = { latitude: '31.231706', longitude: '121.472644', label: '黄浦区示例路 88 号' }
  await world.call('phone.location', { person: 'li', ...place })
  await li.writes(acme, '还有吗？')
  await chat('li')(scene)
  await page.locator('#content').fill('在吗')
  await page.locator('#send').click()
  await world.call('clock.advance', { by: 'PT1M' })
  await chat('li')(scene)
}
