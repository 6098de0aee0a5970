import { resolve } from 'node:path'
import { ca_formats } from '../config/values.ts'
import { loadConfig } from '../config.ts'
import { StartError } from '../start-error.ts'
import { realNow } from '../world/clock.ts'
import type { Terminal } from './terminal.ts'

/** Everybody may read it: it is no secret. */
const public_mode = 0o644

/** `tupu-sim ca`: prints or writes the certificate of the authority beside the data, which is made if there is none yet. */
export async function ca(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = await loadConfig({ command: 'ca', args })
  const { data, out, host, public_url: publicUrl, allowed_hosts: allowedHosts } = values
  const format = ca_formats.find((one) => one === values.format)
  if (format === undefined) {
    const fix = 'Give pem, p12 or truststore.'
    throw new StartError(`Flag --format is "${values.format}".`, { field: 'format', fix })
  }
  if (data === ':memory:') {
    throw new StartError('The CA of a simulator in memory is known to that simulator alone.', {
      field: 'data',
      fix: 'Ask it: GET /ca on its own port, or read the file that TUPU_CA_FILE names.',
    })
  }
  const [{ hand_outs }, { authorityHosts }, { keptAuthority }] = await Promise.all([
    import('../http/tls/hand-out.ts'),
    import('../http/tls/certificates.ts'),
    import('../secure-ways.ts'),
  ])
  const hosts = authorityHosts({ host, publicUrl, allowedHosts })
  const { pair, made } = keptAuthority(data, hosts, realNow())
  if (made === 'again')
    terminal.stderr.write(
      'tupu-sim: the CA was created again; clients must be told to trust the new one\n',
    )
  const { bytes } = hand_outs[format](pair.cert)
  if (out !== undefined) await writeOut(out, bytes)
  else if (format === 'pem') terminal.stdout.write(bytes.toString())
  else writeBytes(terminal, bytes)
  return 0
}

async function writeOut(out: string, bytes: Buffer): Promise<void> {
  const { replaceFile } = await import('../http/tls/keep.ts')
  try {
    replaceFile(resolve(out), bytes, public_mode)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`The certificate cannot be written to ${out}: ${why}.`, {
      field: 'out',
      fix: 'Give a path in a folder that this user may write to.',
      cause,
    })
  }
}

function writeBytes({ stdout }: Terminal, bytes: Buffer): void {
  if (stdout.isTTY === true) {
    throw new StartError('A key store is no text for a terminal.', {
      field: 'out',
      fix: 'Name a file with --out FILE.',
    })
  }
  stdout.write(bytes)
}
