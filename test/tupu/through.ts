import { type Sim, type StartOptions, startSim } from '../sim.ts'

/** A world whose account Acme goes through a remote gateway, and the WeChat behind it. */
export interface Through extends Sim {
  readonly remote: Sim
}

/** Two simulators: ours plays TUPU, the other one WeChat, over a real port. Wang is registered at ours, and follows there. */
export async function startThrough(options: StartOptions = {}): Promise<Through> {
  const remote = await startSim({ listen: true, world: { name: 'wechat' } })
  const local = await startSim(options)
  await goThrough(local, {
    base_url: `${remote.sim.url}/w/wechat`,
    appid: remote.acme.appid,
    app_secret: remote.acme.info.app_secret ?? '',
  })
  const openid = remote.wang.openidAt(remote.acme)
  await local.world.register(local.wang.mobile, { account: 'acme', name: '王小雨', openid })
  return { ...local, remote }
}

/** Points Acme's gateway to a WeChat somewhere. */
export function goThrough(
  { world }: Pick<Sim, 'world'>,
  gateway: {
    base_url: string
    appid?: string
    app_secret?: string
    token?: string
    aes_key?: string
    access_token_url?: string
    template_id?: string
  },
): Promise<unknown> {
  const whole = {
    kind: 'remote',
    appid: 'wx00000000000000aa',
    app_secret: 's3cret-of-app',
    ...gateway,
  }
  return world.call('account.update', { eid: 'acme', gateway: whole })
}

/** A world whose account Acme goes through some other WeChat, where Wang has an openid. */
export async function startAt(base_url: string, options: StartOptions = {}): Promise<Sim> {
  const sim = await startSim(options)
  await goThrough(sim, { base_url })
  await sim.world.register(sim.wang.mobile, { account: 'acme', name: '王小雨', openid: 'o-wang' })
  return sim
}
