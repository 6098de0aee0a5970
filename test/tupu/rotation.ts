import type { Sim } from '../sim.ts'

/** Gives Acme another EID. */
export async function rotate({ world }: Pick<Sim, 'world'>, overlap?: string): Promise<string> {
  const answer = await world.call('eid.rotate', { eid: 'acme', ...(overlap ? { overlap } : {}) })
  return (answer as { eid: string }).eid
}

/** Sends to Wang by one EID. */
export async function send({ platform, wang }: Sim, eid: string, more: object = {}) {
  const body = { eid, mobile: wang.mobile, message: '欢迎加入', ...more }
  return (await platform.post('/messages', body)).json as unknown as Answer
}

interface Answer {
  readonly errcode: number
  readonly msgid_str: string
}
