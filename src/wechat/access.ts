import { findAccessToken } from '../../db/access-token.ts'
import type { OfficialAccountRow } from '../../db/schema.ts'
import type { Refusal } from '../core/refusal.ts'
import { headerOf, isCleanText } from '../core/request.ts'
import type { Arrival, Opened } from '../core/surface.ts'
import type { World } from '../world/world.ts'
import { attribute } from './attribute.ts'
import { refuse, type WechatCaller } from './endpoint.ts'
import { openByWebToken } from './oauth/access.ts'
import { officialAccountOf } from './official-account.ts'
import { hasQuotas, useArrival } from './quota/use.ts'
import { refuseScheme } from './scheme.ts'

type Kind = OfficialAccountRow['kind']

/** Which kinds of account have a permission, and whether they must be verified. Source: the platform's permission list. */
const permissions: Readonly<
  Record<string, { readonly kinds: readonly Kind[]; readonly unverified: readonly Kind[] }>
> = {
  'access_token, template messages': { kinds: ['service', 'sandbox'], unverified: ['sandbox'] },
  'access_token, template library': { kinds: ['service'], unverified: [] },
  'access_token, users': { kinds: ['service', 'subscription', 'sandbox'], unverified: ['sandbox'] },
  'access_token, menu': {
    kinds: ['service', 'subscription', 'sandbox'],
    unverified: ['service', 'sandbox'],
  },
  'access_token, QR codes': { kinds: ['service', 'sandbox'], unverified: ['sandbox'] },
  'access_token, clearing quotas': {
    kinds: ['service', 'subscription', 'sandbox'],
    unverified: ['sandbox'],
  },
}

/** Finds the world by whatever credential the call carries, and the official account by its token. */
export async function openAccess(arrival: Arrival<WechatCaller>): Promise<Opened<WechatCaller>> {
  const token = arrival.query['access_token'] ?? ''
  const credential = arrival.endpoint?.credential
  if (credential?.startsWith('access_token')) return openByToken(arrival, token)
  if (credential === 'web_token') return openByWebToken(arrival)
  const opened = await attribute(arrival, token)
  const refusal = refuseBody(arrival)
  return refusal ? { ...opened, refusal } : opened
}

async function openByToken(
  arrival: Arrival<WechatCaller>,
  token: string,
): Promise<Opened<WechatCaller>> {
  const { world } = await attribute(arrival, token)
  const no = (refusal: Refusal): Opened<WechatCaller> => ({ world, key: '', refusal })
  if (token === '') {
    return no(
      refuse(41001, {
        rule: 'access_token.given',
        expected: 'access_token in the query',
        ...saying(arrival),
      }),
    )
  }
  const row = isCleanText(token) ? await findAccessToken(arrival.db, world.epoch, token) : undefined
  const account = row && (await officialAccountOf({ ...arrival, world }, row.appid))
  if (!row || !account) {
    return no(
      refuse(40001, {
        rule: 'access_token.known',
        actual: { access_token: token },
        expected: 'a token that this server gave out',
      }),
    )
  }
  const opened = { world, key: account.appid, caller: { account } }
  const early =
    refuseScheme(arrival, account) ?? refuseToken(row, world) ?? refusePermission(arrival, account)
  if (early) return { ...opened, refusal: early }
  arrival.steps.push('access_token.known', 'access_token.living', 'account.permitted')
  const used = hasQuotas(account) ? await useArrival({ ...arrival, world }, account) : undefined
  const refusal = used ?? refuseBody(arrival)
  return refusal ? { ...opened, refusal } : opened
}

/** A token that was replaced in its lifetime is unknown for ever after, one that grew old is expired for ever. */
function refuseToken(
  row: { replaced_at: number | null; expires_at: number },
  world: World,
): Refusal | undefined {
  const { replaced_at, expires_at } = row
  if (replaced_at !== null && replaced_at <= world.now && replaced_at < expires_at) {
    return refuse(40001, {
      rule: 'access_token.latest',
      row: { replaced_at },
      expected: 'the newest token',
    })
  }
  if (expires_at <= world.now) {
    return refuse(42001, {
      rule: 'access_token.living',
      row: { expires_at },
      expected: 'a token younger than two hours',
    })
  }
  return undefined
}

/** What the account's kind allows; in process it is asked of every call too. */
export function refusePermission(
  { endpoint }: Pick<Arrival<WechatCaller>, 'endpoint'>,
  account: OfficialAccountRow,
): Refusal | undefined {
  const needed = permissions[endpoint?.credential ?? '']
  const allowed = account.verified ? needed?.kinds : needed?.unverified
  if (!needed || allowed?.includes(account.kind)) return undefined
  return refuse(48001, {
    rule: 'account.permitted',
    actual: { kind: account.kind, verified: account.verified },
    expected: { kinds: needed.kinds, verified: true },
    fix: {
      call: 'official_account.update',
      input: { appid: account.appid, kind: 'service', verified: true },
    },
  })
}

/** A call that is made by POST alone wants a JSON object. */
function refuseBody(arrival: Arrival<WechatCaller>): Refusal | undefined {
  const { endpoint, fault, query } = arrival
  if (!fault || !endpoint?.from.includes('json') || endpoint.methods.includes('GET'))
    return undefined
  const hasSecret = endpoint.credential === 'secret'
  // Fields in the query alone were reported to be answered like an object without them (2023).
  if (hasSecret && fault === 'empty' && Object.keys(query).length > 0) return undefined
  if (fault === 'empty') {
    return refuse(44002, {
      rule: 'body.given',
      expected: 'a JSON object; `{}` if there is nothing to say',
    })
  }
  // A form is read as an object without fields by the calls that carry a secret (seen on stable_token, 2024), and by
  // api_set_industry, which then misses its fields (field reports of 40103).
  const isForm = (headerOf(arrival.request, 'content-type') ?? '').includes('form-urlencoded')
  if ((hasSecret || endpoint.id === 'industry.choose') && isForm) return undefined
  // Of a body that cannot be read this call says only that it has no action (field reports of single quotes).
  if (endpoint.id === 'qrcode.create') return undefined
  return refuse(47001, { rule: 'body.json', actual: fault, expected: 'a JSON object' })
}

/** A token in the body, a form or a header is a common mistake; WeChat reads the query only. */
function saying(arrival: Arrival<WechatCaller>): { actual?: string } {
  if (Object.hasOwn(arrival.fields, 'access_token')) return { actual: 'access_token in the body' }
  return arrival.request.headers['authorization'] ? { actual: 'an Authorization header' } : {}
}
