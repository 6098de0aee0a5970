import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { startChild } from '../process.ts'
import { busyForeignFile, contentsOf, foreignFile, textFile } from './foreign.ts'
import { emptyFolder } from './place.ts'
import { refusalOf } from './refusal.ts'

/** A file of ours, with a world in it. */
async function filledFile(): Promise<string> {
  const data = join(emptyFolder(), 'sim.db')
  const sim = await createSimulator({ data })
  await sim.world({ name: 'kept', seed: 'kept' })
  await sim.close()
  return data
}

const foreign = 'is a SQLite file of another program'

describe('a file that is not ours', () => {
  it.each([
    { what: 'a text', make: () => textFile('Dear diary\n'.repeat(500)), says: 'is no SQLite file' },
    { what: 'a short text', make: () => textFile('x'), says: 'is no SQLite file' },
    {
      what: "another program's database",
      make: () => foreignFile((sqlite) => sqlite.exec('create table note (text)')),
      says: foreign,
    },
    {
      what: "another program's database in WAL mode",
      make: () =>
        foreignFile((sqlite) => {
          sqlite.pragma('journal_mode = wal')
          sqlite.exec('create table note (text)')
        }),
      says: foreign,
    },
    {
      what: "another program's marked, empty database",
      make: () => foreignFile((sqlite) => sqlite.pragma('application_id = 7')),
      says: foreign,
    },
    { what: "another program's database at work", make: busyForeignFile, says: foreign },
  ])('is refused and left as it was, down to its folder: $what', async ({ make, says }) => {
    const file = make()
    const folder = join(file, '..')
    const before = contentsOf(folder)
    const error = await refusalOf(file)
    expect(error.message).toBe(`${file} ${says}.`)
    expect(error).toMatchObject({
      field: 'data',
      fix: 'choose another --data; nothing was changed in it',
    })
    expect(contentsOf(folder)).toEqual(before)
  })
})

describe('a path that cannot be a database', () => {
  it('is refused when it is a folder, and nothing is put into or beside it', async () => {
    const folder = join(emptyFolder(), 'data')
    mkdirSync(folder)
    const error = await refusalOf(folder)
    expect(error.message).toBe(`${folder} is a folder.`)
    expect(error).toMatchObject({ field: 'data', fix: expect.stringContaining('name a file') })
    expect(readdirSync(join(folder, '..'))).toEqual(['data'])
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    { what: 'below a file', path: () => join(textFile('x'), 'sim.db') },
    { what: 'with a name that no disk takes', path: () => join(emptyFolder(), 'x'.repeat(300)) },
  ])('is refused when it is $what', async ({ path }) => {
    const file = path()
    const error = await refusalOf(file)
    expect(error.message).toContain(`${file} cannot be opened`)
    expect(error).toMatchObject({ field: 'data', fix: expect.stringMatching(/^check/) })
  })

  it('is refused when it is a device', async () => {
    expect((await refusalOf('/dev/null')).message).toBe('/dev/null is no file.')
  })

  it('is named whole, also when it was given from here', async () => {
    const folder = emptyFolder()
    const error = await refusalOf(relative(process.cwd(), folder))
    expect(error.message).toBe(`${folder} is a folder.`)
  })
})

describe('a file of ours', () => {
  it.each([
    {
      what: 'half of it is missing',
      harm: (file: string) => truncateSync(file, readFileSync(file).length / 2),
    },
    {
      what: 'its first page is overwritten',
      harm: (file: string) => {
        const bytes = readFileSync(file)
        writeFileSync(file, bytes.fill(0xff, 100, 4096))
      },
    },
  ])('is refused as damaged when $what, and left as it is', async ({ harm }) => {
    const file = await filledFile()
    harm(file)
    const before = readFileSync(file)
    const error = await refusalOf(file)
    expect(error.message).toBe(`${file} is damaged.`)
    expect(error).toMatchObject({ fix: 'restore it from a copy, or move it away to start anew' })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('is refused while another program has it locked, and whole afterwards', async () => {
    const file = await filledFile()
    const other = new Sqlite(file)
    other.exec('begin immediate')
    const error = await refusalOf(file)
    expect(error.message).toBe(`${file} is locked by another program.`)
    expect(error).toMatchObject({ fix: 'close that program, or choose another --data' })
    other.exec('rollback')
    other.close()
    await expectWorld(file)
  })

  it('is refused while another simulator has it, which goes on', async () => {
    const file = await filledFile()
    const first = await createSimulator({ data: file })
    onTestFinished(() => first.close())
    const error = await refusalOf(file)
    expect(error.message).toBe(`${file} is in use by the simulator of process ${process.pid}.`)
    expect(error).toMatchObject({ fix: 'stop that one, or choose another --data' })
    expect(await first.call('world.get', { world: 'kept' })).toMatchObject({ world: 'kept' })
  })

  it('is free again when its simulator was killed, or stopped', async () => {
    const file = await filledFile()
    const open = new URL('../../db/open.ts', import.meta.url).href
    const script = `const { openStore } = await import('${open}'); await openStore(process.argv[1]); console.log('open'); setInterval(() => {}, 1000)`
    const args = ['--input-type=module', '-e', script, file]
    const child = startChild(process.execPath, args)
    await once(child.stdout, 'data')
    expect((await refusalOf(file)).message).toContain(`simulator of process ${child.pid}.`)
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    await expectWorld(file)
    await expectWorld(file)
  })

  it('is made anew where there was an empty file, or nothing, not even a folder', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'empty.db'), '')
    for (const path of ['empty.db', 'new/and/deep/sim.db']) {
      const sim = await createSimulator({ data: join(folder, path) })
      expect(await sim.call('world.list')).toMatchObject({ items: [{ world: 'default' }] })
      await sim.close()
    }
  })
})

async function expectWorld(data: string): Promise<void> {
  const sim = await createSimulator({ data })
  expect(await sim.call('world.get', { world: 'kept' })).toMatchObject({ seed: 'kept' })
  await sim.close()
}
