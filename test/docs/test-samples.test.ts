import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { test_samples } from '../../views/docs/test-samples.ts'
import { environmentForChildren, startChild } from '../process.ts'
import { has } from './runtime.ts'

// The samples for Vitest and node:test are run against the packed package, by test/pack.test.ts.
it.runIf(has('python3 -m pytest --version', /pytest/u))(
  'the fixture for pytest gives each test a world, ends it, and tells the story of one that fails',
  async () => {
    const sim = await createSimulator()
    const folder = mkdtempSync(join(tmpdir(), 'pytest-'))
    onTestFinished(async () => {
      rmSync(folder, { recursive: true })
      await sim.close()
    })
    await sim.listen()
    const { pytestFixture, pytestTest } = test_samples
    const files = {
      'conftest.py': pytestFixture,
      'test_welcome.py': pytestTest,
      'test_fails.py': pytestTest.replace('== 100011', '== 0'),
    }
    for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code)
    const env = { ...environmentForChildren(), ...(await sim.env()) }
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider']
    const child = startChild('python3', args, { cwd: folder, env })
    const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(said, wrong).toMatch(/what became of a send[\s\S]*association\.known/u)
    expect(said).toMatch(/^1 failed, 1 passed/mu)
    const { items } = await sim.call('world.list')
    expect(items.map(({ world }) => world)).toEqual(['default'])
  },
)
