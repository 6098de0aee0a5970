import { z } from 'zod'
import type { Outcome } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { headerOf } from '../../core/request.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import { endpoint, refuse } from '../endpoint.ts'
import { isMediaKind, keepMedia, livingMedia, upload_bytes_max } from './media.ts'
import { readMultipart } from './multipart.ts'

/** The shortest of recordings. */
const voiceExample = {
  input: { type: 'voice' },
  file: { name: 'media', filename: 'hello.amr', text: '#!AMR' },
} as const

/** Keeps a file for three days. It comes as the part `media` of a multipart body, and of what kind it is, in the query. */
export const uploadMedia = endpoint({
  id: 'media.upload',
  methods: ['POST'],
  path: '/cgi-bin/media/upload',
  from: ['query'],
  summary: { en: 'Upload a file, kept for three days', zh: '上传临时素材' },
  source: {
    en: 'developers.weixin.qq.com: uploadTempMedia; which code goes with which fault, from its table of codes',
    zh: 'developers.weixin.qq.com: uploadTempMedia；各情形的错误码取自返回码表',
  },
  credential: 'access_token',
  permission: 'media',
  body_bytes_max: upload_bytes_max,
  input: z.object({
    type: z
      .unknown()
      .optional()
      .meta({ type: 'string', enum: ['image', 'voice', 'video', 'thumb'] })
      .meta(
        words(
          'image: PNG, JPEG or GIF up to 10 MB; voice: AMR or MP3 up to 2 MB; video: MP4 up to 10 MB; thumb: JPEG up to 64 KB.',
          'image：PNG、JPEG、GIF，最大 10 MB；voice：AMR、MP3，最大 2 MB；video：MP4，最大 10 MB；thumb：JPEG，最大 64 KB。',
        ),
      ),
  }),
  answer: z.object({
    type: z.string(),
    media_id: z.string().optional(),
    thumb_media_id: z.string().optional().meta(words('Of a thumb.', '缩略图的编号。')),
    created_at: z.int(),
  }),
  refusals: [45001, 40004, 41005, 44001, 40005, 40009, 40010, 40011, 40012],
  example: voiceExample,
  handle(call): Outcome {
    const { type: kind } = call.input
    if (!isMediaKind(kind)) {
      const expected = 'image, voice, video or thumb'
      return refuse(40004, { rule: 'media.kind', actual: kind ?? null, expected })
    }
    const type = headerOf(call.request, 'content-type') ?? ''
    const parts = readMultipart(call.request.body, type) ?? []
    const file = parts.find(({ name }) => name === 'media')
    if (!file) {
      const actual = parts.map(({ name }) => name)
      const expected = 'multipart/form-data with a part named media'
      return refuse(41005, { rule: 'media.given', actual, expected })
    }
    const row = keepMedia(call, call.caller.account, kind, file.content)
    if (isRefusal(row)) return row
    const name = kind === 'thumb' ? 'thumb_media_id' : 'media_id'
    return { type: kind, [name]: row.media_id, created_at: toUnixSeconds(row.uploaded_at) }
  },
})

/** The end of a file's name, by what it is. */
const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
}

/** The file of an upload. */
export const getMedia = endpoint({
  id: 'media.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/media/get',
  from: ['query'],
  summary: { en: 'Get an uploaded file', zh: '获取临时素材' },
  source: {
    en: 'developers.weixin.qq.com: getMedia; a film comes as bytes, too (our inference)',
    zh: 'developers.weixin.qq.com: getMedia；视频也直接返回内容（我们的推断）',
  },
  credential: 'access_token',
  permission: 'media',
  input: z.object({
    media_id: errcodes(z.string().min(1), { missing: 41006, type: 40007, invalid: 40007 }),
  }),
  // And video/mp4.
  answer: 'image/png, image/jpeg, image/gif, audio/amr, audio/mpeg',
  refusals: [41006, 40007],
  example: {
    input: { media_id: '{media_id}' },
    after: [{ call: 'media.upload', input: voiceExample.input, take: { media_id: 'media_id' } }],
  },
  handle(call): Outcome {
    const { media_id } = call.input
    const row = livingMedia(call, call.caller.account, media_id)
    if (isRefusal(row)) return row
    const filename = `${row.media_id}.${endings[row.type] ?? 'bin'}`
    return {
      kind: 'reply',
      status: 200,
      body: row.content,
      type: row.type,
      headers: {
        'Content-disposition': `attachment; filename="${filename}"`,
        'X-Content-Type-Options': 'nosniff',
      },
    }
  },
})
