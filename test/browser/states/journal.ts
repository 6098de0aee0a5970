import type { Scene, State } from './state.ts'

/** One message, why it did not arrive, and the journal. */
export const journalStates: readonly State[] = [
  {
    page: 'message',
    state: 'refused',
    shows: ({ console }) => console.message.verdicts.refused,
    reach: openNewest(muted),
  },
  {
    page: 'message',
    state: 'reached',
    shows: ({ console }) => console.message.verdicts.reached,
    reach: openNewest(reached),
  },
]

async function muted({ world, http, acme, wang, platform }: Scene): Promise<void> {
  await wang.mutes(acme)
  await platform.sends(acme, {
    mobile: wang.mobile,
    message: '合同已生成，点击查看',
    client_msg_id: 'order-18',
  })
  await world.advance('PT0.8S')
  const to = { to: wang.mobile, text: '合同已生成，请打开微信查看' }
  await http('POST', '/w/test/sink/sms', to)
}

async function reached({ platform, acme, wang, world }: Scene): Promise<void> {
  await world.call('official_account.update', { appid: acme.appid, delivery: 'PT2S' })
  await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入，请在入职前完成登记' })
  await world.advance('PT5S')
}

/** The page of the message that was sent last. */
function openNewest(send: (scene: Scene) => Promise<void>): State['reach'] {
  return async (scene) => {
    await send(scene)
    await scene.page.goto(`${scene.base}/`)
    await scene.page.locator('.c-rows a').first().click()
    await scene.page.locator('#decision').waitFor()
  }
}
