import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderOf, makeFolder } from './cli/folder.ts'
import type { Engine, SecureWays } from './core/engine.ts'
import { type Answers, type Listening, listenBoth } from './http/listen.ts'
import { listenProxy } from './http/proxy.ts'
import { type KeyPair, makeAuthority } from './http/tls/authority.ts'
import { authorityHosts, Certificates, type ServerNames } from './http/tls/certificates.ts'
import { keepAuthority, publishCertificate } from './http/tls/keep.ts'

/** Which ways in are wanted besides plain HTTP, and what answers there. */
export interface WantedWays extends Answers {
  /** Ports, 0: a free one; undefined: not this way. */
  readonly httpsPort: number | undefined
  readonly proxyPort: number | undefined
  readonly host: string
  /** Where the simulator listens by HTTP. */
  readonly url: string
  /** Beside it the authority is kept; of one in memory nothing is but the certificate, for as long as it runs. */
  readonly data: string
}

/** The ways in that are open. */
export interface OpenWays {
  readonly ways: SecureWays
  readonly httpsUrl: string | undefined
  readonly proxyUrl: string | undefined
  close(): Promise<void>
}

/** Opens HTTPS and the proxy, with an authority that is made when it is first needed. */
export async function openSecureWays(engine: Engine, wanted: WantedWays): Promise<OpenWays> {
  const { host, httpsPort, proxyPort, url, fetch, answer } = wanted
  const names = { host, ...engine.settings }
  const { pair, caFile, forget } = readAuthority(engine, wanted.data, names)
  const certificates = new Certificates(pair, names, engine.machineNow)
  const by = { certificates, host, fetch, ...(answer && { answer }) }
  const open: Listening[] = []
  const close = async () => {
    await Promise.all(open.map((one) => one.close()))
    forget()
  }
  const ways = { ca: pair.cert, caFile }
  try {
    const https = await openAt(httpsPort, open, (port) =>
      listenBoth({ ...by, port, setting: 'https_port' }),
    )
    const proxy = await openAt(proxyPort, open, (port) =>
      listenProxy({ ...by, port, log: engine.log, simulator: url }),
    )
    const opened = {
      ...(https && { httpsPort: https.port }),
      ...(proxy && { proxyPort: proxy.port }),
    }
    return { ways: { ...ways, ...opened }, httpsUrl: https?.url, proxyUrl: proxy?.url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Listens where it is wanted, and notes what is to be closed. */
async function openAt(
  port: number | undefined,
  open: Listening[],
  listens: (port: number) => Promise<Listening>,
): Promise<Listening | undefined> {
  if (port === undefined) return undefined
  const listening = await listens(port)
  open.push(listening)
  return listening
}

interface Authority {
  readonly pair: KeyPair
  readonly caFile: string
  /** What was there for this run alone goes. */
  forget(): void
}

function readAuthority({ log, machineNow }: Engine, data: string, names: ServerNames): Authority {
  const hosts = authorityHosts(names)
  if (data === ':memory:') {
    const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-'))
    const pair = makeAuthority(hosts, machineNow())
    const forget = () => rmSync(folder, { recursive: true, force: true })
    return { pair, caFile: publishCertificate(folder, pair), forget }
  }
  const { pair, made, caFile } = keptAuthority(data, hosts, machineNow())
  if (made === 'first') log('info', 'ca.made', { file: caFile })
  if (made === 'again') log('warn', 'ca.made_anew', { file: caFile, fix: 'trust the new one' })
  return { pair, caFile, forget() {} }
}

/** The authority beside the data of a program, made if it is not there. */
export function keptAuthority(data: string, hosts: readonly string[], now: number) {
  const folder = folderOf(data)
  makeFolder(folder)
  return keepAuthority(folder, hosts, now)
}
