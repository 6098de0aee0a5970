import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

it('the documents say of a text its length, of a list its items, of a number its value', async () => {
  const { http } = await startSim()
  const page = async (address: string) => (await http('GET', address)).text
  const world = await page('/docs/control/world.create?lang=en')
  expect(world).toContain('<span>value 1–3650</span>')
  expect(world).toContain('<span>items ≤ 64</span>')
  expect(await page('/docs/tupu/message.send?lang=en')).toContain('<span>length 1–64</span>')
  const chinese = await page('/docs/control/world.create?lang=zh')
  expect(chinese).toContain('<span>取值 1–3650</span>')
})
