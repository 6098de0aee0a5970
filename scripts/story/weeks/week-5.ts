import { notify, type Story } from '../story.ts'
import { type Chapter, reads, refused, sees, seesAll, step } from '../told.ts'

/** WeChat takes a template away from each: by a hand, and by a change of industry. */
export const week5: Chapter<Story> = {
  title: 'Two templates are lost',
  days: [
    {
      on: '2026-02-02',
      steps: [
        step(
          'Acme writes to its candidates; WeChat disables the template midway',
          async (story) => {
            const { acme, wang } = story
            const first = await notify(story, { from: acme, to: wang, message: '春节放假安排' })
            sees(first, { errcode: 0 })
            const { template_id } = await acme.life()
            const disabled = await acme.atWechat('template.disable', { template_id })
            sees(disabled, { state: 'disabled' })
            return template_id ?? undefined
          },
        ),
        step('The others get 40037, and so an SMS', async (story) => {
          const { acme, li, han } = story
          for (const to of [li, han]) {
            const sent = await notify(story, { from: acme, to, message: '春节放假安排' })
            sees(sent, { errcode: 40037, way: 'SMS' })
            reads(sent.errmsg, 'invalid template_id')
            sees(
              (await to.inbox()).filter(({ line }) => line === '春节放假安排'),
              [],
            )
          }
          return '2 of 3 by SMS'
        }),
        step('Acme stays live, and TUPU applies for another template', async (story) => {
          const { acme, world } = story
          sees(await acme.life(), { live: true })
          await acme.atWechat('application.create')
          const { application } = await acme.application()
          await world.call('application.submit', { application })
          sees(await acme.application(), { state: 'pending' })
        }),
      ],
    },
    {
      on: '2026-02-03',
      steps: [
        step('Globex leaves an industry, and loses the template that hung on it', async (story) => {
          const { template_id } = await story.globex.life()
          const told = await story.globex.atWechat('industry.set', { primary: 29, secondary: 34 })
          seesAll((told as { templates_lost: unknown }).templates_lost, [template_id])
          const { fang, globex } = story
          const sent = await notify(story, { from: globex, to: fang, message: '复试安排' })
          sees(sent, { errcode: 40037, way: 'SMS' })
          return `${template_id} is lost`
        }),
        step('It may not change again this month', async ({ globex }) => {
          const no = await refused(globex.atWechat('industry.set', { primary: 2, secondary: 34 }))
          seesAll(no.status, 409)
          reads(String(no.reason), '43100 change template too frequently')
          return '43100'
        }),
        step('It applies for a template of the new industry', async ({ globex, world }) => {
          await globex.atWechat('application.create')
          const { application } = await globex.application()
          await world.call('application.submit', { application })
          sees(await globex.application(), { state: 'pending', template_id: null })
          return `until ${(await globex.application()).due_at}`
        }),
      ],
    },
    {
      on: '2026-02-06',
      steps: [
        step("Acme's new template is approved: the next message uses it", async (story) => {
          const { acme, li, world } = story
          const before = (await acme.life()).template_id
          const { application } = await acme.application()
          await world.call('application.approve', { application })
          const { template_id } = await acme.life()
          seesAll(template_id === before, false)
          const sent = await notify(story, { from: acme, to: li, message: '节后九点报到' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees((await li.inbox()).slice(-1), [{ line: '节后九点报到' }])
          return template_id ?? undefined
        }),
      ],
    },
  ],
}
