import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import type { Person } from '../people.ts'
import type { Account } from '../platform.ts'
import { startSim } from '../sim.ts'
import {
  acceptedIn,
  acmesClient,
  bodyOf,
  errcodeOf,
  initechsClient,
  type WechatClient,
} from './client.ts'

interface Row {
  readonly what: string
  /** What Wang, who follows and is registered, does one after the other. */
  readonly does: (wang: Person, acme: Account) => readonly (() => Promise<unknown>)[]
  /** Whether WeChat counts Wang among the followers. */
  readonly follows: 0 | 1
  /** What a send is answered, and what becomes of it. */
  readonly errcode: 0 | 43004 | 43101
  readonly errmsg: string
  readonly state: 'delivered' | 'failed' | 'refused'
  readonly reason: 'user_block' | null
  readonly receipt: 'success' | 'user_block' | null
}

const delivered = {
  follows: 1,
  errcode: 0,
  errmsg: 'ok',
  state: 'delivered',
  reason: null,
  receipt: 'success',
} as const
const blocked = {
  ...delivered,
  state: 'failed',
  reason: 'user_block',
  receipt: 'user_block',
} as const
const refused = { state: 'refused', reason: null, receipt: null } as const
const left = { ...refused, follows: 0, errcode: 43004, errmsg: 'require subscribe' } as const
const muted = {
  ...refused,
  follows: 1,
  errcode: 43101,
  errmsg: 'user refuse to accept the msg',
} as const

// biome-ignore format: one state a line
const rows: readonly Row[] = [
  { what: 'follows', does: () => [], ...delivered },
  { what: 'never followed', does: (wang, acme) => [() => wang.registers(acme, { state: 'never' })], ...left },
  { what: 'unfollowed', does: (wang, acme) => [() => wang.unfollows(acme)], ...left },
  { what: 'unfollowed twice', does: (wang, acme) => [() => wang.unfollows(acme), () => wang.unfollows(acme)], ...left },
  { what: 'came back', does: (wang, acme) => [() => wang.unfollows(acme), () => wang.follows(acme)], ...delivered },
  { what: 'mutes', does: (wang, acme) => [() => wang.mutes(acme)], ...muted },
  { what: 'muted and unmuted', does: (wang, acme) => [() => wang.mutes(acme), () => wang.unmutes(acme)], ...delivered },
  { what: 'blocks', does: (wang, acme) => [() => wang.blocks(acme)], ...blocked },
  { what: 'blocked and unblocked', does: (wang, acme) => [() => wang.blocks(acme), () => wang.unblocks(acme)], ...delivered },
  { what: 'blocked, left and came back', does: (wang, acme) => [() => wang.blocks(acme), () => wang.unfollows(acme), () => wang.follows(acme)], ...delivered },
  { what: 'muted, left and came back', does: (wang, acme) => [() => wang.mutes(acme), () => wang.unfollows(acme), () => wang.follows(acme)], ...delivered },
]

async function start(database: DatabaseName) {
  const sim = await startSim({ database })
  const client = await acmesClient(sim)
  return { ...sim, client, openid: sim.wang.openidAt(sim.acme) }
}

async function followersOf(client: WechatClient): Promise<readonly string[]> {
  const { data } = bodyOf(await client.get('/cgi-bin/user/get'))
  return (data as { openid: string[] } | undefined)?.openid ?? []
}

onEither('a send, user/info and user/get', (database) => {
  it.each(rows)(
    'when the person $what: $errcode, $state, subscribe $follows',
    async ({ does, follows, errcode, errmsg, state, reason, receipt }) => {
      const { acme, wang, world, platform, client, openid } = await start(database)
      for (const step of does(wang, acme)) await step()

      const answer = await platform.sends(acme, { mobile: wang.mobile })
      expect(answer.errcode).toBe(errcode)
      expect(answer.errmsg.replace(/ rid: .*/, '')).toBe(errmsg)
      expect(await world.messages()).toMatchObject([{ mobile: wang.mobile, state, reason }])
      expect(await wang.inbox()).toHaveLength(state === 'delivered' ? 1 : 0)
      expect(await acceptedIn(world)).toMatchObject(receipt ? [{ openid, receipt }] : [])

      const { template_id } = acme.info
      expect(errcodeOf(await client.sends({ touser: openid, template_id }))).toBe(errcode)

      const profile = bodyOf(await client.get('/cgi-bin/user/info', { openid }))
      expect(profile).toMatchObject({ subscribe: follows, openid })
      expect('unionid' in profile).toBe(follows === 1)
      expect((await followersOf(client)).includes(openid)).toBe(follows === 1)
    },
  )
})

describe('a person at several official accounts', () => {
  it('has an openid and a state at each, and one unionid', async () => {
    const { acme, li, client, world, ...sim } = await start('sqlite')
    const initech = await initechsClient({ ...sim, world })
    const ours = li.openidAt(acme)
    const theirs = initech.openid
    expect(ours).not.toBe(theirs)
    await li.mutes(acme)

    const touser = { ours, theirs }
    const sent = (by: WechatClient, openid: string) =>
      by.sends({ touser: openid, template_id: by.account.info.template_id })
    expect(errcodeOf(await sent(client, touser.ours))).toBe(43101)
    expect(errcodeOf(await sent(initech.client, touser.theirs))).toBe(0)
    expect(errcodeOf(await sent(client, touser.theirs))).toBe(40003)

    const info = async (by: WechatClient, openid: string) =>
      bodyOf(await by.get('/cgi-bin/user/info', { openid }))
    const { unionid } = await info(client, ours)
    expect(await info(initech.client, theirs)).toMatchObject({ subscribe: 1, unionid })
    expect(await followersOf(initech.client)).toEqual([theirs])
    expect(await followersOf(client)).toContain(ours)
    expect(await followersOf(client)).not.toContain(theirs)
  })
})
