import type { Scene, State } from './state.ts'

/** One message, why it did not arrive, and the journal. */
export const journalStates: readonly State[] = [
  {
    page: 'message',
    state: 'refused',
    picture: 'message',
    shows: ({ console }) => console.message.verdicts.refused,
    reach: openNewest(muted),
  },
  {
    page: 'message',
    state: 'resolved',
    shows: ({ console }) => console.resolved.again,
    reach: openNewest(async (scene) => {
      await muted(scene)
      await scene.wang.unmutes(scene.acme)
    }),
  },
  {
    page: 'message',
    state: 'reached',
    shows: ({ console }) => console.message.verdicts.reached,
    reach: openNewest(reached),
  },
  { page: 'journal', state: 'several', reach: openJournal() },
  {
    page: 'journal',
    state: 'filtered',
    shows: ({ console }) => console.journal.apply,
    reach: openJournal('?endpoint=message.*&direction=in'),
  },
  {
    page: 'journal',
    state: 'wrong-filter',
    shows: ({ console }) => console.journal.refused,
    reach: openJournal('?endpoint=mesage.send'),
  },
  {
    page: 'journal',
    state: 'strays',
    shows: ({ console }) => console.journal.strays.lead,
    reach: openJournal('/strays'),
  },
  {
    page: 'exchange',
    state: 'refused',
    shows: ({ console }) => console.journal.exchange.reveal,
    reach: openRefused,
  },
  {
    page: 'why',
    state: 'never-asked',
    shows: ({ console }) => console.why.instead,
    reach: askAfterAll,
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

/** A platform that also calls what is not there, under an EID that nobody has, and when a fault is set. */
async function crowd(scene: Scene): Promise<void> {
  const { http, platform, world, acme, wang } = scene
  await reached(scene)
  await muted(scene)
  await platform.sends(acme, { mobile: '13900139000', message: '欢迎加入' })
  await http('POST', '/w/test/messages', { mobile: wang.mobile, message: '欢迎加入' })
  await http('POST', '/tupu/v1/messages', { eid: 'acme-typo', mobile: wang.mobile, message: '欢' })
  await world.call('fault.create', { endpoint: 'message.send', errcode: -1, times: 1 })
  await platform.sends(acme, { mobile: wang.mobile, message: '请上传学历证书' })
}

function openJournal(path = ''): State['reach'] {
  return async (scene) => {
    await crowd(scene)
    await scene.page.goto(`${scene.base}/journal${path}`)
  }
}

async function openRefused(scene: Scene): Promise<void> {
  await crowd(scene)
  await scene.page.goto(`${scene.base}/journal?errcode=43101&surface=tupu`)
  await scene.page.locator('.c-rows a').first().click()
  await scene.page.locator('#tools').waitFor()
}

/** Asks for a mobile to which nothing was sent but what reached nobody. */
async function askAfterAll(scene: Scene): Promise<void> {
  await crowd(scene)
  await scene.page.goto(`${scene.base}/`)
  await scene.page.locator('.f-why input').fill('13712345678')
  await scene.page.keyboard.press('Enter')
  await scene.page.locator('#evidence').waitFor()
}
