import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { makeStage, type Stage } from './demo-stage.ts'
import { tellStory } from './demo-story.ts'

const help = `npm run demo [-- options]

Plays the main job against a new simulator over HTTP, step by step: a candidate registers, the
platform sends to the mobile, TUPU finds the openid, WeChat answers, the message stands on the
phone; and three sends after which the platform falls back to SMS. Ends with exit code 1 when
something is not as told.

  --story       the life of two accounts instead: eight weeks on the clock of their world
  --from FILE   the built program to play with (default: dist/index.js)
  --help

Colour is for terminals only; NO_COLOR=1 switches it off.
`

const mobile = '13800138000'
const nobodys_mobile = '13900139000'
const message = '欢迎加入，请完成入职登记'
const world = '/_sim/v1/worlds/demo'

const World = z.object({ accounts: z.array(z.object({ eid: z.string(), company: z.string() })) })
const Association = z.object({ openid: z.string(), person: z.string() })
const Sent = z.object({ errcode: z.number(), errmsg: z.string(), msgid_str: z.string().optional() })
const Step = z.union([z.string(), z.looseObject({ rule: z.string() })])
const Exchanges = z.object({ items: z.array(z.object({ decision: z.array(Step) })) })
const Send = z.looseObject({ touser: z.string() })
const WechatStep = z.object({ request: Send, answer: z.looseObject({ errcode: z.number() }) })
const Phone = z.object({
  items: z.array(
    z.object({
      state: z.string(),
      title: z.string().nullable(),
      line: z.string().nullable(),
      keywords: z.record(z.string(), z.string()),
      on_phone: z.boolean(),
    }),
  ),
})

/** The whole story, from a new world to the last fall-back. */
async function play(stage: Stage): Promise<void> {
  stage.scene('TUPU has set a customer up: an official account, its template, and an EID')
  const clock = { mode: 'frozen', now: '2026-01-05T01:00:00Z' }
  const made = await stage.ask('POST', '/_sim/v1/worlds', { name: 'demo', clock })
  const [account] = World.parse(made.body).accounts
  if (!account) throw new Error('the world has no account')
  stage.say(`${account.company} gives its EID to the platform: ${account.eid}`)

  stage.scene('A candidate follows the official account and registers')
  const registration = { mobile, name: '陈晨' }
  const registered = await stage.call('POST', `${world}/associations`, registration)
  const { openid, person } = Association.parse(registered.body)
  stage.told(registered.status === 201, `the mobile now belongs to the openid ${openid}`)

  stage.scene('The platform sends to the mobile, and TUPU finds the openid')
  await sendAndRead(stage, account.eid, openid)

  stage.scene('Nobody registered this mobile')
  await fallBack(stage, { eid: account.eid, to: nobodys_mobile, errcode: 100011 })

  stage.scene('The candidate switches notifications off')
  await stage.call('POST', `${world}/people/${person}/mute`, {})
  await fallBack(stage, { eid: account.eid, to: mobile, errcode: 43101 })

  stage.scene('The candidate unfollows the official account')
  await stage.call('POST', `${world}/people/${person}/unfollow`, {})
  await fallBack(stage, { eid: account.eid, to: mobile, errcode: 43004 })
  const { items } = Phone.parse((await stage.ask('GET', `${world}/messages?mobile=${mobile}`)).body)
  const standing = items.filter((item) => item.on_phone).length
  stage.told(standing === 1, 'the phone still shows the one message that WeChat accepted')
}

async function sendAndRead(stage: Stage, eid: string, openid: string): Promise<void> {
  const sent = await send(stage, eid, '138 0013 8000')
  stage.told(sent.errcode === 0 && sent.msgid_str !== undefined, 'accepted: no SMS is needed')

  stage.scene('What TUPU said to WeChat in between, from the journal')
  const { wechat } = await showDecision(stage, sent.trace)
  const isThisSend = wechat?.request.touser === openid && wechat.answer['msgid'] === sent.msgid_str
  stage.told(isThisSend, 'the same openid, and the msgid that the platform got')

  stage.scene('The phone')
  const read = await stage.ask('GET', `${world}/messages?mobile=${mobile}&wait=PT5S`)
  const { items } = Phone.parse(read.body)
  for (const { title, line, keywords } of items) {
    stage.say(`┌ ${title}`)
    for (const text of [line, ...Object.values(keywords)]) stage.say(`│ ${text}`)
    stage.say('└')
  }
  const [shown] = items
  const stands = items.length === 1 && shown?.on_phone === true && shown.line === message
  stage.told(stands && shown.state === 'delivered', 'one message, as a single line with keywords')
}

/** A send that WeChat or TUPU refuses: why, by its decision, and what the platform does then. */
async function fallBack(stage: Stage, of: { eid: string; to: string; errcode: number }) {
  const sent = await send(stage, of.eid, of.to)
  const { last } = await showDecision(stage, sent.trace)
  stage.told(sent.errcode === of.errcode && last !== undefined, `refused with ${of.errcode}`)
  const way = sent.errcode === 0 ? 'WeChat' : 'SMS'
  stage.told(way === 'SMS', `the platform sends to ${of.to} by ${way}`)
}

async function send(stage: Stage, eid: string, to: string) {
  const answered = await stage.call('POST', '/w/demo/tupu/v1/messages', {
    eid,
    mobile: to,
    message,
  })
  return { ...Sent.parse(answered.body), trace: answered.trace }
}

/** Shows how an answer was reached: the rules that were kept, and the step that decided. */
async function showDecision(stage: Stage, trace: string) {
  const { body } = await stage.ask('GET', `${world}/exchanges?trace=${trace}`)
  const steps = Exchanges.parse(body).items[0]?.decision ?? []
  const kept = steps.filter((step) => typeof step === 'string')
  const facts = steps.filter((step) => typeof step !== 'string')
  stage.say(`decision: ${kept.join(' · ')}`)
  const wechat = WechatStep.safeParse(facts.find((step) => step.rule === 'wechat.accepted')).data
  if (wechat) {
    stage.show('TUPU → WeChat', wechat.request)
    stage.show('TUPU ← WeChat', wechat.answer)
  }
  const last = facts.findLast((step) => step.rule !== 'wechat.accepted')
  if (last) stage.show(`decided by ${last.rule}`, last)
  return { wechat, last }
}

async function main(): Promise<number> {
  const options = {
    from: { type: 'string' },
    story: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ options })
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const built = values.from ?? fileURLToPath(new URL('../dist/index.js', import.meta.url))
  const program: typeof import('../src/index.ts') = await import(pathToFileURL(resolve(built)).href)
  const sim = await program.createSimulator({ data: ':memory:' })
  try {
    const { url } = await sim.listen({ port: 0 })
    const colours = process.stdout.isTTY === true && !process.env['NO_COLOR']
    const stage = makeStage(process.stdout, { origin: url, colours })
    stage.say(`A new simulator at ${url}`)
    const told = values.story ? tellStory(sim, stage) : play(stage)
    await told.catch((error) => stage.told(false, `the story goes on (it ended: ${error})`))
    process.stdout.write(
      stage.untrue === 0 ? '\nAll as told.\n' : `\n${stage.untrue} not as told.\n`,
    )
    return stage.untrue === 0 ? 0 : 1
  } finally {
    await sim.close()
  }
}

process.exitCode = await main()
