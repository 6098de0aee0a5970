import type { Scene, State } from './state.ts'

/** Faults, drills, the audit, and work that takes long. */
export const faultStates: readonly State[] = [
  { page: 'faults', state: 'none', reach: at('/faults') },
  { page: 'faults', state: 'several', reach: several },
  { page: 'faults', state: 'refused', reach: makeBadly },
  { page: 'drills', state: 'running', reach: drill },
  {
    page: 'audit',
    state: 'none',
    shows: ({ drills }) => drills.audit.nothing,
    reach: at('/audit'),
  },
  { page: 'audit', state: 'several', reach: audit },
  {
    page: 'advance',
    state: 'under-way',
    options: { limits: { advance_jobs_max: 20 } },
    reach: advance,
  },
]

function at(path: string): State['reach'] {
  return ({ page, base }) => page.goto(base + path)
}

async function several(scene: Scene): Promise<void> {
  const { page, world, platform, acme, wang } = scene
  const { mobile } = wang
  await world.call('fault.create', {
    name: 'busy twice',
    endpoint: 'template.send',
    errcode: -1,
    times: 2,
  })
  await world.call('fault.create', {
    surface: 'tupu',
    account: 'acme',
    mobile,
    delay: 'PT3S',
    until: 'PT1H',
  })
  await world.call('fault.create', {
    surface: 'wechat',
    sequence: [{ errcode: 45009 }, { pass: true }, { transport: 'reset' }],
  })
  for (let i = 0; i < 2; i++) await platform.sends(acme, { mobile: '13800138004' })
  await at('/faults?preset=answer_lost')(scene)
  await page.locator('#fault-make').click()
  await page.locator('#fault-answer').waitFor()
}

async function makeBadly(scene: Scene): Promise<void> {
  const { page } = scene
  await at('/faults?preset=busy')(scene)
  await page.locator('#fault-mobile').fill('12')
  await page.locator('#fault-make').click()
  await page.locator('#fault-mobile-fault').waitFor()
}

async function drill(scene: Scene): Promise<void> {
  await at('/drills')(scene)
  await scene.page.locator('#start-wechat_busy').click()
  await scene.page.locator('#stop-wechat_busy').waitFor()
}

/** A platform that falls back, too seldom and too often. */
async function audit(scene: Scene): Promise<void> {
  const { world, platform, acme, wang, http } = scene
  const falls = (to: string) => http('POST', '/w/test/sink/sms', { to, text: '欢迎加入' })
  for (const mobile of ['13900139001', '13900139002', '13900139005'])
    await platform.sends(acme, { mobile, client_msg_id: `order-${mobile.slice(-2)}` })
  await world.advance('PT2M')
  await falls('13900139002')
  await platform.sends(acme, { mobile: wang.mobile })
  await falls(wang.mobile)
  await platform.sends(acme, { mobile: '13900139003' })
  await at('/audit')(scene)
}

/** An advance of which one portion is over, and the next one takes its time. */
async function advance(scene: Scene): Promise<void> {
  const { page, world, platform, acme, wang } = scene
  await world.call('official_account.update', { appid: acme.appid, delivery: 'PT20H' })
  for (let i = 0; i < 21; i++) await platform.sends(acme, { mobile: wang.mobile })
  await at('/')(scene)
  await page.locator('#clock-menu > summary').click()
  await page.route('**/do/clock.advance', (route) =>
    page.url().includes('/advance?') ? undefined : route.continue(),
  )
  await page.locator('#advance-P1D').click()
  await page.locator('#advance-stop').waitFor()
}
