import { applies, connects } from '../../console/onboarding.ts'
import type { Scene, State } from './state.ts'

const controlToken = 'the-operators-token'

/** The operator's pages: an account in every season of its life. */
export const consoleStates: readonly State[] = [
  { page: 'accounts', state: 'several', reach: askToDeleteApp },
  {
    page: 'accounts',
    state: 'none',
    options: { world: { accounts: [], people: [] } },
    reach: at(''),
  },
  { page: 'accounts', state: 'bad-key', reach: makeBadly },
  { page: 'accounts', state: 'lost', reach: at('/nobody') },
  {
    page: 'accounts',
    state: 'token',
    options: { exposed: true, controlToken },
    reach: at(''),
  },
  { page: 'account', state: 'new', reach: at('/globex') },
  { page: 'account', state: 'vendor-asked', reach: askToRefuse },
  { page: 'account', state: 'vendor-refused', reach: refuseVendor },
  { page: 'account', state: 'connected', reach: at('/globex', connects) },
  { page: 'account', state: 'in-review', reach: at('/globex', applies) },
  { page: 'account', state: 'rejecting', reach: askToReject },
  { page: 'account', state: 'rejected', reach: at('/globex?tab=templates', reject) },
  { page: 'account', state: 'live', reach: at('/acme') },
  { page: 'account', state: 'disabled', reach: at('/acme', disableTemplate) },
  { page: 'account', state: 'advanced', reach: advance },
  { page: 'account', state: 'refused', reach: chooseBadly },
  { page: 'account', state: 'revoking', reach: askToRevoke },
  { page: 'account', state: 'revoked', reach: at('/acme', revoke) },
  { page: 'account', state: 'told', reach: tell },
  { page: 'account', state: 'registrations', reach: at('/acme?tab=registrations') },
  { page: 'account', state: 'settings', reach: at('/acme?tab=settings') },
  { page: 'account', state: 'history', reach: at('/acme?tab=history') },
  { page: 'people', state: 'several', reach: ({ page, base }) => page.goto(`${base}/people`) },
  {
    page: 'people',
    state: 'not-found',
    shows: ({ console }) => console.people.notFound,
    reach: searchPeople,
  },
  { page: 'person', state: 'registered', reach: openPerson },
  {
    page: 'import',
    state: 'done',
    shows: ({ console }) => console.imports.lines,
    reach: importFile,
  },
]

function at(path: string, prepare?: (scene: Scene) => Promise<unknown>): State['reach'] {
  return async (scene) => {
    await prepare?.(scene)
    await scene.page.goto(`${scene.base}/accounts${path}`)
  }
}

/** With a question that is open. */
async function askToDeleteApp(scene: Scene): Promise<void> {
  const app = { key: 'portal', name: '入职平台', domain: 'hr.example.com' }
  await scene.world.call('website_app.create', app)
  await at('')(scene)
  await scene.page.locator('#ask-app-delete-portal > summary').click()
}

function askVendor({ world }: Scene) {
  return world.call('vendor.ask', { eid: 'globex' })
}

/** With a question that is open. */
async function askToRefuse(scene: Scene): Promise<void> {
  await at('/globex', askVendor)(scene)
  await scene.page.locator('#ask-vendor-refuse > summary').click()
}

async function refuseVendor(scene: Scene): Promise<void> {
  await askToRefuse(scene)
  await scene.page.locator('#vendor-reason').fill('与现有服务商的合同尚未到期')
  await scene.page.locator('#vendor-refuse').click()
}

/** With a question that is open. */
async function askToReject(scene: Scene): Promise<void> {
  const application = await applies(scene)
  await at('/globex?tab=templates')(scene)
  await scene.page.locator(`#ask-reject-${application} > summary`).click()
}

async function reject(scene: Scene): Promise<void> {
  const application = await applies(scene)
  const reason = '模板内容与所选行业不符'
  await scene.world.call('application.reject', { application, reason })
}

async function advance(scene: Scene): Promise<void> {
  await at('/globex', applies)(scene)
  await scene.page.locator('#clock-menu > summary').click()
  await scene.page.locator('#advance-P14D').click()
}

async function chooseBadly(scene: Scene): Promise<void> {
  await at('/acme?tab=templates')(scene)
  await scene.page.locator('#ask-set-industries > summary').click()
  await scene.page.locator('#industry-secondary').selectOption('2')
  await scene.page.locator('#set-industries').click()
}

/** With an EID that ends, and questions that are open. */
async function askToRevoke(scene: Scene): Promise<void> {
  await scene.world.call('eid.rotate', { eid: 'acme', overlap: 'P7D' })
  await at('/acme?tab=eid')(scene)
  await scene.page.locator('#ask-eid-rotate > summary').click()
  await scene.page.locator('#ask-eid-revoke > summary').click()
}

function disableTemplate({ world, acme: { appid, info } }: Scene) {
  return world.call('template.disable', { appid, template_id: info.template_id })
}

function revoke({ world }: Scene) {
  return world.call('eid.revoke', { eid: 'acme' })
}

/** The platform is told of a message, and does not answer. */
async function tell(scene: Scene): Promise<void> {
  const { world, platform, acme, wang } = scene
  const callback = { url: 'http://127.0.0.1:9/told', secret: 'the-secret' }
  await world.call('account.update', { eid: 'acme', callback })
  await platform.sends(acme, { mobile: wang.mobile })
  await world.advance('PT1S')
  await at('/acme?tab=callbacks')(scene)
}

async function makeBadly({ page, base }: Scene): Promise<void> {
  await page.goto(`${base}/accounts`)
  await page.locator('#make-key').fill('Not a key')
  await page.locator('#make').click()
}

async function searchPeople({ page, base }: Scene): Promise<void> {
  await page.goto(`${base}/people`)
  await page.locator('#search').fill('nobody')
  await page.locator('#search-send').click()
}

/** With a question that is open. */
async function openPerson({ page, base, wang }: Scene): Promise<void> {
  await page.goto(`${base}/people/${wang.id}`)
  await page.locator('#ask-withdraw-acme > summary').click()
}

async function importFile(scene: Scene): Promise<void> {
  const { page } = scene
  await at('/acme?tab=registrations')(scene)
  await page.locator('#import-csv').fill('name,mobile\n赵敏,13800138009\n张无忌,12345\n')
  await page.locator('#import-now').click()
  await page.waitForURL(/imports/u)
  await page.locator('#lines').waitFor()
}
