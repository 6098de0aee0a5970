import { SamplePlatform } from '../test/sample-platform.ts'

/** Where the partner API and the SMS go to, as the environment block of a world names it. */
const { TUPU_SIM_URL = 'http://localhost:8878', TUPU_SIM_WORLD = 'default' } = process.env

/** Calls TUPU, or the vendor of SMS, and prints what came. */
async function http(method: string, path: string, body?: unknown) {
  const response = await fetch(new URL(path, TUPU_SIM_URL), {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'Content-Type': 'application/json' },
  })
  const text = await response.text()
  console.log(`${method} ${path} ${JSON.stringify(body) ?? ''}\n  ${response.status} ${text}`)
  return { text }
}

const { TUPU_EID: eid } = process.env
const [, , ...mobiles] = process.argv
if (!eid || mobiles.length === 0)
  throw new Error('whom to notify: TUPU_EID=… node scripts/platform.ts 13800138002 …')
const platform = new SamplePlatform({ http, world: TUPU_SIM_WORLD, account: { eid } })
for (const mobile of mobiles) await platform.notifies({ mobile }, '欢迎加入，请完成入职登记')
await platform.looksAgain()
