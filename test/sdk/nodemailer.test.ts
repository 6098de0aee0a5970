import { createTransport } from 'nodemailer'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

async function startMails() {
  const sim = await startSim()
  await sim.sim.listen({ port: 0, smtpPort: 0 })
  const { env } = (await sim.world.call('world.get')) as { env: Record<string, string> }
  return { ...sim, url: env['TUPU_SMTP_URL'] ?? '' }
}

interface Journal {
  readonly items: readonly { readonly seq: number }[]
}

const mail = {
  from: '晨光科技 <hr@example.com>',
  to: 'Wang <W@Example.com>',
  cc: 'li@example.com',
  subject: '入职登记：请完成',
  text: '请完成入职登记',
  html: '<p>请完成<b>入职登记</b></p>',
}

it('takes a mail by SMTP into the world of the user name, for each of its recipients', async () => {
  const { url, world } = await startMails()
  expect(url).toMatch(/^smtp:\/\/test:any@localhost:\d+$/)
  const sent = await createTransport(url).sendMail(mail)
  expect(sent.response).toMatch(/^250 /)
  expect(await world.call('contact.list', { channel: 'email' })).toMatchObject({
    items: [
      {
        channel: 'email',
        state: 'delivered',
        errcode: 0,
        email: 'w@example.com',
        from: '晨光科技 <hr@example.com>',
        subject: '入职登记：请完成',
        text: '请完成入职登记',
      },
      { email: 'li@example.com' },
    ],
  })
  const journal = await world.call('exchange.list', { surface: 'sink' })
  expect(journal).toMatchObject({
    items: [{ surface: 'sink', endpoint: 'email.send', method: 'SMTP', status: 201 }],
  })
  expect(JSON.stringify(journal)).not.toMatch(/"w@example|W@Example/)
})

it('a mail that came by SMTP is a curl command that sends it again, into its world', async () => {
  const { url, world } = await startMails()
  await createTransport(url).sendMail(mail)
  const { items } = (await world.call('exchange.list', { surface: 'sink' })) as Journal
  const seq = items[0]?.seq
  const command = await world.call('exchange.get', { seq, format: 'curl', reveal: true })
  expect(command).toMatch(
    /^curl http:\S+\/w\/test\/sink\/email \\\n {2}-H 'content-type: application/,
  )
})

it('names a sender that has no name by the address', async () => {
  const { url, world } = await startMails()
  await createTransport(url).sendMail({ ...mail, from: 'hr@example.com', cc: '' })
  expect(await world.call('contact.list', {})).toMatchObject({
    items: [{ from: 'hr@example.com' }],
  })
})

it('reads a mail that is nothing but HTML, and one that is not in UTF-8', async () => {
  const { url, world } = await startMails()
  const transport = createTransport(url)
  const { text: _, ...html } = mail
  await transport.sendMail({ ...html, cc: '', html: '<style>p{}</style><p>a&amp;b</p><p>中文</p>' })
  await transport.sendMail({
    envelope: { from: 'hr@example.com', to: 'w@example.com' },
    raw: Buffer.concat([
      Buffer.from('Subject: x\r\nContent-Type: text/plain; charset=gb18030\r\n\r\n'),
      Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
    ]),
  })
  expect(await world.call('contact.list', {})).toMatchObject({
    items: [{ text: 'a&b\n中文' }, { text: '中文', from: 'hr@example.com' }],
  })
})

it('without a user name the mail is the default world’s; a user name of no world is refused', async () => {
  const { url, sim } = await startMails()
  const { port } = new URL(url)
  await createTransport({ host: 'localhost', port: Number(port) }).sendMail(mail)
  const { items } = (await sim.call('contact.list', { world: 'default' })) as { items: unknown[] }
  expect(items).toHaveLength(2)
  const stranger = createTransport(url.replace('test:', 'nowhere:'))
  await expect(stranger.sendMail(mail)).rejects.toMatchObject({ responseCode: 535 })
})

it('refuses for good what cannot be read, so that no sender tries it for ever', async () => {
  const { url, world } = await startMails()
  const parts = Array.from(
    { length: 100 },
    (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
  )
  const raw = `Subject: x\r\n${parts.join('')}\r\nx`
  const envelope = { from: 'hr@example.com', to: 'w@example.com' }
  const sent = createTransport(url).sendMail({ envelope, raw })
  await expect(sent).rejects.toMatchObject({ responseCode: 554 })
  expect(await world.call('contact.list', {})).toMatchObject({ items: [] })
})

it('refuses a mail that is too large, and ends with the simulator', async () => {
  const { url, world, sim } = await startMails()
  const large = createTransport(url).sendMail({ ...mail, text: 'x'.repeat(1_100_000) })
  await expect(large).rejects.toMatchObject({ responseCode: 552 })
  expect(await world.call('contact.list', {})).toMatchObject({ items: [] })
  await sim.close()
  await expect(createTransport(url).sendMail(mail)).rejects.toMatchObject({ code: 'ESOCKET' })
})
