import { expect, it } from 'vitest'
import { fetchOpenApi } from '../openapi.ts'

const { paths } = JSON.parse(await fetchOpenApi()) as {
  paths: Record<string, Record<string, { 'x-refusals': number[] }>>
}

it.each([
  { path: '/cgi-bin/message/template/send', after: 48001, codes: [45009], before: 44002 },
  { path: '/cgi-bin/user/info', after: 48001, codes: [45009], before: 41009 },
  { path: '/cgi-bin/menu/delete', after: 48001, codes: [45009], before: undefined },
  { path: '/cgi-bin/token', after: 40125, codes: [45009], before: undefined },
  { path: '/cgi-bin/stable_token', after: 40125, codes: [45009, 45011], before: undefined },
  { path: '/sns/oauth2/access_token', after: 40125, codes: [45011], before: 41008 },
  { path: '/sns/userinfo', after: 43003, codes: [45011], before: 41009 },
  { path: '/tupu/v1/messages', after: 100003, codes: [100018], before: 100004 },
])('the refusals of $path name $codes between $after and $before', (row) => {
  const operation = paths[row.path]?.['post'] ?? paths[row.path]?.['get']
  const refusals = operation?.['x-refusals'] ?? []
  const at = refusals.indexOf(row.after) + 1
  expect(at).toBeGreaterThan(0)
  expect(refusals.slice(at, at + row.codes.length)).toEqual(row.codes)
  expect(refusals[at + row.codes.length]).toBe(row.before)
})

it('a path without a limit names none', () => {
  const refusals = paths['/cgi-bin/template/get_all_private_template']?.['get']?.['x-refusals']
  expect(refusals?.filter((code) => [45009, 45011].includes(code))).toEqual([])
})
