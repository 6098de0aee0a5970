import { expect, it } from 'vitest'
import { startChanged } from './at-rest.ts'
import { acmesClient, bodyOf } from './client.ts'

it('user/get answers 10,000 openids a page, and an iterator meets each follower once', async () => {
  const sim = await startChanged(
    ({ wang, acme }) => `
      insert into follower (epoch, openid, appid, person, state, followed_at)
      with recursive nth (n) as (select 1 union all select n + 1 from nth where n < 10000)
      select epoch, printf('oPaged%022d', n), appid, printf('p-%012d', n), 'following', followed_at + n
      from nth, follower where openid = '${wang.openidAt(acme)}'`,
  )
  const client = await acmesClient(sim)
  const seen: string[] = []
  const counts: unknown[] = []
  let next_openid = ''
  do {
    const page = bodyOf(await client.get('/cgi-bin/user/get', { next_openid }))
    const { openid = [] } = (page['data'] ?? {}) as { openid?: string[] }
    expect(page).toMatchObject({ total: 10_003, count: openid.length })
    counts.push(page['count'])
    seen.push(...openid)
    next_openid = String(page['next_openid'])
  } while (next_openid !== '')

  expect(counts).toEqual([10_000, 3, 0])
  expect(new Set(seen).size).toBe(10_003)
  expect(seen.at(-1)).toBe(`oPaged${'10000'.padStart(22, '0')}`)
})
