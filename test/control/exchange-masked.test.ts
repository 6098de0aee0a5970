import { describe, expect, it } from 'vitest'
import { escapeInvisible } from '../../src/core/spelling.ts'
import { maskMobile } from '../../src/journal/mask.ts'
import { type Http, startSim } from '../sim.ts'

const exchanges = '/_sim/v1/worlds/test/exchanges'

interface Shown {
  readonly seq: number
  readonly trace: string
  readonly surface: string
  readonly endpoint: string
  readonly url: string
  readonly request: { readonly headers: Record<string, unknown>; readonly body: string }
  readonly answer: { readonly headers: Record<string, unknown>; readonly body: string }
  readonly decision: readonly unknown[]
}

async function list(
  http: Http,
  query = '',
): Promise<{ items: Shown[]; next_cursor: string | null; dropped: number }> {
  const { status, json } = await http('GET', `${exchanges}?${query}`)
  expect(status).toBe(200)
  return json as never
}

describe('what an exchange shows', () => {
  /** One of each kind of secret and personal data, in URLs, headers, bodies and decisions. */
  async function everything() {
    const sim = await startSim({ controlToken: 'control-token-of-the-test' })
    const { http, acme, platform, world } = sim
    const { appid, app_secret: secret } = acme.info
    const { json } = await http(
      'GET',
      `/w/test/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`,
    )
    const token = String(json['access_token'])
    await http('POST', '/w/test/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid,
      secret,
    })
    await http('GET', `/w/test/cgi-bin/user/get?access_token=${token}`)
    await http('GET', '/w/test/cgi-bin/user/get?access_token=98_a-wrong-token')
    await http('GET', '/w/test/sns/oauth2/access_token?code=the-code-of-a-candidate')
    await http(
      'POST',
      '/_sim/v1/worlds/test/associations',
      { mobile: '13800138000', email: 'wang@example.com' },
      { authorization: 'Bearer control-token-of-the-test' },
    )
    const { json: signed } = await http('PATCH', `/_sim/v1/worlds/test/accounts/acme`, {
      partner_secret: 'generated',
    })
    const headers = {
      'x-tupu-signature': 'sha256=0123456789abcdef',
      'x-tupu-nonce': 'n',
      'x-tupu-timestamp': '1',
      cookie: 'session=of-the-operator',
    }
    await platform.post(
      `/messages?mobile=13800138000`,
      { eid: acme.eid, mobile: '+86 138 0013 8000', message: 'x', email: 'wang@example.com' },
      headers,
    )
    const secrets = [
      secret,
      token,
      '98_a-wrong-token',
      'the-code-of-a-candidate',
      'control-token-of-the-test',
      signed['partner_secret'],
      acme.info.token,
      acme.info.aes_key,
      '0123456789abcdef',
      'of-the-operator',
    ]
    const personal = [
      '13800138000',
      '138 0013 8000',
      '13800138001',
      '13800138002',
      'wang@example.com',
    ]
    const { items } = await list(http)
    return { ...sim, secrets: secrets.map(String), personal, items, world }
  }

  it('masks secrets, tokens, codes and signatures, and mobiles and e-mails in part', async () => {
    const { items, secrets, personal } = await everything()
    expect(items).toHaveLength(9)
    const text = JSON.stringify(items)
    for (const secret of secrets) expect(text).not.toContain(secret)
    for (const data of personal) expect(text).not.toContain(data)
    expect(text).toContain('138****8000')
    expect(text).toContain('w***@example.com')
    expect(text).toContain('access_token=***')
    const signed = items.find(({ endpoint }) => endpoint === 'message.send')
    expect(signed).toMatchObject({
      url: '/w/test/tupu/v1/messages?mobile=138****8000',
      request: { headers: { 'x-tupu-signature': '***', cookie: 'session=***' } },
    })
    const wrong = items.find(({ url }) => url.includes('user/get'))
    expect(wrong?.decision).toMatchObject([
      { rule: 'access_token.known', actual: { access_token: '***' } },
    ])
  })

  it('reveals personal data to whoever asks, and secrets to nobody', async () => {
    const { http, items, secrets } = await everything()
    const revealed: string[] = []
    for (const { seq } of items)
      revealed.push((await http('GET', `${exchanges}/${seq}?reveal=true`)).text)
    const text = revealed.join('\n')
    for (const secret of secrets) expect(text).not.toContain(secret)
    for (const data of ['13800138000', '+86 138 0013 8000', 'wang@example.com', '13800138002'])
      expect(text).toContain(data)
    expect(text).toContain('access_token=***')
  })
})

describe('the decision on a mobile that is none', () => {
  it.each<{ mobile: string | number }>([
    { mobile: '85297654321' },
    { mobile: '852 9765 4321' },
    { mobile: '(852)97654321' },
    { mobile: '852\u200b97654321' },
    { mobile: '97654321' },
    { mobile: '861390013900' },
    { mobile: '139·0013·9001' },
    { mobile: '+852·9765·4321' },
    { mobile: '+852_9765_4321' },
    { mobile: '+86)13900139001' },
    { mobile: 85297654321 },
  ])('shows $mobile as the body does, and whole to whoever asks', async ({ mobile }) => {
    const { http, acme, platform } = await startSim()
    const { json } = await platform.post('/messages', { eid: acme.eid, mobile, message: 'x' })
    expect(json).toMatchObject({ errcode: 100010 })
    const [listed] = (await list(http, 'surface=tupu')).items
    const { json: got } = await http('GET', `${exchanges}/${listed?.seq}`)
    for (const shown of [listed, got as unknown as Shown]) {
      const actual = maskMobile(String(mobile))
      expect(shown?.request.body).toContain(`"mobile":"${actual}"`)
      expect(shown?.decision.at(-1)).toMatchObject({ rule: 'mobile.valid', actual })
    }
    const { json: revealed } = await http('GET', `${exchanges}/${listed?.seq}?reveal=true`)
    const whole = typeof mobile === 'string' ? escapeInvisible(mobile) : mobile
    expect((revealed as unknown as Shown).decision.at(-1)).toMatchObject({ actual: whole })
  })
})
