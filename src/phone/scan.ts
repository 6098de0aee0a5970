import { z } from 'zod'
import { findFollowerOf } from '../../db/person.ts'
import type { PersonRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import type { Outcome } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal } from '../core/refusal.ts'
import { queryOf } from '../core/request.ts'
import { noteInteraction } from '../wechat/custom/interaction.ts'
import { followByCode, isFollowed, type ScannedCode } from '../wechat/follower.ts'
import { officialAccountOf } from '../wechat/official-account.ts'
import { findSceneCode, officialAccountByCode } from '../wechat/qrcode/code.ts'
import { sceneValue } from '../wechat/qrcode/scene.ts'
import { accountKeyOf, choosePerson } from './choose.ts'
import { pushFollow, pushScan } from './event.ts'
import { accountKey, followerState } from './field.ts'
import { linkFor, ourPath, url_length_max } from './open.ts'

/** What the pictures of official accounts' codes say. */
const code_form = /^https?:\/\/weixin\.qq\.com\/[qr]\//
const ticket_form = /^gQ[\w+/=-]{90,}$/

/** What a scanned code led to. */
export const scanShape = z.object({
  person: z.string(),
  did: z
    .enum(['opened', 'followed', 'scanned'])
    .meta(words('scanned: the person already followed.', 'scanned：此人原已关注，状态不变。')),
  url: z
    .string()
    .nullable()
    .meta(
      words('The page that it opens, as this person sees it.', '打开的页面，即此人所见的地址。'),
    ),
  account: accountKey,
  appid: z.string().nullable().meta(words('Null: the code is a link.', 'null：二维码是链接。')),
  state: followerState.nullable(),
  pushed: z
    .object({ event: z.string(), event_key: z.string(), ticket: z.string().nullable() })
    .nullable()
    .meta(words('The event that WeChat pushes to the account.', '微信要推送给公众号的事件。')),
})
export type ScanResponse = z.output<typeof scanShape>

/** Holds the camera over a QR code. */
export const scanPhone = endpoint({
  id: 'phone.scan',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/scan',
  from: ['path', 'json'],
  summary: {
    en: 'The person scans a QR code: an account is followed, a link is opened',
    zh: '此人扫二维码：公众号的码即关注，链接则打开',
  },
  input: z.strictObject({
    world: z.string(),
    person: z.string(),
    content: z
      .string()
      .max(url_length_max)
      .meta(
        words(
          'The content of the QR code: a link, an address of weixin.qq.com, or a ticket.',
          '二维码的内容：链接、weixin.qq.com 的地址或 ticket。',
        ),
      ),
  }),
  answer: scanShape,
  example: { input: { person: 'han', content: '{acme.register_url}' } },
  handle(call) {
    const person = choosePerson(call, call.input.person)
    if (isRefusal(person)) return person
    const content = call.input.content.trim()
    const text = ticketIn(call, content) ?? content
    if (!code_form.test(text) && !ticket_form.test(text)) return open(call, person, text)
    const code = findCode(call, text)
    if (code) return follow(call, person, code)
    return unknownName(call, {
      field: 'content',
      reason: 'no official account of this world has such a code, or it has expired',
      fix: 'use the url or ticket of qrcode.create, or a new code',
    })
  },
})

/** The picture's own address names the ticket too. */
function ticketIn(call: Call, content: string): string | undefined {
  const path = ourPath(call, content)
  return path?.startsWith('/cgi-bin/showqrcode?') ? queryOf(path)['ticket'] : undefined
}

interface FoundCode extends ScannedCode {
  readonly ticket: string | null
}

function findCode(call: Call, text: string): FoundCode | undefined {
  const scene = findSceneCode(call, text)
  if (scene) return scene
  const official = officialAccountByCode(call, text)
  return official && { appid: official.appid, ticket: null }
}

function open(call: Call, { person, ...row }: PersonRow, content: string): Outcome {
  const url = linkFor(call, { person, ...row }, content)
  if (url !== undefined) {
    const nobody = { account: null, appid: null, state: null, pushed: null }
    return { person, did: 'opened', url, ...nobody }
  }
  return problem('invalid_field', {
    field: 'content',
    reason: 'it is neither a link nor the code of an official account',
    fix: 'give what the QR code says',
  })
}

/** Whoever follows already is told of as having scanned, if the code has a scene. */
function follow(call: Call, { person }: PersonRow, code: FoundCode): Outcome {
  const { appid, action, scene, ticket } = code
  const before = findFollowerOf(call.db, { epoch: call.world.epoch, person, appid })
  const { state, openid } = followByCode(call, person, code)
  call.concern({ appid, openid })
  const was = isFollowed(before?.state)
  noteInteraction(call, { openid }, was ? 'scan' : 'follow')
  const said = action && scene !== undefined ? String(sceneValue({ action, scene })) : ''
  const event_key = was || said === '' ? said : `qrscene_${said}`
  const isTold = !was || said !== ''
  const pushed = isTold ? { event: was ? 'SCAN' : 'subscribe', event_key, ticket } : null
  if (pushed) {
    call.steps.push({ rule: 'code.pushed', row: pushed })
    const official = officialAccountOf(call, appid)
    const at = { openid, person }
    if (was) pushScan(call, official, at, pushed)
    else pushFollow(call, official, at, pushed)
  }
  const account = accountKeyOf(call, appid)
  return { person, did: was ? 'scanned' : 'followed', url: null, account, appid, state, pushed }
}
