import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { SMTPServer, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import { Call } from '../core/call.ts'
import type { Engine } from '../core/engine.ts'
import { run } from '../core/run.ts'
import type { Answer } from '../core/surface.ts'
import { StartError } from '../start-error.ts'
import { readEmail } from '../world/address.ts'
import { default_world, namedWorld } from '../world/world.ts'
import { recipients_max, sendEmail, text_length_max } from './endpoints.ts'
import { type Mail, readMail } from './mail.ts'
import { refusal, sendReply } from './smtp-reply.ts'
import { sinkSurface } from './surface.ts'

const mail_bytes_max = 1_048_576
const clients_max = 50
const silence_ms_max = 60_000
const close_ms = 500
const free_port_tries = 20

/** A mail server that listens. */
export interface Mailbox {
  readonly port: number
  close(): Promise<void>
}

/**
 * Takes mails by SMTP: the user name is the world, any password will do, and without one it is the world `default`. Each mail is
 * a call of `email.send`, with the method SMTP. Port 0 takes a free one; `localhost` means both loopback families.
 */
export async function listenSmtp(
  engine: Engine,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Mailbox> {
  // Loaded where it is wanted alone.
  const { SMTPServer: Server } = await import('smtp-server')
  const make = () => {
    const server: SMTPServer = new Server(optionsOf(engine, (session) => socketOf(server, session)))
    return server
  }
  const servers = await bindAll(make, { port, host })
  return {
    port: portOf(servers[0]),
    async close() {
      await Promise.all(servers.map((server) => new Promise<void>((done) => server.close(done))))
    },
  }
}

type SocketOf = (session: SMTPServerSession) => Socket

/** Which connection a session is on: the library tells, to whoever asks for more than answers. */
function socketOf(server: SMTPServer, session: SMTPServerSession): Socket {
  const own = [...server.connections].find((one) => one.session === session)
  if (!own) throw new Error('the session has no connection')
  return own._socket
}

function optionsOf(engine: Engine, socketOf: SocketOf): SMTPServerOptions {
  return {
    banner: 'TUPU simulator',
    size: mail_bytes_max,
    maxClients: clients_max,
    socketTimeout: silence_ms_max,
    closeTimeout: close_ms,
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    logger: false,
    onAuth({ username = '' }, _session, answer) {
      isWorld(engine, username).then(
        (isThere) =>
          isThere
            ? answer(null, { user: username })
            : answer(refusal(535, `there is no world ${username}: the user name is the world`)),
        () => answer(refusal(454, 'the simulator cannot look for the world now')),
      )
    },
    onRcptTo({ address }, { envelope }, answer) {
      if (readEmail(address) === undefined) return answer(refusal(501, 'this is no email address'))
      if (envelope.rcptTo.length < recipients_max) return answer(null)
      return answer(refusal(452, `at most ${recipients_max} recipients`))
    },
    onData(stream, session, answer) {
      buffer(stream)
        .then(async (mail) => {
          if (stream.sizeExceeded) return answer(too_large)
          const content = await readable(mail)
          if (!content) return answer(unreadable)
          const way = { socket: socketOf(session), say: answer, closing: engine.closing }
          return sendReply(await deliver(engine, session, content), way)
        })
        .catch(() => answer(refusal(451, 'the mail could not be kept')))
    },
  }
}

const too_large = refusal(552, `a mail has at most ${mail_bytes_max} bytes`)
/** What cannot be read today cannot be read tomorrow: no sender should try it again. */
const unreadable = refusal(554, 'the mail cannot be read: it nests too deep')

function readable(mail: Buffer): Promise<Mail | undefined> {
  return readMail(mail, text_length_max).catch(() => undefined)
}

function isWorld({ store, realNow }: Engine, name: string): Promise<boolean> {
  const real = realNow()
  return store.unit('smtp.world', ({ db }) => namedWorld(db, name, real) !== undefined)
}

/** Makes a mail the call that it is. */
async function deliver(
  engine: Engine,
  { envelope, user, remoteAddress }: SMTPServerSession,
  { from, ...content }: Mail,
): Promise<Answer> {
  const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
  const to = envelope.rcptTo.map(({ address }) => address)
  const body = Buffer.from(JSON.stringify({ to, from: from || sender, ...content }))
  const world = user ?? default_world
  const headers = { 'content-type': 'application/json' }
  const { path } = sendEmail
  // As the same call would be made over HTTP.
  const url = user === undefined ? path : `/w/${encodeURIComponent(user)}${path}`
  const request = { method: 'SMTP', url, headers, body, ip: remoteAddress, origin: '' }
  const address = { world, person: undefined, path }
  const surface = sinkSurface
  return run(
    new Call({ engine, surface, endpoint: sendEmail, request, address, pathFields: {} } as never),
  )
}

interface Place {
  readonly port: number
  readonly host: string
}

/** A free port of one family may be taken in the other: then the next free one is tried. */
async function bindAll(make: () => SMTPServer, { port, host }: Place): Promise<SMTPServer[]> {
  for (let tries = 1; ; tries++) {
    try {
      if (host !== 'localhost') return [await bind(make(), { port, host })]
      const v4 = await bind(make(), { port, host: '127.0.0.1' })
      const v6 = await bindSecond(make, v4)
      return v6 ? [v4, v6] : [v4]
    } catch (error) {
      const again = port === 0 && codeOf(error) === 'EADDRINUSE' && tries < free_port_tries
      if (!again) throw whyNot(error, port)
    }
  }
}

/** The same port of the other family; undefined: the machine has only one. */
async function bindSecond(make: () => SMTPServer, v4: SMTPServer): Promise<SMTPServer | undefined> {
  try {
    return await bind(make(), { port: portOf(v4), host: '::1' })
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) return undefined
    await new Promise<void>((done) => v4.close(done))
    throw error
  }
}

function bind(server: SMTPServer, { port, host }: Place): Promise<SMTPServer> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      // A connection that breaks off is nobody's mistake.
      server.on('error', () => {})
      resolve(server)
    })
  })
}

function portOf(server: SMTPServer | undefined): number {
  const address = server?.server.address()
  if (typeof address !== 'object' || address === null) throw new TypeError('not listening')
  return address.port
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

function whyNot(error: unknown, port: number): unknown {
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken: start with --smtp-port 0 (a free port) or another one.`,
    EACCES: `Port ${port} needs rights that this user has not: choose one above 1023, or --smtp-port 0.`,
  }
  const sentence = why[codeOf(error)]
  return sentence ? new StartError(sentence, { field: 'smtp_port', cause: error }) : error
}
