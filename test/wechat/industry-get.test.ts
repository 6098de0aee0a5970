import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { startChanged } from './at-rest.ts'
import { acmesClient, refusalOf } from './client.ts'

const path = '/cgi-bin/template/get_industry'

it('get_industry answers both industries by their live names, and no errcode', async () => {
  const client = await acmesClient(await startSim())
  const { text, headers } = await client.get(path)
  expect(text).toBe(
    '{"primary_industry":{"first_class":"IT科技","second_class":"IT软件与服务"},"secondary_industry":{"first_class":"商业服务","second_class":"中介服务"}}',
  )
  expect(headers.get('content-type')).toBe('application/json; encoding=utf-8')
})

it('get_industry answers a POST likewise, whatever its body is', async () => {
  const client = await acmesClient(await startSim())
  const { text } = await client.get(path)
  for (const body of [{}, '', '{']) expect((await client.post(path, body)).text).toBe(text)
})

it('get_industry answers 40102 as long as the account has not two industries', async () => {
  const sim = await startChanged(() => 'update official_account set secondary_industry = null')
  const client = await acmesClient(sim)
  expect(refusalOf(await client.get(path))).toEqual({
    errcode: 40102,
    errmsg: 'invalid industry id',
  })
})
