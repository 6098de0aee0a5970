import { describe, expect, it } from 'vitest'
import { type DatabaseName, onBoth, onEither } from '../database.ts'
import { first_instant } from '../sim.ts'
import { listedTitles, startReviewed } from './application.ts'

const minute_ms = 60_000
const day_ms = 86_400_000
const interview = { title: '面试邀请通知', content: '{{first.DATA}}', example: '您好' }

/** Milliseconds from an instant to another one as it is shown. */
const since = (from: string, to: string | null) => Date.parse(to ?? '') - Date.parse(from)

onEither('a review that takes its time', (database) => {
  it('ends by itself after 7 to 14 days, at the minute that the timeline has shown', async () => {
    const { acmes, acme, world, http } = await startReviewed('time', { database })
    const { application, state, due_at } = await acmes.applies(interview)
    expect(state).toBe('pending')
    const span = since(first_instant, due_at)
    expect(span).toBeGreaterThanOrEqual(7 * day_ms)
    expect(span).toBeLessThanOrEqual(14 * day_ms)
    expect(span % minute_ms).toBe(0)
    const { items } = (await world.call('clock.timeline')) as { items: object[] }
    const due = { what: 'due', kind: 'template_review', subject: application }
    expect(items).toEqual([{ at: due_at, ...due }])
    expect(
      await acmes.advances({ to: new Date(Date.parse(due_at ?? '') - 1).toISOString() }),
    ).toMatchObject({ ran: [], due_next: due_at })
    expect(await listedTitles({ http }, acme)).toEqual(['入职通知'])
    const ran = { kind: 'template_review', subject: application, due_at, outcome: 'approved' }
    expect(await acmes.advances({ next: true })).toMatchObject({
      now: due_at,
      ran: [ran],
      due_next: null,
    })
    expect(await acmes.sees({ application })).toMatchObject({
      state: 'approved',
      decided_at: due_at,
      due_at: null,
    })
    expect(await listedTitles({ http }, acme)).toEqual(['入职通知', '面试邀请通知'])
  })

  it('is over after two weeks, each of several at its own time', async () => {
    const { acmes } = await startReviewed('time', { database })
    const all = []
    for (let i = 0; i < 5; i++) all.push(await acmes.applies(interview))
    const inOrder = all.map(({ due_at }) => String(due_at)).toSorted()
    expect(new Set(inOrder).size).toBe(5)
    const { ran } = await acmes.advances({ by: 'P14D' })
    expect(ran.map(({ due_at }) => due_at)).toEqual(inOrder)
    for (const one of all) expect(await acmes.sees(one)).toMatchObject({ state: 'approved' })
  })

  it('is cut short by a hand, and its job is gone', async () => {
    const { acmes } = await startReviewed('time', { database })
    const early = await acmes.applies(interview)
    const rejected = await acmes.applies(interview)
    await acmes.to('POST', early.application, '/approve')
    await acmes.to('POST', rejected.application, '/reject', { reason: '内容不完整' })
    expect(await acmes.advances({ by: 'P14D' })).toMatchObject({ ran: [], due_next: null })
    expect(await acmes.sees(rejected)).toMatchObject({ state: 'rejected' })
  })
})

/** The days that a review takes in a world: of two applications, and of the second one handed in again. */
async function daysIn(seed: string, database: DatabaseName = 'sqlite') {
  const { acmes, world } = await startReviewed('time', { database, world: { seed } })
  const first = await acmes.applies(interview)
  const second = await acmes.applies(interview)
  await acmes.to('POST', second.application, '/reject', { reason: '一' })
  const again = await acmes.submits(second)
  const due = [first, second, again].map(({ due_at }) => since(first_instant, due_at))
  await acmes.advances({ by: 'P14D' })
  return { due, text: JSON.stringify(await world.call('world.export')) }
}

describe('the days that WeChat takes', () => {
  it('follow from the seed: the same, to the byte, in another run, and on the other database', async () => {
    const [one, two, other] = [await daysIn('7'), await daysIn('7'), await daysIn('8')]
    expect(two).toEqual(one)
    expect(await daysIn('7', 'postgres')).toEqual(one)
    expect(new Set([...one.due, ...other.due]).size).toBe(6)
  })

  it('are anything from 7 to 14', async () => {
    const { acmes } = await startReviewed('time')
    const days = new Set<number>()
    for (let i = 0; i < 150; i++) {
      const { due_at } = await acmes.applies(interview)
      days.add(Math.floor(since(first_instant, due_at) / day_ms))
    }
    expect([...days].toSorted((a, b) => a - b).slice(0, 7)).toEqual([7, 8, 9, 10, 11, 12, 13])
    expect(Math.max(...days)).toBeLessThanOrEqual(14)
  })
})

onEither('a review', (database) => {
  it('that is immediate has ended when the application was handed in', async () => {
    const { acmes, acme, http } = await startReviewed('immediate', { database })
    const applied = await acmes.applies(interview)
    expect(applied).toMatchObject({ state: 'approved', due_at: null })
    expect(applied.template_id).toMatch(/^[\w-]{43}$/)
    expect(await listedTitles({ http }, acme)).toEqual(['入职通知', '面试邀请通知'])
  })

  it('that counts looks ends with the nth, whoever looks', async () => {
    const { acmes, acme, http } = await startReviewed({ after_reads: 3 }, { database })
    const first = await acmes.applies(interview)
    expect(first).toMatchObject({ state: 'pending', reads_left: 3, due_at: null })
    expect(await acmes.sees(first)).toMatchObject({ state: 'pending', reads_left: 2 })
    await acmes.at('GET', '/applications')
    expect(await listedTitles({ http }, acme)).toEqual(['入职通知', '面试邀请通知'])
    expect(await acmes.sees(first)).toMatchObject({ state: 'approved', reads_left: null })
  })

  it('that counts looks counts each application’s own', async () => {
    const { acmes } = await startReviewed({ after_reads: 2 }, { database })
    const first = await acmes.applies(interview)
    const second = await acmes.applies(interview)
    await acmes.sees(first)
    expect(await acmes.sees(first)).toMatchObject({ state: 'approved' })
    expect(await acmes.sees(second)).toMatchObject({ state: 'pending', reads_left: 1 })
    const { items } = (await acmes.at('GET', '/applications')).json
    expect(items).toMatchObject([{ state: 'approved' }, { state: 'approved' }])
  })

  it('goes on as it began when the account is reviewed otherwise afterwards', async () => {
    const { acmes } = await startReviewed('time', { database })
    const timed = await acmes.applies(interview)
    await acmes.isReviewed('manual')
    const waiting = await acmes.applies(interview)
    await acmes.advances({ by: 'P30D' })
    expect(await acmes.sees(timed)).toMatchObject({ state: 'approved' })
    expect(await acmes.sees(waiting)).toMatchObject({ state: 'pending', due_at: null })
  })

  it('ends in a no when the account has got all its templates meanwhile', async () => {
    const { acmes, acme, world } = await startReviewed('time', { database })
    const pending = await acmes.applies(interview)
    const draft = await acmes.drafts(interview)
    for (let i = 1; i < 25; i++)
      await world.call('template.create', { appid: acme.appid, title: 't', content: '{{a.DATA}}' })
    for (const [one, verb] of [
      [pending, '/approve'],
      [draft, '/submit'],
    ] as const)
      expect((await acmes.to('POST', one.application, verb)).json).toMatchObject({
        status: 409,
        reason: expect.stringContaining('25'),
      })
    const { ran } = await acmes.advances({ by: 'P14D' })
    expect(ran).toMatchObject([{ outcome: 'rejected' }])
    expect(await acmes.sees(pending)).toMatchObject({
      state: 'rejected',
      reason: 'template num exceeds limit',
      template_id: null,
    })
  })
})

onBoth('many who approve or look at the same moment', (database) => {
  it('end a review once', async () => {
    const { acmes, acme, http } = await startReviewed('manual', { database })
    const { application } = await acmes.applies(interview)
    const approve = () => acmes.to('POST', application, '/approve')
    const answers = await Promise.all([approve(), approve(), approve(), approve()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    await acmes.isReviewed({ after_reads: 3 })
    const counted = await acmes.applies({ ...interview, title: '体检预约通知' })
    await Promise.all([1, 2, 3, 4, 5].map(() => acmes.sees(counted)))
    expect(await acmes.sees(counted)).toMatchObject({ state: 'approved' })
    expect(await listedTitles({ http }, acme)).toEqual([
      '入职通知',
      interview.title,
      '体检预约通知',
    ])
  })
})

describe('a reset', () => {
  it('takes applications and their reviews away', async () => {
    const { acmes, world } = await startReviewed('time')
    const { application } = await acmes.applies(interview)
    await world.reset()
    expect(await acmes.advances({ by: 'P14D' })).toMatchObject({ ran: [] })
    expect((await acmes.to('GET', application)).status).toBe(404)
  })
})
