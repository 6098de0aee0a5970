import { isIPv6 } from 'node:net'
import type { Server } from 'node:tls'
import { readHost } from '../../auth/guard.ts'
import { played_hosts } from '../../core/locate.ts'
import { type KeyPair, makeLeaf } from './authority.ts'

const local_hosts = ['localhost', '127.0.0.1', '::1']
/** WeChat's, as far as we play any: below the first one are most of them. */
const wechat_names = [
  'weixin.qq.com',
  ...played_hosts.filter((host) => !host.endsWith('.weixin.qq.com')),
]
/** Bound to these, a server has no name by it. */
const everywhere = ['0.0.0.0', '::']

/** Under which names a server is asked for besides WeChat's and this machine's own. */
export interface ServerNames {
  /** Where it is bound. */
  readonly host: string
  readonly publicUrl: string | undefined
  readonly allowedHosts: readonly string[]
}

/** What an authority of ours must be able to vouch for. */
export function authorityHosts(names: ServerNames): string[] {
  return [...wechat_names, ...ownHosts(names)]
}

function ownHosts({ host, publicUrl, allowedHosts }: ServerNames): string[] {
  const publicHost = publicUrl === undefined ? [] : [new URL(publicUrl).hostname]
  const others = [host, ...publicHost, ...allowedHosts]
    .map((name) => nameOf(name))
    .filter((name) => name !== '' && !everywhere.includes(name))
  return [...new Set([...local_hosts, ...others])]
}

/** As certificates spell it: without brackets, in lower case; a wildcard stays one. Empty: it is no host. */
function nameOf(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/u, '$1')
  const below = bare.startsWith('*.') ? '*.' : ''
  const name = bare.slice(below.length)
  const read = readHost(isIPv6(name) ? `[${name}]` : name)
  return read ? below + read.name : ''
}

/** The server's certificate, which is made anew before it ends, however long the process runs. */
export class Certificates {
  /** PEM. */
  readonly ca: string
  readonly #authority: KeyPair
  readonly #hosts: readonly string[]
  /** Unix milliseconds of real time. */
  readonly #now: () => number
  #leaf: ReturnType<typeof makeLeaf> | undefined

  constructor(authority: KeyPair, names: ServerNames, now: () => number) {
    this.ca = authority.cert
    this.#authority = authority
    this.#hosts = [...played_hosts, ...ownHosts(names)]
    this.#now = now
  }

  /** The same one until another is due. */
  get current(): KeyPair {
    const now = this.#now()
    if (!this.#leaf || now >= this.#leaf.renew_at)
      this.#leaf = makeLeaf(this.#authority, this.#hosts, now)
    return this.#leaf
  }

  /** Has a server show what is current to each connection. */
  serve(server: Server): void {
    let held = this.current
    server.setSecureContext(held)
    server.prependListener('connection', () => {
      if (held === this.current) return
      held = this.current
      server.setSecureContext(held)
    })
  }
}
