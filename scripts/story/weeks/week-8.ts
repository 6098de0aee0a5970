import { notify, type Story } from '../story.ts'
import { type Chapter, reads, sees, seesAll, step } from '../told.ts'

/** What was kept long enough is erased; then everybody looks back. */
export const week8: Chapter<Story> = {
  title: 'Something is forgotten, and all is counted',
  days: [
    {
      on: '2026-02-23',
      steps: [
        step('After 30 days Globex has forgotten Fang', async ({ ran }) => {
          seesAll(
            ran
              .filter(({ kind }) => kind === 'retention')
              .map(({ due_at, outcome }) => `${due_at} ${outcome}`),
            ['2026-02-22T01:00:00.000Z erased'],
          )
          return ran.at(-1)?.due_at
        }),
        step('A message to Fang finds no openid, and goes by SMS', async (story) => {
          const { globex, fang } = story
          const sent = await notify(story, { from: globex, to: fang, message: '您还在找工作吗' })
          sees(sent, { errcode: 100011, errmsg: 'no openid for this mobile', way: 'SMS' })
          return `100011 ${sent.errmsg}`
        }),
        step('The page asks Fang for everything anew', async ({ globex, fang }) => {
          const page = await fang.opensMenu(globex)
          sees(page, { status: 200 })
          reads(page.text, '信息登记')
        }),
      ],
    },
    {
      on: '2026-03-02',
      steps: [
        step('Both checklists are complete, and both accounts live', async (story) => {
          for (const customer of [story.acme, story.globex]) {
            const { live, checklist } = await customer.life()
            seesAll({ live, open: checklist.filter(({ done }) => !done) }, { live: true, open: [] })
          }
        }),
        step('What happened to Acme', async ({ acme }) => {
          const verbs = (await acme.life()).events.map(({ verb }) => verb)
          seesAll(verbs, acmes_events)
          return verbs.join(' · ')
        }),
        step('What happened to Globex', async ({ globex }) => {
          const verbs = (await globex.life()).events.map(({ verb }) => verb)
          seesAll(verbs, globexs_events)
          return verbs.join(' · ')
        }),
        step('The platform was told of every message that WeChat took for Acme', async (story) => {
          const { items } = (await story.world.call('callback.list')) as { items: Callback[] }
          const taken = await story.world.messages({ account: 'acme' })
          const ids = taken.filter(({ msgid_str }) => msgid_str !== null)
          seesAll(
            items.map(({ message, state }) => ({ message, state })),
            ids.map(({ message }) => ({ message, state: 'delivered' })),
          )
          return `${items.length} of ${taken.length}`
        }),
        step('Nothing is left to happen', async ({ world, ways }) => {
          sees(await world.call('clock.advance', { by: 'PT0S' }), { ran: [], due_next: null })
          return `${ways.wechat} messages by WeChat, ${ways.sms} by SMS`
        }),
      ],
    },
  ],
}

interface Callback {
  readonly message: string
  readonly state: string
}

const acmes_events = [
  'enquired',
  'vendor_asked',
  'vendor_refused',
  'vendor_asked',
  'vendor_granted',
  'official_account_connected',
  'registration_page_published',
  'eid_issued',
  'eid_confirmed',
  'eid_rotated',
  'registration_page_published',
  'eid_confirmed',
]

const globexs_events = [
  'enquired',
  'official_account_connected',
  'registration_page_published',
  'eid_issued',
  'eid_confirmed',
]
