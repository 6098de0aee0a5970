import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { listEids, listWorldEids } from '../../../db/eid.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, type Reply } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { qrPng, qrSvg } from '../../page/qr-picture.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { keepEvent } from '../../tupu/account/event.ts'
import { gatewayOf, type RemoteGateway } from '../../tupu/gateway/config.ts'
import { keepFacts } from '../../tupu/gateway/facts.ts'
import { keepCalls } from '../../tupu/gateway/http.ts'
import { publishLocally } from '../../tupu/gateway/local.ts'
import type { MenuFault, RegisterItem } from '../../tupu/gateway/menu.ts'
import { askFacts, publishRemotely } from '../../tupu/gateway/remote.ts'
import { chooseConnected } from '../association/association.ts'
import { cleanText } from '../field.ts'
import { accountFields } from './input.ts'
import { lifeCall, lifeResponse, registerUrl } from './response.ts'

const usual_name = '入职登记'

export const publishRegistrationPage = endpoint({
  ...lifeCall,
  id: 'registration_page.publish',
  path: '/worlds/{world}/accounts/{eid}/registration-page/publish',
  summary: {
    en: "Add an item that opens the registration page to the menu, by WeChat's menu call",
    zh: '用微信的菜单接口把打开登记页的一项放进菜单',
  },
  input: z.strictObject({
    ...accountFields,
    name: cleanText
      .min(1)
      .optional()
      .meta(
        words(
          `The name of a new item, at most 16 bytes. Default: ${usual_name}.`,
          `新菜单项的名称；微信最多 16 字节。不填为“${usual_name}”。`,
        ),
      ),
  }),
  example: { input: { eid: 'acme' } },
  before(call) {
    const account = chooseConnected(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    const gateway = gatewayOf(account)
    const item = itemOf(call, account, gateway.kind)
    if (gateway.kind === 'remote') return pending<Publishing>({ eid: account.eid, gateway, item })
    const fault = publishLocally(call, account, item)
    if (fault) return refuseFault(fault)
    keepEvent(call, account, 'registration_page_published')
    return lifeResponse(call, account)
  },
  outside: publish,
  after(call, remote, { fault, calls, facts }) {
    if (fault) return { ...refuseFault(fault), writes: () => keepCalls(call, calls) }
    keepCalls(call, calls)
    if (facts) keepFacts(call, remote, facts)
    keepEvent(call, remote, 'registration_page_published')
    return lifeResponse(call, remote)
  },
})

interface Publishing {
  readonly eid: string
  readonly gateway: RemoteGateway
  readonly item: RegisterItem
}

/** A remote WeChat is then asked how the account stands. */
async function publish({ gateway, item }: Publishing, engine: Engine) {
  const { fault, calls } = await publishRemotely(engine, gateway, item)
  if (fault) return { fault, calls, facts: undefined }
  const found = await askFacts(gateway, engine)
  return { fault, calls: [...calls, ...found.calls], facts: found.facts }
}

/** An official account of ours may have been another account's before: items that lead there are ours as well. */
function itemOf(
  call: Call<unknown, { name?: string | undefined }>,
  account: AccountRow,
  kind: 'local' | 'remote',
): RegisterItem {
  const { db, world, input } = call
  const { epoch } = world
  const accounts = kind === 'local' ? listAccounts(db, epoch) : [account]
  const rotated =
    kind === 'local' ? listWorldEids(db, epoch) : listEids(db, { epoch, account: account.eid })
  const eids = [...accounts, ...rotated].map(({ eid }) => eid)
  return { base: baseUrl(call), eid: eidOf(account), eids, name: input.name ?? usual_name }
}

function refuseFault(fault: MenuFault): Refusal {
  if (fault.kind === 'full') {
    const reason = 'the menu has three buttons, and no room below one of them'
    return problem('conflict', { field: 'eid', reason, fix: 'take one away by menu.create' })
  }
  const reason =
    fault.kind === 'none'
      ? `WeChat did not answer: ${fault.detail}`
      : `WeChat answers ${fault.errcode} ${fault.errmsg}`
  return problem('conflict', { field: 'eid', reason, fix: 'see the journal for what was sent' })
}

const size_usual = 320

/** Text in a query → pixels. */
const size = z
  .string()
  .regex(/^\d{1,4}$/, 'a number of pixels from 64 to 2048')
  .transform(Number)
  .refine((pixels) => pixels >= 64 && pixels <= 2048, 'a number of pixels from 64 to 2048')

/** The direct link to the registration page, for posters and screens. Scanned outside WeChat it says how to go on. */
export const getRegistrationQr = endpoint({
  id: 'registration_qr.get',
  methods: ['GET'],
  path: '/worlds/{world}/accounts/{eid}/registration-qr',
  from: ['path', 'query'],
  summary: { en: "The account's register_url as a QR code", zh: '账号 register_url 的二维码' },
  input: z.strictObject({
    ...accountFields,
    format: z.enum(['svg', 'png']).optional().meta(words('Default: svg.', '不填为 svg。')),
    size: size
      .optional()
      .meta(
        words(
          `Pixels, from 64 to 2048. Default: ${size_usual}. A PNG may be slightly smaller, because its modules are whole pixels.`,
          `64 到 2048 像素，不填为 ${size_usual}；PNG 的每个模块是整数像素，可能略小。`,
        ),
      ),
  }),
  answer: 'image/svg+xml, image/png',
  refusals: [409],
  example: { input: { eid: 'acme', format: 'png' } },
  handle(call): Reply | Refusal {
    const { eid, format = 'svg', size: pixels = size_usual } = call.input
    const account = chooseConnected(call, eid, 'eid')
    if (isRefusal(account)) return account
    const link = registerUrl(call, account)
    return format === 'svg'
      ? { kind: 'reply', status: 200, body: qrSvg(link, pixels), type: 'image/svg+xml' }
      : { kind: 'reply', status: 200, body: qrPng(link, pixels), type: 'image/png' }
  },
})
