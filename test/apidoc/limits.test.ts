import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

it('the documents say of a text its length, of a list its items, of a number its value', async () => {
  const { http } = await startSim()
  const { text } = await http('GET', '/docs?lang=en')
  expect(text).toContain('<span>value 1–3650</span>')
  expect(text).toContain('<span>length 1–100</span>')
  expect(text).toContain('<span>items ≤ 64</span>')
  const { text: chinese } = await http('GET', '/docs?lang=zh')
  expect(chinese).toContain('<span>取值 1–3650</span>')
})
