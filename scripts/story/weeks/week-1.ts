import type { Story } from '../story.ts'
import { type Chapter, reads, refused, sees, seesAll, step } from '../told.ts'

const nothing_there =
  'account is not live, missing: official_account_connected, industries_set, template_approved'

/** Two companies ask. One has an official account that somebody else looks after; the other has none. */
export const week1: Chapter<Story> = {
  title: 'First interest',
  days: [
    {
      on: '2026-01-05',
      steps: [
        step('Two companies ask for WeChat messages; nothing else is done yet', async (story) => {
          for (const customer of [story.acme, story.globex]) {
            seesAll(await customer.done(), ['enquiry'])
            sees(await customer.life(), { live: false, appid: null, register_url: null })
          }
          return 'Acme (晨光科技) and Globex (环球制造)'
        }),
        step('Whoever sends too early is told all that is missing', async ({ acme, wang }) => {
          const sent = await acme.sends(wang.mobile, '欢迎加入')
          seesAll(sent, { errcode: 100002, errmsg: nothing_there })
          return `100002 ${sent.errmsg}`
        }),
        step("Acme's official account has a vendor, who is asked", async ({ acme }) => {
          await acme.does('vendor.ask')
          sees(await acme.step('vendor_permission'), {
            done: false,
            state: 'waiting',
            next: { call: 'vendor.grant', input: { eid: 'acme' } },
          })
        }),
        step('Globex opens a new official account, which needs nobody else', async ({ globex }) => {
          await globex.does('account.connect', { review: 'time' })
          sees(await globex.step('vendor_permission'), { done: true, state: 'not_needed' })
          sees(await globex.step('official_account_connected'), {
            done: true,
            at: '2026-01-05T01:00:00.000Z',
          })
          return (await globex.life()).appid ?? undefined
        }),
        step('Its two industries must differ', async ({ globex }) => {
          const same = { primary: 2, secondary: 2 }
          const no = await refused(globex.atWechat('industry.set', same))
          sees(no, { status: 422, field: 'secondary' })
          const set = await globex.atWechat('industry.set', { primary: 2, secondary: 34 })
          sees(await globex.step('industries_set'), { done: true })
          const { primary, secondary } = set as Industries
          return `${primary.second_class} · ${secondary.second_class}`
        }),
        step(
          'TUPU applies for the hiring template: WeChat takes its time',
          async ({ globex, world }) => {
            await globex.atWechat('application.create')
            const { application } = await globex.application()
            await world.call('application.submit', { application })
            sees(await globex.step('template_applied'), { done: true })
            sees(await globex.step('template_approved'), { done: false, state: 'waiting' })
          },
        ),
      ],
    },
    {
      on: '2026-01-07',
      steps: [
        step("Acme's vendor refuses, and says why", async ({ acme }) => {
          const reason = '与现有服务商的合同尚未到期'
          await acme.does('vendor.refuse', { reason })
          sees(await acme.step('vendor_permission'), {
            done: false,
            state: 'refused',
            reason,
            next: { call: 'vendor.ask' },
          })
          return reason
        }),
        step('Without the permission its official account stays closed', async ({ acme }) => {
          const no = await refused(acme.does('account.connect', { existing: true }))
          sees(no, { status: 409, field: 'existing' })
          seesAll(await acme.done(), ['enquiry'])
        }),
      ],
    },
    {
      on: '2026-01-09',
      steps: [
        step("WeChat rejects Globex's template", async ({ globex, world }) => {
          const reason = '模板标题须说明用途'
          const { application } = await globex.application()
          await world.call('application.reject', { application, reason })
          sees(await globex.step('template_approved'), { done: false, state: 'refused', reason })
          return reason
        }),
        step('It is changed and handed in again; WeChat has 7 to 14 days', async (story) => {
          const { application } = await story.globex.application()
          const title = '入职办理通知'
          await story.world.call('application.update', { application, title })
          await story.world.call('application.submit', { application })
          const { state, due_at } = await story.globex.application()
          const days = (Date.parse(due_at ?? '') - Date.parse('2026-01-09T01:00:00Z')) / 86_400_000
          sees({ state, isInTime: days >= 7 && days <= 14 }, { state: 'pending', isInTime: true })
          sees(await story.globex.step('template_approved'), { state: 'waiting', reason: null })
          return `${title}, until ${due_at}`
        }),
        step('The registration page of Acme says that it is not open yet', async (story) => {
          const { acme, wang } = story
          const page = await wang.browser.open(`/w/eight-weeks/as/wang/register/${acme.eid}`)
          seesAll(page.status, 503)
          reads(page.text, '登记还没有开放')
        }),
      ],
    },
  ],
}

interface Industries {
  readonly primary: { readonly second_class: string }
  readonly secondary: { readonly second_class: string }
}
