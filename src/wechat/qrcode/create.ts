import { z } from 'zod'
import { countPermanentCodes, findPermanentCode, insertSceneCode } from '../../../db/scene-code.ts'
import type { SceneCodeRow } from '../../../db/schema.ts'
import { nextCount } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { claim } from '../../world/world.ts'
import { endpoint, refuse, type WechatCaller } from '../endpoint.ts'
import { actions, readScene, type WantedCode } from './scene.ts'
import { code_url, makeTicket } from './ticket.ts'

const expire_seconds_default = 60
const expire_seconds_max = 2_592_000
const permanent_codes_max = 100_000

/** Makes a QR code that says by which scene a person came. */
export const createQrcode = endpoint({
  id: 'qrcode.create',
  methods: ['POST'],
  path: '/cgi-bin/qrcode/create',
  from: ['json'],
  summary: { en: 'Make a QR code with a scene', zh: '生成带场景值的二维码' },
  source: {
    en: 'developers.weixin.qq.com: createQRCode; a longer life than the longest is cut (our inference)',
    zh: 'developers.weixin.qq.com: createQRCode；超过最长有效期的按最长算（我们的推断）',
  },
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'QR codes',
  input: z.object({
    expire_seconds: z
      .int()
      .optional()
      .meta(
        words(
          'Of a temporary code: 60 unless told, at most 2592000.',
          '临时二维码的有效秒数：不填为 60，最多 2592000。',
        ),
      ),
  }),
  later: z.object({
    action_name: z.enum(Object.keys(actions)),
    action_info: z.object({
      scene: z.object({ scene_id: z.int().optional(), scene_str: z.string().optional() }),
    }),
  }),
  answer: z.object({
    ticket: z.string(),
    expire_seconds: z.int().optional(),
    url: z.string().meta(words('What the picture says.', '二维码图片的内容。')),
  }),
  refusals: [40052, 40053, 45029],
  example: {
    input: { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'gate-3' } } },
  },
  async handle(call) {
    const wanted = readScene(call.fields)
    if (isRefusal(wanted)) return wanted
    call.steps.push('qrcode.scene')
    if (actions[wanted.action].permanent) {
      const code = await permanentCode(call, wanted)
      return isRefusal(code) ? code : { ticket: code.ticket, url: code_url + code.path }
    }
    const { expire_seconds = 0 } = call.input
    // What is no length of a life counts as not told; what happens to one that is too long is not known.
    const seconds =
      expire_seconds < 1 ? expire_seconds_default : Math.min(expire_seconds, expire_seconds_max)
    const n = await nextCode(call)
    const { ticket, path } = await keepCode(call, wanted, { n, seconds })
    return { ticket, expire_seconds: seconds, url: code_url + path }
  },
})

type CreateCall = Pick<Call<WechatCaller>, 'db' | 'world' | 'caller'>

/** The same scene has the same code for ever. */
async function permanentCode(
  call: CreateCall,
  wanted: WantedCode,
): Promise<SceneCodeRow | Refusal> {
  const { db, world, caller } = call
  const { epoch } = world
  const { appid } = caller.account
  const at = { epoch, appid, ...wanted }
  const existing = await findPermanentCode(db, at)
  if (existing) return existing
  const n = await nextCode(call)
  // Whoever drew the number before may have made what this call is looking for.
  const made = await findPermanentCode(db, at)
  if (made) return made
  const count = await countPermanentCodes(db, epoch, appid)
  if (count >= permanent_codes_max) {
    const actual = { permanent_codes: count }
    return refuse(45029, {
      rule: 'qrcode.count',
      actual,
      expected: `fewer than ${permanent_codes_max}`,
    })
  }
  return keepCode(call, wanted, { n, seconds: undefined })
}

function nextCode({ db, world, caller }: CreateCall): Promise<number> {
  const { appid } = caller.account
  return nextCount(db, { epoch: world.epoch, purpose: 'scene_code', key: appid })
}

async function keepCode(
  call: CreateCall,
  { action, scene }: WantedCode,
  { n, seconds }: { n: number; seconds: number | undefined },
): Promise<SceneCodeRow> {
  const { db, world, caller } = call
  const { epoch, now } = world
  const { appid } = caller.account
  const row: SceneCodeRow = {
    epoch,
    ...makeTicket(world, [appid, n], seconds ?? 0),
    appid,
    action,
    scene,
    expires_at: seconds === undefined ? null : now + seconds * 1000,
    created_at: now,
  }
  await insertSceneCode(db, row)
  await claim(call, 'ticket', row.ticket)
  return row
}
