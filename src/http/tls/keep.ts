import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from '../../start-error.ts'
import { isGoodAuthority, type KeyPair, makeAuthority } from './authority.ts'

/** The key, and the certificate that goes with it: one file, so that they always fit. Only this user reads it. */
export const key_file = 'ca-key.pem'
/** The certificate alone, for whoever is to trust it. */
export const cert_file = 'ca.pem'

const private_mode = 0o600
const public_mode = 0o644
const others = 0o077
const others_write = 0o022
/** No link is followed, and nothing waited for that is no file: on Windows neither is known. */
const own_file_only = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Why an authority was made: there was none, or the one there was ends soon or may not vouch for a host of ours. */
export type Made = 'first' | 'again'

/** The authority of a folder that is there, made when it is first asked for, and the file of its certificate. */
export function keepAuthority(
  folder: string,
  hosts: readonly string[],
  now: number,
): { readonly pair: KeyPair; readonly made: Made | undefined; readonly caFile: string } {
  const file = join(folder, key_file)
  try {
    const kept = readOrMake(file, hosts, now)
    return { ...kept, caFile: publishCertificate(folder, kept.pair) }
  } catch (error) {
    if (error instanceof StartError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`The key of the CA cannot be kept in ${file}: ${why}.`, {
      field: 'data',
      fix: 'Give --data a path that this user may write to, or use --data :memory:.',
      cause: error,
    })
  }
}

function readOrMake(file: string, hosts: readonly string[], now: number) {
  const kept = readPair(file)
  if (kept && isGoodAuthority(kept, hosts, now)) return { pair: kept, made: undefined }
  const pair = makeAuthority(hosts, now)
  // Another process may have been quicker: then its authority is the folder's.
  if (!writePair(file, pair, { over: kept !== undefined }))
    return { pair: readPair(file) ?? pair, made: undefined }
  return { pair, made: kept ? ('again' as const) : ('first' as const) }
}

/** Writes the certificate beside its key, unless it is there and nobody else can change it. Returns where. */
export function publishCertificate(folder: string, { cert }: KeyPair): string {
  const file = join(folder, cert_file)
  const held = openOwn(file)
  if (held?.text !== cert || !held.isOurs) replaceFile(file, cert, public_mode)
  return file
}

/** Puts a file in the place of what is there, in one step: nobody sees half of it, and no link is followed. */
export function replaceFile(file: string, content: string | Buffer, mode: number): void {
  const draft = draftOf(file)
  try {
    rmSync(draft, { force: true })
    writeFileSync(draft, content, { mode, flag: 'wx' })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function draftOf(file: string): string {
  return join(dirname(file), `.tupu-sim-draft-${process.pid}`)
}

/** False: a file has come there meanwhile. */
function writePair(file: string, { key, cert }: KeyPair, { over }: { over: boolean }): boolean {
  const text = key + cert
  if (over) {
    replaceFile(file, text, private_mode)
    return true
  }
  const draft = draftOf(file)
  rmSync(draft, { force: true })
  writeFileSync(draft, text, { mode: private_mode, flag: 'wx' })
  try {
    putNew(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** In one step, where the file system has links; else nearly. */
function putNew(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    copyFileSync(draft, file, constants.COPYFILE_EXCL)
  }
}

/** A key that others can read, or may have laid there, is no secret. */
function readPair(file: string): KeyPair | undefined {
  const held = openOwn(file)
  if (!held) return undefined
  const [key] =
    /-----BEGIN RSA PRIVATE KEY-----[\s\S]*?-----END RSA PRIVATE KEY-----\r?\n/u.exec(held.text) ??
    []
  const [cert] =
    /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\r?\n/u.exec(held.text) ?? []
  if (held.isSecret && key !== undefined && cert !== undefined && isPair(key, cert))
    return { key, cert }
  const fault = held.isSecret ? 'holds none' : 'may be known to others'
  throw new StartError(`The key of the CA in ${file} ${fault}.`, {
    field: 'data',
    fix: 'Remove the file. The next start then creates a new CA, which clients must be told to trust.',
  })
}

function isPair(key: string, cert: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

interface Held {
  readonly text: string
  /** Nobody else can read it. */
  readonly isSecret: boolean
  /** Nobody else can change it. */
  readonly isOurs: boolean
}

/** A file itself, and not what a link leads to; undefined: there is nothing. */
function openOwn(file: string): Held | undefined {
  let fd: number
  try {
    fd = openSync(file, own_file_only)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    if (codeOf(error) === 'ELOOP') return { text: '', isSecret: false, isOurs: false }
    throw error
  }
  try {
    const facts = fstatSync(fd)
    const isMine = process.getuid === undefined || facts.uid === process.getuid()
    const mode = process.platform === 'win32' ? 0 : facts.mode
    const isOurs = facts.isFile() && isMine && (mode & others_write) === 0
    const text = facts.isFile() ? readFileSync(fd, 'utf8') : ''
    return { text, isOurs, isSecret: isOurs && (mode & others) === 0 }
  } finally {
    closeSync(fd)
  }
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
