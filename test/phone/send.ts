import type { Sim } from '../sim.ts'

/** Sends Wang so many messages, numbered from 1. */
export async function send({ platform, acme, wang }: Sim, count: number): Promise<void> {
  for (let i = 1; i <= count; i++)
    await platform.sends(acme, { mobile: wang.mobile, message: `第 ${i} 条` })
}
