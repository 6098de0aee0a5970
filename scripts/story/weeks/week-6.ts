import { notify, type Story } from '../story.ts'
import { type Chapter, reads, sees, seesAll, step } from '../told.ts'

/** An EID has leaked: Acme gets another one, and a week to enter it. */
export const week6: Chapter<Story> = {
  title: 'Acme gets another EID',
  days: [
    {
      on: '2026-02-09',
      steps: [
        step('The EID is rotated; for seven days both work', async (story) => {
          const { acme, wang } = story
          const old = acme.eid
          const { eid } = (await acme.does('eid.rotate', { overlap: 'P7D' })) as { eid: string }
          seesAll(eid === old, false)
          const sent = await notify(story, { from: acme, to: wang, message: '用旧号发送' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees(await acme.step('eid_confirmed'), { done: false, next: { call: 'eid.confirm' } })
          return `${old} → ${eid}`
        }),
        step('The menu is published anew and leads to the new address', async ({ acme, wang }) => {
          await acme.does('registration_page.publish')
          const { eid } = await acme.life()
          const page = await wang.opensMenu(acme)
          sees(page, { status: 200 })
          reads(page.url, `/register/${eid}`)
          reads(page.text, '王＊＊')
          return page.url
        }),
      ],
    },
    {
      on: '2026-02-13',
      steps: [
        step('The customer enters it, and the platform confirms it', async (story) => {
          const { acme, wang } = story
          const { eid } = await acme.life()
          acme.learns(eid)
          sees(await acme.asks('POST', `/accounts/${eid}/confirm`), { errcode: 0, eid })
          sees(await acme.step('eid_confirmed'), { done: true })
          const sent = await notify(story, { from: acme, to: wang, message: '用新号发送' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          return eid
        }),
      ],
    },
  ],
}
