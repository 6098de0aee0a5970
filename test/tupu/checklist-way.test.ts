import { expect, it } from 'vitest'
import { CallError } from '../../src/simulator.ts'
import { onEither } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { doneSteps, type LifeStep, life, readChecklist, stepOf, steps } from './life.ts'

/** Takes the first step that can be taken, by the call that it names. Undefined: none can. */
async function takeNext({ world, platform, globex }: Sim): Promise<LifeStep | undefined> {
  const { checklist } = await life(world, 'globex')
  const row = checklist.find(({ next }) => next !== null)
  if (!row?.next) return undefined
  const { call, input } = row.next
  if (call === 'message.send')
    expect(await platform.sends(globex, input)).toMatchObject({ errcode: 0 })
  else await world.call(call, input)
  return row
}

onEither('the way of a new account', (database) => {
  it('leads from one next call to the next, to the first message on the phone', async () => {
    const sim = await startSim({ database })
    const { world, http, globex } = sim
    const taken: string[] = []
    for (;;) {
      const row = await takeNext(sim)
      if (!row) break
      taken.push(`${row.step}: ${row.next?.call}`)
      await world.advance('P1D')
    }
    expect(taken).toEqual([
      'vendor_permission: vendor.ask',
      'vendor_permission: vendor.grant',
      'official_account_connected: account.connect',
      'industries_set: industry.set',
      'template_applied: application.create',
      'template_applied: application.submit',
      'template_approved: application.approve',
      'registration_page_published: registration_page.publish',
      'eid_issued: eid.issue',
      'eid_confirmed: eid.confirm',
      'first_registration: association.create',
      'first_message: message.send',
    ])
    const { live, checklist } = await readChecklist(http, globex)
    expect(live).toBe(true)
    expect(checklist.map(({ step, done }) => ({ step, done }))).toEqual(
      steps.map((step) => ({ step, done: true })),
    )
    const instants = checklist.map(({ at }) => at ?? '')
    expect(instants).toEqual(instants.toSorted())
    expect(await world.messages()).toMatchObject([{ state: 'delivered', on_phone: true }])
    expect((await life(world, 'globex')).events.map(({ verb }) => verb)).toEqual([
      'enquired',
      'vendor_asked',
      'vendor_granted',
      'official_account_connected',
      'registration_page_published',
      'eid_issued',
      'eid_confirmed',
    ])
  })

  it('takes the weeks that WeChat needs, and until then every send names all that is missing', async () => {
    const { world, platform, globex, http } = await startSim({ database })
    const send = async () => (await platform.sends(globex, { mobile: '13800138009' })).errmsg
    const missing = (names: string) => `account is not live, missing: ${names}`
    expect(await send()).toBe(
      missing('official_account_connected, industries_set, template_approved'),
    )
    await world.call('account.connect', { eid: 'globex' })
    expect(await send()).toBe(missing('industries_set, template_approved'))
    const { appid } = await life(world, 'globex')
    await world.call('industry.set', { appid, primary: 1, secondary: 16 })
    expect(await send()).toBe(missing('template_approved'))
    const made = await world.call('application.create', { appid })
    await world.call('application.submit', { application: (made as Applied).application })
    expect(await stepOf(world, 'globex', 'template_approved')).toMatchObject({ state: 'waiting' })
    await world.advance('P6D')
    expect(await send()).toBe(missing('template_approved'))
    const { ran } = await world.advance('P8D')
    expect(ran).toMatchObject([{ kind: 'template_review', outcome: 'approved' }])
    expect(await send()).toBe('no openid for this mobile')
    const { checklist } = await readChecklist(http, globex)
    expect(checklist[5]).toEqual({ step: 'template_approved', done: true, at: ran[0]?.due_at })
  })
})

interface Applied {
  readonly application: string
}

it('a vendor that refuses may be asked again, and its reason stands until it agrees', async () => {
  const { world } = await startSim()
  const vendor = (verb: string, more: object = {}) =>
    world.call(`vendor.${verb}`, { eid: 'globex', ...more })
  const permission = () => stepOf(world, 'globex', 'vendor_permission')
  const connected = () => stepOf(world, 'globex', 'official_account_connected')
  expect(await permission()).toMatchObject({ state: 'open', next: { call: 'vendor.ask' } })
  expect(await connected()).toMatchObject({ next: { input: { eid: 'globex' } } })
  await vendor('ask')
  expect(await permission()).toMatchObject({ state: 'waiting', next: { call: 'vendor.grant' } })
  expect(await connected()).toMatchObject({ next: null })
  await vendor('refuse', { reason: '与现有服务商的合同尚未到期' })
  expect(await permission()).toMatchObject({
    state: 'refused',
    done: false,
    reason: '与现有服务商的合同尚未到期',
    next: { call: 'vendor.ask' },
  })
  await expect(vendor('grant')).rejects.toThrow(/has answered/)
  await world.advance('P7D')
  await vendor('ask')
  await vendor('ask')
  await vendor('grant')
  expect(await permission()).toMatchObject({
    state: 'done',
    at: '2026-01-12T01:00:00.000Z',
    reason: null,
  })
  expect(await connected()).toMatchObject({ next: { input: { eid: 'globex', existing: true } } })
  await expect(vendor('ask')).rejects.toThrow(/agreed/)
  const { events } = await life(world, 'globex')
  expect(events.map(({ verb }) => verb)).toEqual([
    'enquired',
    'vendor_asked',
    'vendor_refused',
    'vendor_asked',
    'vendor_granted',
  ])
})

it('a new official account needs nobody’s permission: the step counts as done, and says so', async () => {
  const { world, acme, http, globex } = await startSim()
  await world.call('account.connect', { eid: 'globex' })
  const step = { step: 'vendor_permission', done: true, state: 'not_needed' }
  expect(await stepOf(world, 'globex', 'vendor_permission')).toMatchObject(step)
  expect(await stepOf(world, acme.eid, 'vendor_permission')).toMatchObject(step)
  expect(await doneSteps(http, globex)).toContain('vendor_permission')
  const error = await world.call('vendor.ask', { eid: 'globex' }).catch((reason) => reason)
  expect(error).toBeInstanceOf(CallError)
  expect(error).toMatchObject({ status: 409, problem: { field: 'eid' } })
})

it('an application that WeChat rejects shows why, and the next call hands it in again', async () => {
  const { world } = await startSim()
  await world.call('account.connect', { eid: 'globex', review: 'manual' })
  const { appid } = await life(world, 'globex')
  await world.call('industry.set', { appid, primary: 1, secondary: 16 })
  const { application } = (await world.call('application.create', { appid })) as Applied
  await world.call('application.submit', { application })
  await world.call('application.reject', { application, reason: '标题须以通知结尾' })
  const handIn = { call: 'application.submit', input: { application } }
  expect(await stepOf(world, 'globex', 'template_approved')).toMatchObject({
    state: 'refused',
    reason: '标题须以通知结尾',
    next: handIn,
  })
  expect(await stepOf(world, 'globex', 'template_applied')).toMatchObject({ done: true })
  await world.call(handIn.call, handIn.input)
  await world.call('application.approve', { application })
  expect(await life(world, 'globex')).toMatchObject({ live: true, missing: [] })
})
