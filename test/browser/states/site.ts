import type { Scene, State } from './state.ts'

const controlToken = 'the-operators-token'
const exposed = { exposed: true, controlToken }

/** What the server shows to whoever works with it. */
export const siteStates: readonly State[] = [
  { page: 'environment', state: 'ready', reach: at('/environment') },
  {
    page: 'environment',
    state: 'nobody',
    options: { world: { people: [] } },
    reach: at('/environment'),
  },
  {
    page: 'environment',
    state: 'signed',
    options: { world: signedWorld() },
    reach: at('/environment'),
  },
  {
    page: 'environment',
    state: 'empty',
    options: { world: newWorld() },
    reach: at('/environment'),
  },
  {
    page: 'environment',
    state: 'signed-in',
    shows: ({ signIn }) => signIn.leave,
    options: exposed,
    reach: (scene) => signIn(scene, '/environment'),
  },
  { page: 'coverage', state: 'some', many: '.cv-tile', reach: someCoverage },
  { page: 'docs', state: 'first', reach: at('/docs') },
  {
    page: 'docs',
    state: 'topic',
    shows: ({ docs }) => docs.outcomes.acts.retry,
    reach: at('/docs/handle'),
  },
  {
    page: 'docs',
    state: 'drills',
    shows: ({ docs }) => docs.topics.drills.lead,
    reach: at('/docs/drills'),
  },
  { page: 'docs', state: 'profiles', reach: at('/docs/profiles') },
  { page: 'docs', state: 'tests', reach: at('/docs/tests') },
  { page: 'docs', state: 'sandbox', reach: at('/docs/sandbox') },
  { page: 'docs', state: 'codes', many: '.codes tr', reach: at('/docs/errors') },
  {
    page: 'docs',
    state: 'endpoint',
    shows: ({ docs }) => docs.copy,
    reach: at('/docs/tupu/message.send'),
  },
  { page: 'docs', state: 'found', reach: at('/docs?q=mobile') },
  {
    page: 'sign-in',
    state: 'asked',
    shows: ({ signIn }) => signIn.asked,
    options: exposed,
    reach: at('/sign-in'),
  },
  {
    page: 'sign-in',
    state: 'needed',
    shows: ({ signIn }) => signIn.needed,
    options: exposed,
    reach: at('/docs'),
  },
  {
    page: 'sign-in',
    state: 'wrong',
    shows: ({ signIn }) => signIn.wrong,
    options: exposed,
    reach: (scene) => give(scene, 'wrong'),
  },
  {
    page: 'sign-in',
    state: 'slowed',
    shows: ({ signIn }) => signIn.slowed,
    options: exposed,
    reach: async (scene) => {
      for (let n = 0; n <= 10; n++) await give(scene, `wrong-${n}`)
    },
  },
  {
    page: 'sign-in',
    state: 'signed-in',
    shows: ({ signIn }) => signIn.signedIn,
    options: exposed,
    reach: (scene) => signIn(scene, '/sign-in'),
  },
]

function at(path: string): State['reach'] {
  return ({ page, base }) => page.goto(base + path)
}

/** A platform that has met about half of what there is. */
async function someCoverage(scene: Scene): Promise<void> {
  const { platform, acme, wang, world } = scene
  const codes = ['000000', '100011', '100013', '100031', '043004', '043101', '040001', '999999']
  for (const code of codes) await platform.sends(acme, { mobile: `19900${code}` })
  for (let n = 0; n < 11; n++) await platform.sends(acme, { mobile: wang.mobile })
  const { msgid_str } = await world.message()
  await platform.get(`/messages/${msgid_str}?eid=${acme.eid}`)
  await at('/coverage')(scene)
}

function signedWorld() {
  return {
    accounts: [{ key: 'acme', company: '晨光科技', partner_secret: 'generated' as const }],
    people: [],
  }
}

function newWorld() {
  return { accounts: [{ key: 'globex', company: '环球制造', stage: 'new' as const }], people: [] }
}

async function give({ page, base }: Scene, token: string): Promise<void> {
  await page.goto(`${base}/docs`)
  await page.locator('input[name=token]').fill(token)
  await page.locator('button[type=submit]').click()
}

async function signIn(scene: Scene, path: string): Promise<void> {
  await give(scene, controlToken)
  await scene.page.goto(scene.base + path)
}
