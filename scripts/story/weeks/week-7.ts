import { notify, type Story } from '../story.ts'
import { type Chapter, sees, seesAll, step } from '../told.ts'

/** What was announced comes true: the old EID ends, and WeChat has decided about Globex. */
export const week7: Chapter<Story> = {
  title: 'The old EID ends; Globex sends again',
  days: [
    {
      on: '2026-02-16',
      steps: [
        step('The overlap is over: whoever still has the old EID gets 100001', async (story) => {
          const { acme, wang } = story
          const { eids } = (await acme.life()) as unknown as { eids: { eid: string }[] }
          const old = eids.find(({ eid }) => eid !== acme.eid)?.eid ?? ''
          seesAll(
            eids.map(({ eid }) => eid),
            [old, acme.eid],
          )
          const body = { eid: old, mobile: wang.mobile, message: '太晚了' }
          seesAll(await acme.asks('POST', '/messages', body), {
            errcode: 100001,
            errmsg: 'unknown eid',
          })
          return old
        }),
        step('The new one goes on', async (story) => {
          const { acme, wang } = story
          const sent = await notify(story, { from: acme, to: wang, message: '体检安排' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees((await wang.inbox()).slice(-1), [{ line: '体检安排' }])
        }),
      ],
    },
    {
      on: '2026-02-17',
      steps: [
        step('WeChat has approved the second template of Globex', async (story) => {
          const { globex, fang, world } = story
          sees(await globex.application(), { state: 'approved' })
          const { template_id } = await globex.life()
          seesAll(template_id, (await globex.application()).template_id)
          const sent = await notify(story, { from: globex, to: fang, message: '复试通过' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees(await world.message({ mobile: fang.mobile }), { title: '入职通知' })
          return (await globex.application()).decided_at ?? undefined
        }),
      ],
    },
  ],
}
