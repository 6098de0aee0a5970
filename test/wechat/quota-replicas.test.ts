import { expect, it } from 'vitest'
import { startReplicas } from '../db/replicas.ts'
import { errcodeOf, WechatClient } from './client.ts'

it('two simulators on one database, both asked at once, answer no call more than the quota has', async () => {
  const { one, two, other } = await startReplicas()
  const { appid } = one.acme
  const clients = [one.http, two.http].map((http) => new WechatClient(http, one.acme))
  const token = await clients[0]?.signsIn()
  for (const client of clients) client.token = token ?? ''
  await one.world.call('official_account.update', { appid, quotas: 'documented' })
  await other.rows(`insert into quota_count (epoch, appid, path, per, span, used)
    select epoch, '${appid}', '/cgi-bin/user/get', 'day', '2026-01-05', 493 from world where world = 'test'`)
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      clients.map((client) => client.get('/cgi-bin/user/get')),
    ).flat(),
  )
  const codes = answers.map(errcodeOf)
  expect(codes.filter((code) => code === 0)).toHaveLength(7)
  expect(codes.filter((code) => code === 45009)).toHaveLength(13)
})
