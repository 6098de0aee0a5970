import type { Sim } from '../sim.ts'
import { type Got, PushServer, replyTo, token } from '../wechat/push/server.ts'

interface PushWay {
  readonly outcomes: readonly string[]
  go(sim: Sim): Promise<unknown>
}

/** Li writes to Acme, whose server answers so; then time passes. */
function answered(
  outcomes: readonly string[],
  answer: (got: Got) => { status?: number; body?: string },
  by = 'PT0S',
): PushWay {
  return {
    outcomes,
    async go({ world, acme, li }) {
      const server = await new PushServer(token).start()
      server.answer = answer
      const { appid } = acme
      await world.call('official_account.update', { appid, server: { url: server.url, token } })
      await world.call('phone.text', { person: li.key, account: 'acme', content: '在吗' })
      await world.call('clock.advance', { by })
    },
  }
}

/** The same with a passive reply; `rest`: its elements behind MsgType. */
function replied(type: string, rest: string, outcome = `push.reply_${type}`): PushWay {
  const body = `<MsgType><![CDATA[${type}]]></MsgType>${rest}`
  return answered([outcome], (got) => ({ body: replyTo(got, body) }))
}

/** Every way to what can become of a push. */
export const push_ways: readonly PushWay[] = [
  {
    outcomes: ['push.unverified'],
    async go({ world, acme }) {
      const server = { url: 'http://127.0.0.1:9/', token }
      const update = world.call('official_account.update', { appid: acme.appid, server })
      await update.catch(() => undefined)
    },
  },
  answered(['push.acknowledged'], () => ({ body: 'success' })),
  answered(['push.retried'], () => ({ status: 500 })),
  answered(['push.retried', 'push.retried', 'push.given_up'], () => ({ status: 500 }), 'PT1M'),
  answered(['push.illegal'], () => ({ body: '{"errcode":0}' })),
  replied('text', '<Content><![CDATA[在]]></Content>'),
  replied('image', '<Image><MediaId>m</MediaId></Image>'),
  replied('voice', '<Voice><MediaId>m</MediaId></Voice>'),
  replied('video', '<Video><MediaId>m</MediaId><Title>t</Title></Video>'),
  replied('music', '<Music><Title>t</Title></Music>'),
  replied(
    'news',
    '<ArticleCount>1</ArticleCount><Articles><item><Title>t</Title></item></Articles>',
  ),
  replied('transfer_customer_service', '', 'push.reply_transfer'),
]
