import { notify, type Story } from '../story.ts'
import { type Chapter, reads, sees, seesAll, step } from '../told.ts'

/** The vendor agrees, and Acme is live within days: a reviewer is quick. */
export const week2: Chapter<Story> = {
  title: 'Acme goes live',
  days: [
    {
      on: '2026-01-12',
      steps: [
        step("Acme's vendor is asked again and agrees", async ({ acme }) => {
          await acme.does('vendor.ask')
          await acme.does('vendor.grant')
          sees(await acme.step('vendor_permission'), { done: true, reason: null })
        }),
        step('The official account that it has is connected', async ({ acme }) => {
          await acme.does('account.connect', { existing: true, review: 'manual' })
          sees(await acme.life(), {
            live: false,
            missing: ['industries_set', 'template_approved'],
          })
          return (await acme.life()).appid ?? undefined
        }),
        step('Industries are set, and the hiring template is applied for', async (story) => {
          const { acme, world } = story
          await acme.atWechat('industry.set', { primary: 1, secondary: 2 })
          await acme.atWechat('application.create')
          const { application } = await acme.application()
          await world.call('application.submit', { application })
          sees(await acme.life(), { live: false, missing: ['template_approved'] })
        }),
        step('The registration page goes into the menu, and onto posters', async ({ acme }) => {
          await acme.does('registration_page.publish')
          sees(await acme.step('registration_page_published'), { done: true })
          const picture = await acme.does('registration_qr.get', { format: 'svg' })
          reads(Buffer.from(picture as Uint8Array).toString(), '<svg')
          return (await acme.life()).register_url ?? undefined
        }),
        step('The EID is handed over, and entered into the HR platform', async ({ acme }) => {
          await acme.does('eid.issue')
          const told = await acme.asks('POST', `/accounts/${acme.eid}/confirm`)
          sees(told, { errcode: 0, eid: acme.eid, live: false, missing: ['template_approved'] })
          sees(await acme.step('eid_confirmed'), { done: true })
          return acme.eid
        }),
      ],
    },
    {
      on: '2026-01-14',
      steps: [
        step('WeChat approves the template: Acme is live', async ({ acme, world }) => {
          const { application } = await acme.application()
          await world.call('application.approve', { application })
          sees(await acme.life(), { live: true, missing: [] })
          const told = await acme.asks('GET', `/accounts/${acme.eid}`)
          sees(told, { errcode: 0, live: true })
          return (await acme.life()).template_id ?? undefined
        }),
        step('The platform asks to be told what becomes of messages', async ({ acme, hook }) => {
          const changed = await acme.does('account.update', { callback: { url: hook.url } })
          sees(changed, { callback: { url: hook.url } })
        }),
        step('Wang follows, taps the menu, and registers on the page', async (story) => {
          const { acme, wang } = story
          await wang.does('follow', acme)
          const form = await wang.opensMenu(acme)
          sees(form, { status: 200 })
          reads(form.text, '信息登记')
          const done = await wang.registers(form)
          sees(done, { status: 200 })
          reads(done.text, '登记成功')
          sees(await acme.step('first_registration'), { done: true })
          return `${wang.name} ${wang.mobile}`
        }),
        step('The first message stands on the phone', async (story) => {
          const { acme, wang } = story
          const message = '欢迎加入，请完成入职登记'
          const more = { client_msg_id: 'welcome-wang' }
          const { errcode, way } = await notify(story, { from: acme, to: wang, message, more })
          seesAll({ errcode, way }, { errcode: 0, way: 'WeChat' })
          const inbox = await wang.inbox()
          sees(inbox, [{ title: '入职通知', line: message, state: 'delivered' }])
          sees(inbox[0]?.keywords, { keyword1: '王小雨', keyword2: '晨光科技' })
          return message
        }),
        step('Every step of the checklist is done', async ({ acme }) => {
          const { checklist } = await acme.life()
          seesAll(
            checklist.filter(({ done, next }) => !done || next !== null),
            [],
          )
          return `${checklist.length} steps`
        }),
      ],
    },
    {
      on: '2026-01-16',
      steps: [
        step('Globex waits for WeChat: a send names the one thing missing', async (story) => {
          const sent = await notify(story, { from: story.globex, to: story.fang, message: '面试' })
          sees(sent, {
            errcode: 100002,
            errmsg: 'account is not live, missing: template_approved',
            way: 'SMS',
          })
          return `100002 ${sent.errmsg}`
        }),
        step('The platform hears of the first message', async ({ hook, ran }) => {
          seesAll(
            ran.map(({ kind, outcome }) => `${kind} ${outcome}`),
            ['callback delivered'],
          )
          sees(hook.told.slice(-1), [
            { event: 'message.delivered', reason: null, client_msg_id: 'welcome-wang' },
          ])
          return hook.told.at(-1)?.event
        }),
      ],
    },
  ],
}
