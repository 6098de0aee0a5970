import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

const sink = '/w/test/sink'

async function startInbox() {
  const sim = await startSim()
  const open = async (path: string) => sim.http('GET', `/w/test/phone/${path}`)
  return { ...sim, open }
}

/** Where the first message of a list leads. */
const firstLetter = (text: string) =>
  /href="\/w\/test\/phone\/([^"]+)" data-news/.exec(text)?.[1] ?? ''

it('shows an SMS on the phone of whoever has the mobile, and nobody else', async () => {
  const { http, open, wang, li } = await startInbox()
  await http('POST', `${sink}/sms`, { to: wang.mobile, from: '晨光科技', text: '请完成<登记>' })
  const { text } = await open('wang/sms')
  expect(text).toContain('请完成&lt;登记&gt;')
  const letter = firstLetter(text)
  expect((await open(letter)).text).toContain('138 0013 8002')
  expect((await open('li/sms')).text).not.toContain('登记')
  const foreign = await open(letter.replace(wang.id, li.id))
  expect(foreign.status).toBe(404)
  expect((await open('wang/sms/1')).status).toBe(404)
})

it('shows an e-mail on the phone whose mobile was named with its address', async () => {
  const { http, open, platform, acme, li } = await startInbox()
  await platform.sends(acme, { mobile: li.mobile, email: 'li@example.com' })
  const mail = {
    to: 'Li@example.com',
    subject: '入职登记',
    text: '请完成',
    html: '<script>x()</script>',
  }
  await http('POST', `${sink}/email`, mail)
  const list = await open('li/mail')
  expect(list.text).toContain('入职登记')
  const { text, headers } = await open(firstLetter(list.text))
  expect(text).toMatch(/<iframe[^>]* sandbox=""[^>]* srcdoc="&lt;script&gt;x\(\)&lt;\/script&gt;"/)
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
})

it('pages an inbox that is long', async () => {
  const { http, open, wang } = await startInbox()
  for (let i = 1; i <= 21; i++)
    await http('POST', `${sink}/sms`, { to: wang.mobile, text: `SMS No. ${i}.` })
  const { text } = await open('wang/sms')
  expect(text).toContain('SMS No. 2.')
  expect(text).not.toContain('SMS No. 1.')
  const older = /id="older" href="\/w\/test\/phone\/([^"]+)"/.exec(text)?.[1] ?? ''
  expect((await open(older)).text).toContain('SMS No. 1.')
})
