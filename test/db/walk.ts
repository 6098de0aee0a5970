import { chapters } from '../../scripts/story/chapters.ts'
import { openHook } from '../../scripts/story/hook.ts'
import { beginStory, live } from '../../scripts/story/story.ts'
import { createSimulator } from '../../src/simulator.ts'
import { allFields, callWith, endpoints, resetScene, startScene } from '../endpoint-calls.ts'

/** Calls every endpoint with success, opens every page, and lives the story of two accounts. */
export async function walkEverything(): Promise<void> {
  let scene = await startScene()
  for (const endpoint of endpoints.values()) {
    await callWith(scene, endpoint, await allFields(scene, endpoint))
    if (endpoint.example.after || endpoint.methods[0] !== 'GET') scene = await resetScene(scene)
  }
  scene = await resetScene(scene)
  await openPages(scene)
  await liveStory()
}

/** Every page that asks the database for something, by its path below a world. */
async function openPages({ http, acme: { appid, eid } }: Awaited<ReturnType<typeof startScene>>) {
  const link = new URLSearchParams({
    appid,
    redirect_uri: 'https://hr.example.com/',
    response_type: 'code',
    scope: 'snsapi_base',
  })
  const phone = [
    '',
    '/find?q=x',
    '/scan',
    '/me',
    '/sms',
    '/mail',
    `/chat/${appid}`,
    `/account/${appid}`,
  ]
  const paths = [
    ...phone.map((path) => `/phone/wang${path}`),
    '/phone',
    '/phone?side=wang,li',
    '/phone?q=li',
    '/accounts',
    '/',
    '/faults',
    '/faults?made=f000001',
    '/drills',
    '/audit',
    '/advance?from=2026-01-05T01:00:00.000Z&to=2026-01-06T01:00:00.000Z',
    '/environment',
    '/styleguide',
    '/coverage',
    '/accounts/acme',
    `/register/${eid}/notice`,
    `/connect/oauth2/who?${link}`,
  ]
  for (const path of [
    ...paths.map((path) => `/w/default${path}`),
    '/',
    '/docs',
    '/metrics',
    '/readyz',
  ]) {
    const { status } = await http('GET', path)
    if (status !== 200) throw new Error(`${path} answers ${status}`)
  }
}

async function liveStory(): Promise<void> {
  const hook = await openHook()
  try {
    const sim = await createSimulator()
    const story = await beginStory(sim, hook)
    await live(story, chapters, { chapter: () => {}, day: () => {}, step: () => {} })
    await sim.close()
  } finally {
    await hook.close()
  }
}
