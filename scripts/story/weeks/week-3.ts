import { notify, type Story } from '../story.ts'
import { type Chapter, reads, sees, seesAll, step } from '../told.ts'

/** A candidate goes and comes back; Globex is live at last. */
export const week3: Chapter<Story> = {
  title: 'A candidate goes and comes back; Globex goes live',
  days: [
    {
      on: '2026-01-19',
      steps: [
        step(
          "Acme's recruiters enter Li and Han, who both follow",
          async ({ acme, world, ...who }) => {
            for (const { mobile, name } of [who.li, who.han])
              sees(await world.register(mobile, { account: 'acme', name }), { state: 'following' })
            seesAll(
              await acme.asks('POST', '/registrations/query', asked(acme.eid, who.li.mobile)),
              {
                errcode: 0,
                errmsg: 'ok',
                reachable: true,
                reason: null,
              },
            )
          },
        ),
        step('Li gets the invitation', async (story) => {
          const { acme, li } = story
          const sent = await notify(story, { from: acme, to: li, message: '周四下午两点面试' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees(
            (await li.inbox()).map(({ line }) => line),
            ['周四下午两点面试'],
          )
        }),
      ],
    },
    {
      on: '2026-01-20',
      steps: [
        step('Li unfollows: WeChat answers 43004, and the platform sends an SMS', async (story) => {
          const { acme, li } = story
          await li.does('unfollow', acme)
          const sent = await notify(story, { from: acme, to: li, message: '面试改到三点' })
          sees(sent, { errcode: 43004, way: 'SMS' })
          reads(sent.errmsg, 'require subscribe')
          sees(await acme.asks('POST', '/registrations/query', asked(acme.eid, li.mobile)), {
            reachable: false,
            reason: 'not_following',
          })
          return sent.errmsg.replace(/ rid: .*/u, '')
        }),
      ],
    },
    {
      on: '2026-01-22',
      steps: [
        step('Li comes back: known as before, and reached by WeChat', async (story) => {
          const { acme, li } = story
          await li.does('follow', acme)
          const page = await li.opensMenu(acme)
          sees(page, { status: 200 })
          reads(page.text, '李＊')
          const sent = await notify(story, { from: acme, to: li, message: '请带身份证' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees(
            (await li.inbox()).map(({ line }) => line),
            ['周四下午两点面试', '请带身份证'],
          )
        }),
      ],
    },
    {
      on: '2026-01-23',
      steps: [
        step('WeChat has approved the template of Globex by itself', async ({ globex, ran }) => {
          const [review] = ran.filter(({ kind }) => kind === 'template_review')
          sees(review, { outcome: 'approved' })
          sees(await globex.application(), { state: 'approved', decided_at: review?.due_at })
          sees(await globex.life(), { live: true, missing: [] })
          return review?.due_at
        }),
        step('Its page is published, its EID issued and confirmed', async ({ globex }) => {
          await globex.does('registration_page.publish')
          await globex.does('eid.issue')
          sees(await globex.asks('POST', `/accounts/${globex.eid}/confirm`), { live: true })
          return globex.eid
        }),
        step('It keeps what it knows of candidates for 30 days', async ({ globex }) => {
          const told = await globex.does('account.update', { retention_days: 30 })
          sees(told, { retention_days: 30 })
        }),
        step('Fang applies for a job in WeChat, and is registered by that', async (story) => {
          const { globex, fang } = story
          await fang.does('follow', globex)
          const form = await fang.browser.open(`/w/eight-weeks/as/fang/apply/${globex.eid}`)
          sees(form, { status: 200 })
          sees(await fang.registers(form), { status: 200 })
          const sent = await notify(story, { from: globex, to: fang, message: '简历已收到' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees(await fang.inbox(), [{ title: '入职办理通知', line: '简历已收到' }])
          const { checklist } = await globex.life()
          seesAll(
            checklist.filter(({ done }) => !done),
            [],
          )
          return `${fang.name} ${fang.mobile}`
        }),
      ],
    },
  ],
}

function asked(eid: string, mobile: string) {
  return { eid, mobile }
}
