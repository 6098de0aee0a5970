import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, initechsClient, refusalOf, tablesOf } from './client.ts'
import { files, multipart } from './files.ts'

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const uploads = (type: string | undefined, content: Uint8Array, name = 'media') => {
    const { body, headers } = multipart({ name, filename: '文件.bin', content })
    const query = new URLSearchParams({ access_token: client.token, ...(type ? { type } : {}) })
    return sim.http('POST', `/cgi-bin/media/upload?${query}`, body, headers)
  }
  const idOf = async (type: string, content: Uint8Array) => {
    const { media_id, thumb_media_id } = bodyOf(await uploads(type, content))
    return String(media_id ?? thumb_media_id)
  }
  const gets = (media_id: string) => client.get('/cgi-bin/media/get', { media_id })
  return { ...sim, client, uploads, idOf, gets }
}

onEither('an upload', (database) => {
  it('is answered by what it is, and got again for three days by the world’s clock', async () => {
    const { client, uploads, gets, idOf, world } = await start(database)
    const answer = await uploads('image', files.png)
    const { media_id } = bodyOf(answer)
    expect(bodyOf(answer)).toEqual({
      type: 'image',
      media_id: expect.stringMatching(/^[\w-]{64}$/),
      created_at: 1_767_574_800,
    })
    const got = await gets(String(media_id))
    expect(got.headers.get('content-type')).toBe('image/png')
    expect(got.headers.get('content-disposition')).toBe(`attachment; filename="${media_id}.png"`)
    expect(Number(got.headers.get('content-length') ?? files.png.length)).toBe(files.png.length)
    for (const [kind, content, ending] of [
      ['voice', files.amr, 'amr'],
      ['voice', files.mp3, 'mp3'],
      ['video', files.mp4, 'mp4'],
      ['thumb', files.jpeg, 'jpg'],
    ] as const)
      expect((await gets(await idOf(kind, content))).headers.get('content-disposition')).toMatch(
        new RegExp(`\\.${ending}"$`),
      )
    await world.advance('P2DT23H')
    await client.signsIn()
    expect((await gets(String(media_id))).headers.get('content-type')).toBe('image/png')
    await idOf('image', files.png)
    await world.advance('PT1H')
    expect(refusalOf(await gets(String(media_id)))).toEqual({
      errcode: 40007,
      errmsg: 'invalid media_id',
    })
  })
})

describe('an upload is refused', () => {
  const large = (bytes: number, begin: Uint8Array) => {
    const content = new Uint8Array(bytes)
    content.set(begin)
    return content
  }
  it.each([
    { when: 'its kind is not said', errcode: 40004, type: undefined, content: files.png },
    { when: 'its kind is none', errcode: 40004, type: 'toString', content: files.png },
    { when: 'it is empty', errcode: 44001, type: 'image', content: new Uint8Array() },
    { when: 'it is no picture', errcode: 40005, type: 'image', content: files.mp3 },
    { when: 'it is no JPEG', errcode: 40005, type: 'thumb', content: files.png },
    {
      when: 'a thumb has over 64 KB',
      errcode: 40012,
      type: 'thumb',
      content: large(65_537, files.jpeg),
    },
    {
      when: 'a voice has over 2 MB',
      errcode: 40010,
      type: 'voice',
      content: large(2_097_153, files.amr),
    },
    {
      when: 'a picture has over 10 MB',
      errcode: 40009,
      type: 'image',
      content: large(10_485_761, files.png),
    },
    {
      when: 'it has far more',
      errcode: 45001,
      type: 'image',
      content: large(10_700_000, files.png),
    },
  ])('with $errcode when $when', async ({ errcode, type, content }) => {
    const { uploads, world } = await start()
    const before = await tablesOf(world)
    expect(errcodeOf(await uploads(type, content))).toBe(errcode)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('with 41005 when it is no multipart, is broken, or has no part of that name', async () => {
    const { uploads, client } = await start()
    expect(errcodeOf(await uploads('image', files.png, 'file'))).toBe(41005)
    const path = '/cgi-bin/media/upload'
    for (const [type, body] of [
      ['application/json', '{}'],
      ['multipart/form-data', '--x\r\n'],
      ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="media"'],
      ['multipart/form-data; boundary=x', '--x--'],
    ] as const) {
      const query = new URLSearchParams({ access_token: client.token, type: 'image' })
      const answer = await client.http('POST', `${path}?${query}`, body, { 'content-type': type })
      expect([body, errcodeOf(answer)]).toEqual([body, 41005])
    }
  })

  it('and so is its download by another account, or without an id', async () => {
    const { idOf, client, ...sim } = await start()
    const media_id = await idOf('image', files.png)
    const other = (await initechsClient(sim)).client
    expect(errcodeOf(await other.get('/cgi-bin/media/get', { media_id }))).toBe(40007)
    expect(errcodeOf(await client.get('/cgi-bin/media/get'))).toBe(41006)
  })
})

it('a world keeps two hundred uploads, and lets the oldest go', async () => {
  const { idOf, gets } = await start()
  const first = await idOf('image', files.png)
  const second = await idOf('image', files.png)
  for (let n = 0; n < 199; n++) await idOf('image', files.png)
  expect((await gets(second)).headers.get('content-type')).toBe('image/png')
  expect(errcodeOf(await gets(first))).toBe(40007)
}, 60_000)
