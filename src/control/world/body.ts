import { z } from 'zod'
import { withDefaults, words } from '../../core/field.ts'
import { accountInput } from '../account/input.ts'
import { faultList } from '../fault/body.ts'
import { cleanText, duration, instant, worldName } from '../field.ts'
import { personInput } from '../person/person.ts'
import { websiteAppInput } from '../website-app.ts'

const accounts_max = 64
const people_max = 1000
const seed_length_max = 200
const idle_ttl_ms_min = 1000
const idle_ttl_ms_max = 365 * 86_400_000

const worldFields = {
  seed: cleanText
    .max(seed_length_max)
    .optional()
    .meta(
      words(
        'Same name and seed: the same ids, on any server. Default: the seed of the server.',
        '名称和种子相同，在任何服务器上得到的 ID 都相同。不填则用服务器启动时的种子。',
      ),
    ),
  idle_ttl: duration
    .refine(
      (ms) => ms >= idle_ttl_ms_min && ms <= idle_ttl_ms_max,
      'a duration between a second and a year, such as PT2H',
    )
    .optional()
    .meta(words('The world ends after this long without a call.', '这么久没有调用就结束。')),
  clock: z
    .strictObject({
      mode: z.enum(['running', 'frozen']).default('running'),
      now: instant.optional(),
    })
    .optional(),
  magic: z
    .enum(['on', 'off'])
    .default('on')
    .meta(words('Whether magic mobiles work in this world.', '魔法手机号在这里是否有效。')),
  accounts: z
    .array(accountInput)
    .max(accounts_max)
    .optional()
    .meta(words('Default: acme, live, 晨光科技.', '不填：一个可发送的账号 acme（晨光科技）。')),
  people: z
    .array(personInput)
    .max(people_max)
    .optional()
    .meta(
      words(
        'Default, if accounts is omitted too: wang (registered), li (follows), han. Otherwise: nobody.',
        '与 accounts 一起不填：wang（已登记）、li（已关注）、han。只有它不填：没有人物。',
      ),
    ),
  website_apps: z
    .array(websiteAppInput)
    .max(20)
    .optional()
    .meta(
      words(
        'Website apps of the Open Platform, where people log in by QR code. Default: none.',
        '开放平台的网站应用，用于扫码登录。不填：没有。',
      ),
    ),
  faults: faultList
    .optional()
    .meta(
      words(
        'In the form that fault.create takes. A reset keeps these, and removes those created by calls.',
        '与 fault.create 的输入相同；重建后保留，而由调用建立的故障会结束。',
      ),
    ),
}

/** What world.create keeps of its body, so that a reset can make the world anew. */
export const worldBody = z.strictObject(worldFields)
/** The body by which a world was made. */
export type WorldBody = z.input<typeof worldBody>
export type ReadWorldBody = z.output<typeof worldBody>

/** What a world is made with where nothing is said. */
const world_defaults = { idle_ttl: 'PT2H', clock: { mode: 'running' } }

/** What world.create takes. */
export const createInput = z.strictObject({
  name: worldName.optional(),
  if_exists: z.enum(['fail', 'reuse', 'replace']).default('fail'),
  ...withDefaults(worldFields, world_defaults),
})

/** The account of a world that names none. */
export const default_accounts: NonNullable<WorldBody['accounts']> = [
  { key: 'acme', company: '晨光科技' },
]
/** The cast of all tests, the same in every world that names none. */
export const default_people: NonNullable<WorldBody['people']> = [
  { key: 'wang', name: '王小雨', mobile: '13800138002', registered_with: ['acme'] },
  { key: 'li', name: '李雷', mobile: '13800138001', follows: ['acme'] },
  { key: 'han', name: '韩梅梅', mobile: '13800138003' },
]
