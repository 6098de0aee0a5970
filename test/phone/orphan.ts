import type { Sim } from '../sim.ts'

/**
 * TUPU now speaks for Acme at another WeChat. Its official account in this world stays, and belongs to nobody: answers its
 * appid.
 */
export async function leaveToAnotherWechat({ world, acme }: Sim): Promise<string> {
  const gateway = {
    kind: 'remote',
    base_url: 'http://127.0.0.1:9',
    appid: 'wx00000000000000aa',
    app_secret: '0'.repeat(32),
  }
  await world.call('account.update', { eid: acme.eid, gateway })
  return acme.appid
}
