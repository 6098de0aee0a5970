import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

onEither('POST /_sim/v1/worlds', (database) => {
  it('makes of {} a world with a live account and three people, and describes it whole', async () => {
    const { http } = await startSim({ database })
    const { status, json } = await http('POST', '/_sim/v1/worlds', {})
    expect(status).toBe(201)
    const world: string = json['world'] ?? ''
    const base = `http://sim.localhost/w/${world}`
    expect(json).toEqual({
      world: expect.stringMatching(/^w-[0-9a-f]{12}$/),
      seed: '1',
      base_url: base,
      clock: { mode: 'running', now: expect.any(String), real_now: expect.any(String) },
      magic: 'on',
      idle_ttl: 'PT2H',
      resets: 0,
      accounts: [
        {
          key: 'acme',
          company: '晨光科技',
          eid: expect.stringMatching(/^acme-[2-9a-z]{8}$/),
          appid: expect.stringMatching(/^wx[0-9a-f]{16}$/),
          app_secret: expect.stringMatching(/^[0-9a-f]{32}$/),
          token: expect.stringMatching(/^[0-9A-Za-z]{24}$/),
          aes_key: expect.stringMatching(/^[0-9A-Za-z]{43}$/),
          partner_secret: null,
          template_id: expect.stringMatching(/^[\w-]{43}$/),
          register_url: expect.stringMatching(`^${base}/register/acme-`),
          rebind: 'reject',
          oauth_scope: 'snsapi_base',
          callback: null,
          retention_days: null,
          minute_limit: null,
          gateway_timeout: 'PT5S',
        },
      ],
      people: [
        expect.objectContaining({ key: 'wang', name: '王小雨', mobile: '+8613800138002' }),
        expect.objectContaining({ key: 'li', openids: { acme: expect.stringMatching(/^o/) } }),
        {
          key: 'han',
          person: expect.stringMatching(/^p-/),
          name: '韩梅梅',
          mobile: '+8613800138003',
          unionid: expect.stringMatching(/^o/),
          platform: 'android',
          double_redirect: 'off',
          openids: {},
          phone_url: expect.stringMatching(`^${base}/phone/p-`),
        },
      ],
      env: {
        TUPU_BASE_URL: `${base}/tupu/v1`,
        TUPU_EID: json['accounts']?.[0]?.['eid'],
        WECHAT_API_BASE: base,
        WECHAT_OPEN_BASE: base,
        WECHAT_APPID: json['accounts']?.[0]?.['appid'],
        WECHAT_SECRET: json['accounts']?.[0]?.['app_secret'],
        TUPU_SIM_URL: 'http://sim.localhost',
        TUPU_SIM_WORLD: world,
        NO_PROXY: expect.stringContaining('127.0.0.1'),
      },
    })
    const { clock: _, ...made } = json
    expect((await http('GET', `/_sim/v1/worlds/${world}`)).json).toMatchObject(made)
  })

  it('makes what the body names: stages, people who follow or are registered, their source', async () => {
    const { acme, globex, wang, li, han, platform } = await startSim({ database })
    expect(globex.info).toMatchObject({
      eid: expect.stringMatching(/^globex-/),
      appid: null,
      app_secret: null,
      token: null,
      aes_key: null,
      template_id: null,
      register_url: null,
    })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    for (const person of [li, han])
      expect(await platform.sends(acme, { mobile: person.mobile })).toMatchObject({
        errcode: 100011,
      })
    expect(await platform.sends(globex, { mobile: wang.mobile })).toMatchObject({ errcode: 100002 })
  })

  it('refuses a name that is there, hands it out again, or replaces it, as if_exists says', async () => {
    const { http, world, wang } = await startSim({ database })
    const again = (body: object) => http('POST', '/_sim/v1/worlds', { name: 'test', ...body })
    expect(await again({})).toMatchObject({ status: 409, json: { type: 'world_exists' } })
    const reused = await again({ if_exists: 'reuse', accounts: [], seed: 'another' })
    expect(reused).toMatchObject({ status: 200, json: { seed: 'test', accounts: world.accounts } })
    const replaced = await again({ if_exists: 'replace', seed: 'another' })
    expect(replaced).toMatchObject({ status: 201, json: { seed: 'another', resets: 0 } })
    expect(replaced.text).not.toContain(world.accounts[0]?.eid)
    expect(replaced.text).not.toContain(wang.id)
  })

  it('keeps the old world when the one that was to replace it is refused', async () => {
    const { http, sim } = await startSim({ database })
    await sim.world({ name: 'other', accounts: [{ key: 'acme', eid: 'eid-of-other' }] })
    const answer = await http('POST', '/_sim/v1/worlds', {
      name: 'test',
      if_exists: 'replace',
      accounts: [{ key: 'fine' }, { key: 'acme', eid: 'eid-of-other' }],
    })
    expect(answer).toMatchObject({
      status: 409,
      json: {
        type: 'id_taken',
        field: 'accounts.1.eid',
        reason: 'the world other has eid-of-other',
      },
    })
    const { json } = await http('GET', '/_sim/v1/worlds/test')
    expect(json['accounts']).toMatchObject([{ key: 'acme' }, { key: 'globex' }])
  })

  it('leaves nothing of a world that is refused half-made', async () => {
    const { http, sim } = await startSim({ database })
    await sim.world({ name: 'other', accounts: [{ key: 'acme', appid: 'wx0000000000000000' }] })
    const body = {
      name: 'half',
      accounts: [
        { key: 'acme', eid: 'eid-of-half' },
        { key: 'b', appid: 'wx0000000000000000' },
      ],
    }
    expect(await http('POST', '/_sim/v1/worlds', body)).toMatchObject({
      status: 409,
      json: {
        type: 'id_taken',
        field: 'accounts.1.appid',
        reason: expect.stringContaining('other'),
      },
    })
    expect(await http('GET', '/_sim/v1/worlds/half')).toMatchObject({ status: 404 })
    // The refusal itself is kept, where calls to make worlds are.
    const { json } = await http('GET', '/_sim/v1/worlds/default/exchanges')
    expect(json['items']?.[0]).toMatchObject({ endpoint: 'world.create', status: 409 })
    // What it had claimed before is free: the same ids make another world.
    const next = await sim.world({ name: 'next', accounts: [{ key: 'acme', eid: 'eid-of-half' }] })
    expect(next.accounts).toMatchObject([{ eid: 'eid-of-half' }])
  })
})
