import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { acmesClient } from '../client.ts'
import { files, multipart } from '../files.ts'
import { startPushed, textReply } from './server.ts'

const button = [
  {
    name: '扫码',
    sub_button: [
      { type: 'scancode_push', name: '扫码签到', key: 'SIGN' },
      { type: 'scancode_waitmsg', name: '扫码等待', key: 'WAIT' },
    ],
  },
  {
    name: '发图',
    sub_button: ['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin'].map((type) => {
      return { type, name: type.slice(4, 14), key: `KEY_${type}` }
    }),
  },
  {
    name: '其他',
    sub_button: [
      { type: 'location_select', name: '位置', key: 'WHERE' },
      { type: 'media_id', name: '地图', media_id: 'm'.repeat(64) },
      { type: 'view_limited', name: '图文', media_id: 'm'.repeat(64) },
      { type: 'article_id', name: '文章', article_id: 'A' },
    ],
  },
]

async function startMenu(media_id?: string) {
  const sim = await startPushed()
  const client = await acmesClient(sim)
  const text = JSON.stringify({ button }).replaceAll('m'.repeat(64), media_id ?? 'm'.repeat(64))
  const made = await client.post('/cgi-bin/menu/create', JSON.parse(text))
  expect(made.json).toMatchObject({ errcode: 0 })
  return { ...sim, client }
}

const eventPart = (body: string) => body.slice(body.indexOf('<Event>'))

describe('a tap on a button that scans', () => {
  it('tells what was scanned, and opens a link', async () => {
    const { acme, li, server, settle } = await startMenu()
    const scanned = 'https://badge.test/b/8812'
    const answer = await li.taps(acme, '扫码签到', { scanned })
    expect(answer).toMatchObject({ url: scanned, messages: [], needs: null })
    await settle()
    expect(server.got.map(({ body }) => eventPart(body))).toEqual([
      '<Event><![CDATA[scancode_push]]></Event>\n<EventKey><![CDATA[SIGN]]></EventKey>\n' +
        '<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType>\n' +
        `<ScanResult><![CDATA[${scanned}]]></ScanResult>\n</ScanCodeInfo>\n</xml>`,
    ])
  })

  it('opens nothing that is no link, nor where the account is waited for, whose answer then comes', async () => {
    const { acme, li, server, settle } = await startMenu()
    server.answer = (got) => ({ body: textReply(got, '签到成功') })
    expect((await li.taps(acme, '扫码签到', { scanned: 'B-8812' })).url).toBeNull()
    const details = { scanned: '6901234567892', scan_type: 'barcode' }
    expect((await li.taps(acme, '扫码等待', details)).url).toBeNull()
    await settle()
    const wait = server.got[1]?.body ?? ''
    expect(wait).toContain('<Event><![CDATA[scancode_waitmsg]]></Event>')
    expect(wait).toContain('<ScanType><![CDATA[barcode]]></ScanType>')
    expect(wait).toContain('<ScanResult><![CDATA[CODE_128,6901234567892]]></ScanResult>')
    // scancode_push is no event to which an answer is shown.
    expect((await li.chat(acme)).messages).toMatchObject([{ content: { content: '签到成功' } }])
  })
})

describe('a tap on a button that sends pictures', () => {
  it.each(['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin'])(
    'tells of each by %s, and the pictures follow as messages',
    async (type) => {
      const { sim, acme, li, server, settle } = await startMenu()
      const { messages } = await li.taps(acme, type.slice(4, 14), { pictures: 2 })
      expect(messages).toMatchObject([
        { content: { type: 'image' } },
        { content: { type: 'image' } },
      ])
      await settle()
      const [event, ...pictures] = server.got.map(({ body }) => body)
      const photo = /<PicUrl><!\[CDATA\[(.*?)\]\]>/.exec(pictures[0] ?? '')?.[1] ?? ''
      const answer = await sim.fetch(new Request(photo))
      const bytes = Buffer.from(await answer.arrayBuffer())
      const item = `<item><PicMd5Sum><![CDATA[${hash('md5', bytes)}]]></PicMd5Sum>\n</item>\n`
      expect(eventPart(event ?? '')).toBe(
        `<Event><![CDATA[${type}]]></Event>\n<EventKey><![CDATA[KEY_${type}]]></EventKey>\n` +
          `<SendPicsInfo><Count>2</Count>\n<PicList>${item}${item}</PicList>\n</SendPicsInfo>\n</xml>`,
      )
      expect(pictures).toHaveLength(2)
      for (const [i, { msgid_str }] of messages.entries())
        expect(pictures[i]).toContain(`<MsgId>${msgid_str}</MsgId>`)
    },
  )
})

describe('a tap on a button that chooses a place', () => {
  it('tells of it with every field as text, and the place follows as a message', async () => {
    const { acme, li, server, settle } = await startMenu()
    const place = {
      latitude: '31.231706',
      longitude: 121.47264,
      label: '示例路88号',
      poiname: '大厦',
    }
    await li.taps(acme, '位置', place)
    await settle()
    const [event, message] = server.got.map(({ body }) => body)
    expect(eventPart(event ?? '')).toBe(
      '<Event><![CDATA[location_select]]></Event>\n<EventKey><![CDATA[WHERE]]></EventKey>\n' +
        '<SendLocationInfo><Location_X><![CDATA[31.231706]]></Location_X>\n' +
        '<Location_Y><![CDATA[121.472640]]></Location_Y>\n<Scale><![CDATA[15]]></Scale>\n' +
        '<Label><![CDATA[示例路88号]]></Label>\n<Poiname><![CDATA[大厦]]></Poiname>\n</SendLocationInfo>\n</xml>',
    )
    expect(message).toContain('<Location_X>31.231706</Location_X>')
    expect(message).toContain('<MsgType><![CDATA[location]]></MsgType>')
  })

  it('chooses where the person is, unless told', async () => {
    const { acme, li } = await startMenu()
    const { messages } = await li.taps(acme, '位置')
    expect(messages).toMatchObject([
      { from: 'person', content: { latitude: expect.stringMatching(/^31\.2/), label: '' } },
    ])
  })
})

describe('a tap on a button with a material', () => {
  it('brings an upload of the account, and pushes nothing', async () => {
    const first = await startMenu()
    const { body, headers } = multipart({ name: 'media', filename: 'a.png', content: files.png })
    const upload = `/cgi-bin/media/upload?access_token=${first.client.token}&type=image`
    const { media_id } = (await first.http('POST', upload, body, headers)).json
    const text = JSON.stringify({ button }).replaceAll('m'.repeat(64), String(media_id))
    await first.client.post('/cgi-bin/menu/create', JSON.parse(text))
    const { acme, li, server, settle } = first
    expect(await li.taps(acme, '地图')).toMatchObject({
      pushed: null,
      needs: null,
      messages: [{ from: 'account', content: { type: 'image', media_id } }],
    })
    await settle()
    expect(server.got).toEqual([])
    expect((await li.chat(acme)).messages).toMatchObject([{ content: { type: 'image', media_id } }])
  })

  it.each([
    { name: '地图', needs: 'material' },
    { name: '图文', needs: 'article' },
    { name: '文章', needs: 'article' },
  ])('that is not here says what a real phone would get: $name', async ({ name, needs }) => {
    const { acme, li, server, settle } = await startMenu()
    expect(await li.taps(acme, name)).toMatchObject({ needs, messages: [], pushed: null })
    await settle()
    expect(server.got).toEqual([])
  })
})
