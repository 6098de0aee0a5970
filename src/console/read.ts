import { z } from 'zod'
import { listedAccount } from '../control/account/list.ts'
import { shownWholeOfficial } from '../control/official-account-get.ts'
import { previewOf } from '../control/template-preview.ts'
import type { Call } from '../core/call.ts'
import { isReply } from '../core/endpoint.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal } from '../core/refusal.ts'
import {
  ask,
  askSurely,
  callbackLine,
  industryRow,
  itemsOf,
  timelineShape,
  worldClock,
} from './asked.ts'
import type { AccountFacts, CallbackLine, Console, Life } from './facts.ts'

/** The latest callbacks that a page shows, and how far they are looked for. */
const callbacks_max = 10
const callback_pages_max = 20

/** What every page shows: the world's clock and its accounts. */
export async function readConsole(call: Call): Promise<Console> {
  const clock = await askSurely(call, 'clock.get', {}, worldClock)
  const { items } = await askSurely(call, 'clock.timeline', {}, timelineShape)
  const { items: accounts } = await askSurely(call, 'account.list', {}, itemsOf(listedAccount))
  const next = items.find(({ what }) => what === 'due') ?? null
  const began = accounts.map(({ created_at }) => created_at).sort()[0] ?? null
  return { world: call.world.world, clock: { ...clock, began, next }, accounts }
}

/** Everything of an account besides its life, which has been asked for already. */
export async function readAccount(
  call: Call,
  life: Life,
  isRevoking: boolean,
): Promise<AccountFacts> {
  const { appid, key } = life
  const official = await readOfficial(call, appid)
  const rules = official?.rules === '2023' ? '2023' : '2014'
  const drawn = <T extends { content: string; example: string }>(of: T) => {
    return { ...of, preview: previewOf(of, rules) }
  }
  const { items: industries } = await askSurely(call, 'industry.list', {}, itemsOf(industryRow))
  return {
    life,
    official,
    applications: (official?.applications ?? []).map(drawn).reverse(),
    templates: (official?.templates ?? []).map(drawn),
    industries,
    callbacks: await readCallbacks(call, key),
    qr: appid === null ? null : await readQr(call, key),
    isRevoking,
  }
}

/** Null: there is none, or it is one of another WeChat. */
async function readOfficial(call: Call, appid: string | null) {
  if (appid === null) return null
  const official = await ask(call, 'official_account.get', { appid }, shownWholeOfficial)
  return isRefusal(official) ? null : official
}

async function readCallbacks(call: Call, account: string) {
  const shape = itemsOf(callbackLine).extend({ next_cursor: z.string() })
  let latest: CallbackLine[] = []
  let after: Readonly<Record<string, unknown>> = {}
  for (let page = 0; page < callback_pages_max; page++) {
    const list = await askSurely(call, 'callback.list', { account, ...after }, shape)
    if (list.items.length === 0) break
    latest = [...latest, ...list.items].slice(-callbacks_max)
    after = { after: list.next_cursor }
  }
  return latest.reverse()
}

async function readQr(call: Call, eid: string): Promise<string | null> {
  const drawn = await invoke(call, 'registration_qr.get', { eid, format: 'svg' })
  return isReply(drawn) && typeof drawn.body === 'string' ? drawn.body : null
}
