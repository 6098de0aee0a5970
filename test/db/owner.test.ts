import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { startChild } from '../process.ts'
import { emptyFolder } from './place.ts'
import { refusalOf } from './refusal.ts'

const open = new URL('../../db/open.ts', import.meta.url).href

/** Another process that has a database open, with whatever mask its files are made. */
async function holderOf(file: string, umask = 0o022) {
  const script = `process.umask(${umask}); const { openStore } = await import('${open}'); await openStore(process.argv[1]); console.log('open'); setInterval(() => {}, 1000)`
  const child = startChild(process.execPath, ['--input-type=module', '-e', script, file])
  await once(child.stdout, 'data')
  const stop = async () => {
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
  }
  return { pid: child.pid, stop }
}

/** A database that a simulator has left, and where it is. */
async function leftFile(): Promise<{ folder: string; file: string }> {
  const folder = emptyFolder()
  const file = join(folder, 'sim.db')
  await (await createSimulator({ data: file })).close()
  return { folder, file }
}

async function expectOpens(data: string): Promise<void> {
  await (await createSimulator({ data })).close()
}

describe('a database that another process has', () => {
  it.each([
    {
      what: 'a symbolic link to it',
      link: (folder: string, file: string) => symlinkSync(file, join(folder, 'link.db')),
    },
    {
      what: 'a link in another folder to a link',
      link: (folder: string, file: string) => {
        mkdirSync(join(folder, 'other'))
        symlinkSync(file, join(folder, 'other', 'first.db'))
        symlinkSync(join('other', 'first.db'), join(folder, 'link.db'))
      },
    },
  ])('is refused by $what, which names both and who has it', async ({ link }) => {
    const { folder, file } = await leftFile()
    link(folder, file)
    const holder = await holderOf(file)
    const error = await refusalOf(join(folder, 'link.db'))
    expect(error.message).toBe(
      `${folder}/link.db (a link to ${file}) is in use by the simulator of process ${holder.pid}.`,
    )
    expect(error.fix).toBe('stop that one, or choose another --data')
    await holder.stop()
    await expectOpens(join(folder, 'link.db'))
    // Log and lock stand beside the file, whatever it was called.
    expect(readdirSync(folder).filter((name) => name.startsWith('link'))).toEqual(['link.db'])
  })

  it('is refused by a link to its folder', async () => {
    const { folder, file } = await leftFile()
    const holder = await holderOf(file)
    const link = join(emptyFolder(), 'link')
    symlinkSync(folder, link)
    const { message } = await refusalOf(join(link, 'sim.db'))
    expect(message).toContain(`is in use by the simulator of process ${holder.pid}.`)
  })

  it('is refused by the name where a link has put it, before it was there', async () => {
    const folder = emptyFolder()
    symlinkSync('new/sim.db', join(folder, 'link.db'))
    const holder = await holderOf(join(folder, 'link.db'))
    const { message } = await refusalOf(join(folder, 'new', 'sim.db'))
    expect(message).toContain(`is in use by the simulator of process ${holder.pid}.`)
  })

  it('is refused by a hard link beside it, and by who has it', async () => {
    const { folder, file } = await leftFile()
    const holder = await holderOf(file)
    linkSync(file, join(folder, 'hard.db'))
    const { message } = await refusalOf(join(folder, 'hard.db'))
    expect(message).toBe(
      `${folder}/hard.db, which is also ${file} (a hard link), is in use by the simulator of process ${holder.pid}.`,
    )
  })

  it('is refused by the name to which it was moved meanwhile, again and again', async () => {
    const { file } = await leftFile()
    const holder = await holderOf(file)
    const moved = join(emptyFolder(), 'moved.db')
    renameSync(file, moved)
    for (let tries = 0; tries < 2; tries++) {
      const error = await refusalOf(moved)
      expect(error.message).toContain(`${moved} is in use under another name`)
      expect(error.fix).toContain('move the file back')
    }
    await holder.stop()
    await expectOpens(moved)
  })
})

describe('a database with a second name', () => {
  it('is refused by either, until one of them is gone', async () => {
    const { folder, file } = await leftFile()
    const other = join(emptyFolder(), 'hard.db')
    linkSync(file, other)
    for (const name of [file, other]) {
      const error = await refusalOf(name)
      expect(error.message).toContain(`${name} has a second name (hard link)`)
      expect(error.fix).toContain('remove one of the names')
    }
    rmSync(other)
    await expectOpens(file)
    linkSync(file, join(folder, 'beside.db'))
    const { message } = await refusalOf(file)
    expect(message).toContain(`has a second name (hard link), ${folder}/beside.db, under which`)
  })

  it('is another one when it is a copy', async () => {
    const { folder, file } = await leftFile()
    const sim = await createSimulator({ data: file })
    onTestFinished(() => sim.close())
    copyFileSync(file, join(folder, 'copy.db'))
    await expectOpens(join(folder, 'copy.db'))
  })
})

/** The modes of a database and all that stands beside it. */
function modesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      (statSync(join(folder, name)).mode & 0o777).toString(8),
    ]),
  )
}

const files = ['', '-owner', '-owner-journal', '-owner.txt', '-shm', '-wal']
const all_private = Object.fromEntries(files.map((end) => [`sim.db${end}`, '600']))

describe('what stands on the disk', () => {
  it.each(['000', '022', '777'])('is for its user alone, made with the mask %s', async (umask) => {
    const folder = emptyFolder()
    await holderOf(join(folder, 'sim.db'), Number.parseInt(umask, 8))
    expect(modesOf(folder)).toEqual(all_private)
  })

  it('is taken from the others when it was theirs to read, also what a killed process left', async () => {
    const folder = emptyFolder()
    const file = join(folder, 'sim.db')
    const holder = await holderOf(file)
    await holder.stop()
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
    await holderOf(file)
    expect(modesOf(folder)).toEqual(all_private)
  })
})
