import type { Scene, State } from './state.ts'

/** The frame of every page, what pages are built of, and the inbox. */
export const inboxStates: readonly State[] = [
  { page: 'styleguide', state: 'all', reach: at('/styleguide') },
  { page: 'messages', state: 'several', reach: several },
  {
    page: 'messages',
    state: 'none',
    shows: ({ console }) => console.messages.none,
    reach: at('/'),
  },
  { page: 'messages', state: 'found', reach: search('8003') },
  {
    page: 'messages',
    state: 'not-found',
    shows: ({ console }) => console.messages.notFound,
    reach: search('nobody'),
  },
  { page: 'messages', state: 'checked', reach: check },
  { page: 'why', state: 'refused', reach: ask('13900139000') },
  { page: 'frame', state: 'clock', reach: openMenu('clock-menu') },
  { page: 'frame', state: 'world', reach: openMenu('world-menu') },
  {
    page: 'frame',
    state: 'lost',
    shows: ({ console }) => console.notFound.title,
    reach: at('/nothing-is-here'),
  },
]

function at(path: string): State['reach'] {
  return ({ page, base }) => page.goto(base + path)
}

/** A platform that has met what there is to meet, and falls back but once. */
async function send(scene: Scene): Promise<void> {
  const { world, platform, acme, wang, li, han } = scene
  await li.registers(acme, { mobile: '13800138001' })
  await platform.sends(acme, { mobile: wang.mobile, message: '合同已生成，点击查看' })
  await platform.sends(acme, { mobile: '13900139000', message: '欢迎加入' })
  await world.advance('PT7M')
  await world.call('phone.block', { person: li.key, account: 'acme' })
  await platform.sends(acme, {
    mobile: '13800138001',
    message: '明天上午九点，前台集合，请带身份证原件',
  })
  await world.advance('PT2M')
  await platform.sends(acme, { mobile: han.mobile, message: '合同已生成，点击查看' })
  await platform.sends(acme, { mobile: '13800138', message: '请上传学历证书' })
  await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入，请在入职前完成登记' })
}

async function several(scene: Scene): Promise<void> {
  await send(scene)
  await at('/')(scene)
  await scene.page.locator('#chart-table > summary').click()
}

function search(text: string): State['reach'] {
  return async (scene) => {
    await send(scene)
    await at('/')(scene)
    await scene.page.locator('#search').fill(text)
    await scene.page.locator('#search-send').click()
  }
}

/** A message with which everything is wrong, and nobody has sent it. */
async function check(scene: Scene): Promise<void> {
  await at('/')(scene)
  await scene.page.locator('#send-message').fill('看 https://a.example 找 13800138009 🎉')
  await scene.page
    .locator('#send-keywords')
    .fill('nope=1\nkeyword1=王小雨王小雨王小雨王小雨王小雨王小雨王小雨王小雨')
  await scene.page.locator('#check-now').click()
  await scene.page.locator('[data-rule="keywords.known"]').waitFor()
  for (const more of await scene.page.locator('#check details > summary').all()) await more.click()
}

function ask(mobile: string): State['reach'] {
  return async (scene) => {
    await send(scene)
    await at('/')(scene)
    await scene.page.locator('.f-why input').fill(mobile)
    await scene.page.keyboard.press('Enter')
    await scene.page.locator('#evidence').waitFor()
  }
}

function openMenu(id: string): State['reach'] {
  return async (scene) => {
    await scene.world.call('account.connect', { eid: 'globex' })
    await at('/')(scene)
    await scene.page.locator(`#${id} > summary`).click()
  }
}
