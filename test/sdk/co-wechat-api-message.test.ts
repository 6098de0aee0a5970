import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { files } from '../wechat/files.ts'

interface Ok {
  readonly errcode: number
}

/** As much of the SDK as is called here; it has no types of its own. */
interface Sdk {
  prefix: string
  uploadMedia(
    file: Buffer,
    type: string,
    filename: string,
    mime: string,
  ): Promise<{ type: string; media_id?: string; thumb_media_id?: string }>
  getMedia(media_id: string): Promise<Buffer>
  sendText(openid: string, text: string): Promise<Ok>
  sendImage(openid: string, media_id: string): Promise<Ok>
  sendVoice(openid: string, media_id: string): Promise<Ok>
  sendVideo(openid: string, media_id: string, thumb: string): Promise<Ok>
  sendMusic(openid: string, music: object): Promise<Ok>
  sendNews(openid: string, articles: object[]): Promise<Ok>
  sendCard(openid: string, card: object): Promise<Ok>
  sendMpNews(openid: string, media_id: string): Promise<Ok>
  sendMiniProgram?(openid: string, page: object): Promise<Ok>
}

const WechatApi: new (appid: string, secret: string) => Sdk = createRequire(import.meta.url)(
  'co-wechat-api',
)

/** The SDK as it is published, pointed at Acme's world by nothing but its prefix; Li has just written to Acme. */
async function start() {
  const sim = await startSim({ listen: true })
  const { WECHAT_API_BASE, WECHAT_APPID = '', WECHAT_SECRET = '' } = sim.world.env
  const sdk = new WechatApi(WECHAT_APPID, WECHAT_SECRET)
  sdk.prefix = `${WECHAT_API_BASE}/cgi-bin/`
  const { acme, li } = sim
  await li.writes(acme, '在吗？')
  return { ...sim, sdk, touser: li.openidAt(acme) }
}

it('uploads files and gets them again, byte by byte', async () => {
  const { sdk } = await start()
  const png = Buffer.from(files.png)
  const { type, media_id = '' } = await sdk.uploadMedia(png, 'image', '照片.png', 'image/png')
  expect(type).toBe('image')
  expect((await sdk.getMedia(media_id)).equals(png)).toBe(true)
  await expect(sdk.getMedia('x')).rejects.toMatchObject({ code: 40007 })
  const mp3 = sdk.uploadMedia(Buffer.from(files.mp3), 'image', 'a.png', 'image/png')
  await expect(mp3).rejects.toMatchObject({ code: 40005 })
})

it('sends every kind that it knows, until the person has to write again', async () => {
  const { sdk, touser, li, acme } = await start()
  const upload = async (type: string, content: Uint8Array) => {
    const answer = await sdk.uploadMedia(Buffer.from(content), type, 'a', 'text/plain')
    return answer.media_id ?? answer.thumb_media_id ?? ''
  }
  const [image, voice, video, thumb] = [
    await upload('image', files.png),
    await upload('voice', files.amr),
    await upload('video', files.mp4),
    await upload('thumb', files.jpeg),
  ]
  const music = { title: '曲', musicurl: 'https://a.example/a.mp3', thumb_media_id: thumb }
  const article = { title: '入职指南', description: '', url: 'https://a.example/', picurl: '' }
  expect(await sdk.sendText(touser, '您好')).toMatchObject({ errcode: 0 })
  await sdk.sendImage(touser, image)
  await sdk.sendVoice(touser, voice)
  await sdk.sendVideo(touser, video, thumb)
  await sdk.sendMusic(touser, music)
  await expect(sdk.sendText(touser, '还在吗？')).rejects.toMatchObject({ code: 45047 })
  await li.writes(acme, '在')
  await sdk.sendNews(touser, [article])
  await expect(sdk.sendNews(touser, [article, article])).rejects.toMatchObject({ code: 45008 })
  await expect(sdk.sendMpNews(touser, 'x')).rejects.toMatchObject({ code: 40007 })
  const types = (await li.chat(acme)).messages.map(({ content }) => content?.type)
  expect(types).toEqual(['text', 'text', 'image', 'voice', 'video', 'music', 'text', 'news'])
})
