import { it } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'

it('x', async () => {
  const sim = await createSimulator({ demo: true })
  for (const p of (process.env.P ?? '/docs').split(',')) {
    const t = performance.now()
    const r = await sim.fetch(new Request('http://sim.localhost' + p, { redirect: 'manual' }))
    const text = await r.text()
    console.log(
      p,
      r.status,
      r.headers.get('location'),
      text.length,
      (performance.now() - t).toFixed(1),
    )
    if (process.env.SHOW)
      console.log(
        text
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .slice(0, 3000),
      )
  }
  await sim.close()
})
