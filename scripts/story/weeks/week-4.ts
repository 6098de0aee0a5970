import { notify, type Story } from '../story.ts'
import { type Chapter, sees, seesAll, step } from '../told.ts'

/** Somebody blocks the account: WeChat says so only afterwards. */
export const week4: Chapter<Story> = {
  title: 'A candidate blocks the account',
  days: [
    {
      on: '2026-01-27',
      steps: [
        step('Han blocks Acme: WeChat accepts, and the receipt says user block', async (story) => {
          const { acme, han, world } = story
          await han.does('block', acme)
          const more = { client_msg_id: 'offer-han' }
          const sent = await notify(story, { from: acme, to: han, message: '录用通知', more })
          sees(sent, { errcode: 0 })
          sees(await world.message({ mobile: han.mobile }), {
            state: 'failed',
            reason: 'user_block',
            on_phone: false,
          })
          seesAll(await han.inbox(), [])
          return `accepted as ${sent.msgid_str}`
        }),
        step('The platform is down when it is to be told', async ({ hook, world }) => {
          hook.status = 503
          const { ran } = await world.advance('PT1S')
          sees(ran.filter(({ kind }) => kind === 'callback').slice(-1), [{ outcome: 'tried: 503' }])
          sees(await callbacks(world), [{ state: 'pending', tries: 1, last_status: 503 }])
        }),
        step('Ten seconds later it hears of it, and sends an SMS after all', async (story) => {
          const { hook, world, ways } = story
          hook.status = 204
          await world.advance('PT10S')
          const [first, second] = hook.told.slice(-2)
          seesAll(first, second)
          sees(second, {
            event: 'message.failed',
            state: 'failed',
            reason: 'user_block',
            client_msg_id: 'offer-han',
          })
          seesAll(await callbacks(world), [])
          ways.sms += 1
          return `${second?.event}: ${second?.reason}`
        }),
      ],
    },
    {
      on: '2026-01-29',
      steps: [
        step('Han unblocks, and messages arrive again', async (story) => {
          const { acme, han } = story
          await han.does('unblock', acme)
          const sent = await notify(story, { from: acme, to: han, message: '请确认录用' })
          sees(sent, { errcode: 0, way: 'WeChat' })
          sees(
            (await han.inbox()).map(({ line }) => line),
            ['请确认录用'],
          )
        }),
      ],
    },
  ],
}

/** What the platform is still to be told. */
async function callbacks(world: Story['world']): Promise<unknown[]> {
  return ((await world.call('callback.list', { state: 'pending' })) as { items: unknown[] }).items
}
