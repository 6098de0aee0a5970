import { expect, it } from 'vitest'
import { exchanges } from '../../tupu/journal.ts'
import { startPushed, textReply } from './server.ts'

interface Row {
  readonly trace: string
  readonly request: { readonly body: string }
  readonly decision: readonly { readonly row: Record<string, unknown> }[]
}

it.each(['compat', 'aes'])(
  'the journal says in clear what was encrypted (%s), masked like everything',
  async (mode) => {
    const { world, li, acme, server, settle } = await startPushed(mode)
    server.answer = (got) => ({ body: mode === 'compat' ? textReply(got, '好的') : '' })
    await li.writes(acme, '我的手机号是 13912345678')
    await settle()
    const [row] = (await exchanges(world, {
      surface: 'push',
    })) as unknown as Row[]
    const said = row?.decision.at(-1)?.row
    expect(said?.['xml']).toContain('<Content><![CDATA[我的手机号是 139****5678]]></Content>')
    expect(said?.['reply']).toEqual(
      mode === 'compat' ? { type: 'text', content: '好的' } : undefined,
    )
  },
)

it('the journal of what is pushed in clear says it once', async () => {
  const { world, li, acme, settle } = await startPushed('plain')
  await li.writes(acme, '在吗')
  await settle()
  const rows = (await exchanges(world, { surface: 'push' })) as unknown as Row[]
  expect(rows[0]?.request.body).toContain('在吗')
  expect(rows[0]?.decision.at(-1)?.row).not.toHaveProperty('xml')
})

it.each(['immediate', 'PT2S'])(
  'the push of a receipt stands in the story of its message (delivery %s)',
  async (delivery) => {
    const { world, wang, acme, platform, settle } = await startPushed()
    await world.call('official_account.update', { appid: acme.appid, delivery })
    await platform.sends(acme, { mobile: wang.mobile, message: '第一条' })
    await platform.sends(acme, { mobile: wang.mobile, message: '第二条' })
    await settle('PT2S')
    for (const { trace, msgid_str } of await world.messages()) {
      const { items } = (await world.call('trace.get', { trace })) as {
        items: { kind: string; surface?: string; seq?: number }[]
      }
      const pushes = items.filter(({ surface }) => surface === 'push')
      expect(pushes).toHaveLength(1)
      const seq = Number(pushes[0]?.seq)
      const { request } = (await world.call('exchange.get', { seq })) as Pick<Row, 'request'>
      expect(request.body).toContain(`<MsgID>${msgid_str}</MsgID>`)
    }
  },
)
