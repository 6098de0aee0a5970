import { describe, expect, it } from 'vitest'
import { sendTemplate } from '../../src/wechat/message/endpoints.ts'
import { msgidOf, refusalOf, tablesOf } from './client.ts'
import { good_data, rows, startScene } from './template-send-refusals.ts'

describe('POST /cgi-bin/message/template/send', () => {
  it.each(rows)('answers $errcode when $when, and changes nothing', async (row) => {
    const scene = await startScene()
    const changed = { ...scene, ...(await row.given?.(scene)) }
    const before = await tablesOf(scene.world)
    const answer = await row.send(changed)
    expect(answer.status).toBe(200)
    expect(refusalOf(answer)).toEqual({ errcode: row.errcode, errmsg: row.errmsg })
    expect(await tablesOf(scene.world)).toEqual(before)
  })

  it('is refused with the codes of this table and with no others, in this order', () => {
    const shown = rows.map(({ errcode }) => errcode)
    const first = [...new Set(shown)]
    // Its quota has tests of its own.
    expect(first).toEqual(sendTemplate.refusals.filter((code) => code !== 45009))
  })

  it('is accepted when nothing of all that is wrong', async () => {
    const { client, touser, template_id } = await startScene()
    const answer = await client.sends({ touser, template_id, data: good_data })
    expect(msgidOf(answer)).toMatch(/^\d{19}$/)
  })

  it.each([
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/json; charset=gbk',
  ])('reads its body as JSON when it is called %s', async (type) => {
    const { client, touser, template_id } = await startScene()
    const body = { touser, template_id, data: good_data }
    msgidOf(await client.sends(body, { 'Content-Type': type }))
  })

  it('reads its body as JSON when it has no type at all', async () => {
    const { client, touser, template_id } = await startScene()
    const body = new TextEncoder().encode(JSON.stringify({ touser, template_id, data: good_data }))
    msgidOf(await client.sends(body))
  })

  it('takes text as escapes too, ignores what it does not know, and of double keys takes the last', async () => {
    const { client, touser, template_id } = await startScene()
    const data =
      '{"thing1":{"value":"\\u4ea7\\u54c1","color":null},"time2":{"value":"09:00","color":""},"x":1}'
    const rest = '"topcolor":"#FF0000","color":7,"__proto__":{"touser":"o"},"constructor":1'
    const text = `{"touser":"x","template_id":"${template_id}",${rest},"data":${data},"touser":"${touser}"}`
    msgidOf(await client.sends(text))
  })
})
