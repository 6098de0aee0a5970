import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'

/** As much of the SDK as is called here; it has no types of its own. */
interface Sdk {
  prefix: string
  setIndustry(ids: object): Promise<{ errcode: number; errmsg: string }>
  getIndustry(): Promise<Record<string, { second_class: string }>>
  addTemplate(template_id_short: string): Promise<{ errcode: number; template_id: string }>
  getAllPrivateTemplate(): Promise<{ template_list: { template_id: string; title: string }[] }>
  delPrivateTemplate(template_id: string): Promise<{ errcode: number }>
  sendTemplate(
    openid: string,
    template_id: string,
    url: string,
    color: string,
    data: object,
  ): Promise<{ errcode: number }>
}

const WechatApi: new (appid: string, secret: string) => Sdk = createRequire(import.meta.url)(
  'co-wechat-api',
)

/** The SDK as it is published, pointed at Acme's world by nothing but its prefix. */
async function start() {
  const sim = await startSim({ listen: true })
  const { WECHAT_API_BASE, WECHAT_APPID = '', WECHAT_SECRET = '' } = sim.world.env
  const sdk = new WechatApi(WECHAT_APPID, WECHAT_SECRET)
  sdk.prefix = `${WECHAT_API_BASE}/cgi-bin/`
  const titles = async () =>
    (await sdk.getAllPrivateTemplate()).template_list.map(({ title }) => title)
  return { ...sim, sdk, titles }
}

describe('co-wechat-api', () => {
  it('sets the industries, and raises a second change in the month', async () => {
    const { sdk } = await start()
    const ids = { industry_id1: '1', industry_id2: '34' }
    expect(await sdk.setIndustry(ids)).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await sdk.getIndustry()).toMatchObject({
      primary_industry: { second_class: '互联网|电子商务' },
    })
    await expect(sdk.setIndustry({ ...ids, industry_id1: '2' })).rejects.toMatchObject({
      name: 'WeChatAPIError',
      code: 43100,
    })
  })

  it('adds a template, sends by it, deletes it, and is refused by it afterwards', async () => {
    const { sdk, titles, li, acme } = await start()
    const { template_id } = await sdk.addTemplate('OPENTM410000102')
    expect(await titles()).toEqual(['入职通知', '面试邀请通知'])
    const data = { first: { value: '您好' }, keyword1: { value: '客户经理' } }
    const sends = () => sdk.sendTemplate(li.openidAt(acme), template_id, '', '', data)
    expect(await sends()).toMatchObject({ errcode: 0 })
    expect(await sdk.delPrivateTemplate(template_id)).toMatchObject({ errcode: 0 })
    expect(await titles()).toEqual(['入职通知'])
    await expect(sends()).rejects.toMatchObject({ code: 40037 })
    await expect(sdk.delPrivateTemplate(template_id)).rejects.toMatchObject({ code: 40037 })
    await expect(sdk.addTemplate('TM00000')).rejects.toMatchObject({ code: 40037 })
  })
})
