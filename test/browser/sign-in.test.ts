import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { openPage } from './browser.ts'

const controlToken = 'the-operators-token'

async function exposed(script = true) {
  const { sim, http } = await startSim({ listen: true, exposed: true, controlToken, demo: true })
  const page = await openPage(String(sim.url), { script })
  const signIn = async () => {
    await page.getByLabel('Control token').fill(controlToken)
    await page.keyboard.press('Enter')
  }
  return { http, page, signIn, url: String(sim.url) }
}

it.each([true, false])(
  'opens every page of an exposed server by its token, and closes them again (script: %s)',
  async (script) => {
    const { page, signIn } = await exposed(script)
    await page.goto('/docs#worlds')
    await page.getByLabel('Control token').fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect.poll(() => page.locator('.fault').textContent()).toContain('not the control token')
    await signIn()
    await expect.poll(() => page.locator('h1').textContent()).toBe('Documentation')
    await page.goto('/_sim/v1/worlds')
    expect(await page.locator('body').textContent()).toContain('"items"')
    await page.goto('/')
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in*')
    await page.goto('/docs')
    expect(await page.locator('h1').textContent()).toBe('Sign in')
  },
)

it('follows a link from another site at once, though its cookie comes with our own pages only', async () => {
  const { page, signIn, url } = await exposed()
  await page.goto('/docs')
  await signIn()
  await expect.poll(() => page.locator('h1').textContent()).toBe('Documentation')
  await page.goto('about:blank')
  await page.setContent(`<a href="${url}/docs?lang=en">A link in a chat</a>`)
  const asked: number[] = []
  page.on('response', (response) => asked.push(response.status()))
  await page.getByRole('link').click()
  await expect.poll(() => page.locator('h1').textContent()).toBe('Documentation')
  expect(asked.filter((status) => status === 401)).toHaveLength(1)
})

it('asks whoever followed such a link without being signed in, once', async () => {
  const { page, signIn, url } = await exposed()
  await page.goto('about:blank')
  await page.setContent(`<a href="${url}/docs?lang=en">A link in a chat</a>`)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.isNavigationRequest()) asked.push(request.url())
  })
  await page.getByRole('link').click()
  await expect.poll(() => asked.length).toBe(2)
  await page.waitForLoadState('networkidle')
  expect(asked).toHaveLength(2)
  await signIn()
  await expect.poll(() => page.locator('h1').textContent()).toBe('Documentation')
})

it('lets a phone of an exposed server be used, and live', async () => {
  const options = { exposed: true, controlToken, partnerOpen: true }
  const { sim, world, acme, wang, platform } = await startSim({ listen: true, ...options })
  const page = await openPage(String(sim.url))
  await page.goto(`${world.baseUrl}/phone/wang/account/${acme.appid}`)
  await page.getByLabel('Control token').fill(controlToken)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Unfollow' }).click()
  await page.getByRole('button', { name: 'Follow again' }).click()
  await page.getByText('No messages yet.').waitFor()
  expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  await page.locator('.ph-card-line').waitFor()
})
