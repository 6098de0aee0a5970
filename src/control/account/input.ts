import { z } from 'zod'
import { outgoingUrl } from '../../auth/outgoing-url.ts'
import { withDefaults, words } from '../../core/field.ts'
import { cleanText, duration, key, nameText } from '../field.ts'
import { officialFields } from '../official-account/official-account.ts'

/** The fields that name an account. */
export const accountFields = {
  world: z.string(),
  eid: z.string().meta(words('Key or EID.', 'key 或 EID。')),
}

const secret_length_max = 200

/** Where TUPU tells the platform what became of messages. */
const callbackField = z
  .strictObject({
    url: outgoingUrl.meta(
      words(
        'Called by POST; any host and port, including this machine.',
        '用 POST 调用；任意主机和端口，本机也可以。',
      ),
    ),
    secret: cleanText
      .min(1)
      .max(secret_length_max)
      .nullish()
      .meta(
        words(
          'Signs each call in the same way as the platform signs its own. Default: unsigned.',
          '用它给每次调用签名，方式与平台自己的调用相同；不填则不签名。',
        ),
      ),
  })
  .nullable()
  .meta(
    words(
      'Called when a message is delivered or has failed, until a 2xx acknowledges it; null: no callback. On a frozen clock, attempts are made when it is advanced.',
      '消息送达或失败时通知它，直到以 2xx 确认；null：不通知。时钟冻结时，推进时钟才会尝试。',
    ),
  )

/** How an account's calls prove who they are. */
const secretField = z
  .string()
  .regex(/^[!-~]{8,200}$/, 'generated, or 8 to 200 visible ASCII characters')
  .nullish()
  .meta(
    words(
      'Calls must be signed with it: a secret of your choice, or generated. null: no signature needed.',
      '调用必须用它签名：自选的密钥，或 generated（自动生成）。null：不必签名。',
    ),
  )

/** How often the platform may call. */
const minuteLimitField = z
  .int()
  .min(1)
  .max(1_000_000)
  .nullable()
  .meta(
    words(
      'Partner API calls per minute of the world’s clock; more are refused with 100018. null: no limit.',
      '世界时钟每分钟可调用伙伴接口的次数，超出则以 100018 拒绝；null 表示不限。',
    ),
  )

/** What becomes of a mobile that another openid of the account has, when somebody registers it on the page. */
const rebindField = z
  .enum(['reject', 'replace'])
  .meta(
    words(
      'What happens to a mobile that somebody else has registered. reject: the page refuses it; replace: the new registration replaces the old one.',
      'reject：页面上拒绝别人已登记的手机号；replace：由新登记的人取代。',
    ),
  )

/** What the registration page asks of WeChat. */
const scopeField = z
  .enum(['snsapi_base', 'snsapi_userinfo'])
  .meta(
    words(
      'What the registration page requests from WeChat: silently only the openid, or, with consent, also nickname and avatar.',
      '登记页向微信要什么：静默取得 openid；或者经同意再取昵称和头像。',
    ),
  )

/** For how long TUPU keeps what candidates have told it. */
const retentionField = z
  .int()
  .min(1)
  .max(3650)
  .nullable()
  .meta(
    words(
      'Associations are erased this many days after their last change, as if withdrawn; null: never.',
      '登记在最后一次变更后满这么多天即清除，如同撤回；null：永不清除。',
    ),
  )

const timeout_ms_max = 60_000

/** How long an account's WeChat may take. */
export const timeoutField = duration
  .refine((ms) => ms > 0 && ms <= timeout_ms_max, 'a duration, more than none and at most PT60S')
  .meta(
    words(
      'How long WeChat may take to answer through the gateway, in real time; after that, a send gets 100031 and its outcome is unknown.',
      '经网关等待微信应答的最长真实时间，超过则发送得到 100031，结果未知。',
    ),
  )

/** What may be set of an account when it is made, and changed later. */
export const settingFields = {
  partner_secret: secretField,
  minute_limit: minuteLimitField.optional(),
  rebind: rebindField.optional(),
  oauth_scope: scopeField.optional(),
  callback: callbackField.optional(),
  retention_days: retentionField.optional(),
  gateway_timeout: timeoutField.optional(),
}
const settings = z.object(settingFields)
export type Settings = z.output<typeof settings>

/** What an account is made with where nothing is said, as it would be given. */
const account_defaults = {
  rules: '2014',
  delivery: 'immediate',
  quotas: 'off',
  miniprograms: [],
  report_location: 'off',
  profile: 'default',
  minute_limit: null,
  rebind: 'reject',
  oauth_scope: 'snsapi_base',
  callback: null,
  retention_days: null,
  gateway_timeout: 'PT5S',
}

const fields = {
  key: key.meta(
    words(
      'Your name for it. EID, appid and secrets are derived from it.',
      '你给它起的名字；EID、appid 和密钥由此推导。',
    ),
  ),
  company: nameText
    .optional()
    .meta(words('Shown in messages. Default: the key.', '显示在消息里。不填则用 key。')),
  stage: z
    .enum(['live', 'new'])
    .default('live')
    .meta(
      words(
        'live: can send at once; new: nothing is set up yet.',
        'live：马上可以发送；new：什么都还没有设置。',
      ),
    ),
  eid: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, '4 to 64 letters, digits, - and _')
    .optional(),
  ...officialFields,
  profile: z.string().optional().meta(words('Name of a partner profile.', '伙伴配置的名称。')),
  ...settingFields,
}

/** An account in the body of world.create. */
export const accountInput = z.strictObject(withDefaults(fields, account_defaults))
export type AccountInput = z.output<typeof accountInput>
