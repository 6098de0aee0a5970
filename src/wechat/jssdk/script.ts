import { z } from 'zod'
import { jweixinScript } from '../../../views/assets/jweixin-script.ts'
import { picture } from '../endpoint.ts'
import { js_apis } from './api.ts'

/** The versions that WeChat has published; ours does the same for all of them. */
const versions = ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.3.2', '1.4.0', '1.5.0', '1.6.0', '1.6.2']
const files = new Set(versions.map((version) => `jweixin-${version}.js`))

let made: Buffer | undefined

/** The JS-SDK as a page loads it, at the path that it has at res.wx.qq.com. */
export const showJssdk = picture({
  id: 'jssdk.show',
  methods: ['GET'],
  path: '/open/js/{file}',
  from: ['path'],
  journalled: false,
  input: z.object({ file: z.string() }),
  handle(call) {
    if (!files.has(call.input.file)) return { kind: 'reply', status: 404 }
    made ??= Buffer.from(
      jweixinScript.replace('{apis}', JSON.stringify(Object.fromEntries(js_apis))),
    )
    return {
      kind: 'reply',
      status: 200,
      body: made,
      type: 'application/javascript; charset=utf-8',
      headers: { 'Cache-Control': 'max-age=600', 'X-Content-Type-Options': 'nosniff' },
    }
  },
})
