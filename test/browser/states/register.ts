import { expect } from 'vitest'
import type { RegisterWords } from '../../../views/words/register/en.ts'
import type { StartOptions } from '../../sim.ts'
import { fillIn, hans, submitOf } from '../registration.ts'
import type { Scene, State } from './state.ts'

const exposed = { exposed: true, controlToken: 'the-operators-token' }
const userinfo = {
  world: {
    accounts: [{ key: 'acme', company: '晨光科技', oauth_scope: 'snsapi_userinfo' as const }],
  },
}

/** What candidates see of an account's pages. */
export const registerStates: readonly State[] = [
  of('register', 'fresh', as('han'), (words) => words.form.first.title),
  of('register', 'empty', sendNothing, (words) => words.form.errors.name_missing),
  of('register', 'one-error', sent({ mobile: '110' }), (words) => words.form.errors.mobile_invalid),
  of(
    'register',
    'taken',
    sent({ mobile: '13800138002' }),
    (words) => words.form.errors.mobile_unusable,
  ),
  of('register', 'notice-open', openNotice, (words) => words.form.consent.page),
  of('register', 'notice-changed', changeNotice, (words) => words.form.errors.notice_changed),
  of('register', 'stale', comeTooLate, (words) => words.form.stale),
  of('register', 'draft-restored', comeWithoutSession, (words) => words.form.first.title),
  of('register', 'language-switched', switchLanguage, (words) => words.form.first.title),
  of(
    'information',
    'registered',
    sent({}, 'li'),
    (words) => words.information.done.registered.title,
  ),
  of('information', 'not-following', sent({}), (words) => words.follow.title),
  of('information', 'masked', as('wang'), (words) => words.information.show),
  of('information', 'whole', show, (words) => words.information.hide),
  of(
    'information',
    'direct-application',
    as('fang'),
    (words) => words.information.sources.direct_application,
  ),
  of('information', 'changed', change, (words) => words.information.done.changed.title),
  of('change', 'fresh', as('wang', '/change'), (words) => words.form.change.title),
  of('change', 'error', changeWrongly, (words) => words.form.errors.email_invalid),
  of('withdraw', 'question', as('wang', '/withdraw'), (words) => words.withdraw.kept),
  of('withdraw', 'done', withdraw, (words) => words.withdraw.done.title),
  of('notice', 'whole', as('han', '/notice'), (words) => words.notice.back),
  of('apply', 'fresh', as('han', '', 'apply'), (words) => words.form.apply.title),
  of(
    'apply',
    'applied',
    as('fang', '', 'apply'),
    (words) => words.applied.direct_application.title,
  ),
  of('apply', 'registered-already', as('wang', '', 'apply'), (words) => words.applied.form.title),
  of('register-outside', 'at-the-simulator', open(''), (words) => words.outside.who),
  of('register-outside', 'exposed', open(''), (words) => words.outside.title, exposed),
  of('register-outside', 'snapshot', inSnapshot, (words) => words.snapshot.title, userinfo),
  of(
    'register-message',
    'denied',
    open('/as/han', '?state=s'),
    (words) => words.messages.denied.title,
  ),
  of(
    'register-message',
    'stuck',
    open('/as/han', '?code=c&state=2x'),
    (words) => words.messages.stuck.title,
  ),
  of('register-message', 'no-answer', withoutAnswer, (words) => words.messages.no_answer.title),
  of(
    'register-message',
    'unknown',
    at('/register/nobody-2345'),
    (words) => words.messages.unknown.title,
  ),
  of('register-message', 'no-page', at('/register'), (words) => words.messages.no_page.title),
  of(
    'register-message',
    'not-ready',
    ({ page, base, globex }) => page.goto(`${base}/register/${globex.eid}`),
    (words) => words.messages.not_ready.title,
  ),
]

function of(
  page: string,
  state: string,
  reach: State['reach'],
  shows: (words: RegisterWords) => string,
  options: StartOptions = {},
): State {
  return { page, state, reach, options, shows: ({ register }) => shows(register) }
}

function at(path: string): State['reach'] {
  return ({ page, base }) => page.goto(base + path)
}

/** The registration page of Acme, by a way that says who is looking. */
function open(way: string, rest = '', door = 'register'): State['reach'] {
  return ({ page, base, acme }) => page.goto(`${base}${way}/${door}/${acme.eid}${rest}`)
}

function as(person: string, rest = '', door = 'register'): State['reach'] {
  return open(`/as/${person}`, rest, door)
}

/** The form filled in as Han would, but for what is told, and sent. */
function sent(but: Record<string, string>, person = 'han'): State['reach'] {
  return async (scene) => {
    await as(person)(scene)
    await fillIn(scene.page, { ...hans, ...but })
    await submitOf(scene.page).click()
  }
}

async function sendNothing(scene: Scene): Promise<void> {
  await as('han')(scene)
  await submitOf(scene.page).click()
}

async function openNotice(scene: Scene): Promise<void> {
  await as('han')(scene)
  await scene.page.locator('summary').click()
}

async function changeNotice(scene: Scene): Promise<void> {
  await as('han')(scene)
  await fillIn(scene.page, hans)
  const text = { zh: '我们只用您的信息发送入职通知。', en: 'We send onboarding messages only.' }
  await scene.world.call('privacy_notice.publish', { eid: scene.acme.eid, ...text })
  await submitOf(scene.page).click()
}

async function comeTooLate(scene: Scene): Promise<void> {
  await as('han')(scene)
  await fillIn(scene.page, hans)
  await scene.page.locator('input[name=csrf]').evaluate((field) => field.setAttribute('value', ''))
  await submitOf(scene.page).click()
}

async function comeWithoutSession(scene: Scene): Promise<void> {
  await as('han')(scene)
  await fillIn(scene.page, hans)
  await scene.page.context().clearCookies()
  await submitOf(scene.page).click()
  await expect.poll(() => scene.page.locator('#name').inputValue()).toBe(hans.name)
}

/** There and back: what was typed stays. */
async function switchLanguage(scene: Scene): Promise<void> {
  await as('han')(scene)
  await fillIn(scene.page, hans)
  for (let i = 0; i < 2; i++) await scene.page.locator('.reg-languages button').click()
  await expect.poll(() => scene.page.locator('#name').inputValue()).toBe(hans.name)
}

async function show(scene: Scene): Promise<void> {
  await as('wang')(scene)
  await scene.page.locator('.reg-more a').click()
}

async function change(scene: Scene): Promise<void> {
  await as('li')(scene)
  await fillIn(scene.page, hans)
  await submitOf(scene.page).click()
  await scene.world.call('clock.advance', { by: 'P1D' })
  await as('li', '/change')(scene)
  await scene.page.locator('#name').fill('李雷雷')
  await submitOf(scene.page).click()
}

async function changeWrongly(scene: Scene): Promise<void> {
  await as('wang', '/change')(scene)
  await scene.page.locator('#email').fill('no address')
  await submitOf(scene.page).click()
}

async function withdraw(scene: Scene): Promise<void> {
  await as('wang', '/withdraw')(scene)
  await submitOf(scene.page).click()
}

async function inSnapshot(scene: Scene): Promise<void> {
  await scene.world.call('phone.snapshot', { person: 'han', on: true })
  await as('han')(scene)
}

/** The account's WeChat is elsewhere, and nobody is there to ask what the code stands for. */
async function withoutAnswer({ acme, page, base, world }: Scene): Promise<void> {
  const { eid, appid } = acme
  const gateway = { kind: 'remote', base_url: 'http://127.0.0.1:9', appid, app_secret: 's' }
  await world.call('account.update', { eid, gateway })
  const url = `${base}/as/han/register/${eid}`
  const sent = await page.request.get(url, { maxRedirects: 0 })
  const { searchParams } = new URL(String(sent.headers()['location']))
  await page.goto(`${url}?code=c&state=${searchParams.get('state')}`)
}
