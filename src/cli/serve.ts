import { resolve } from 'node:path'
import { isLoopbackHost, isPublicUrl } from '../auth/guard.ts'
import { isContinuousIntegration, loadConfig, startBy, type Values } from '../config.ts'
import type { Log } from '../core/engine.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { version } from '../version.ts'
import { type GeneratedToken, generatedToken } from './control-token.ts'
import { folderOf, isFile, makeFolder } from './folder.ts'
import { claimReadyFile, removeReadyFile, writeReadyFile } from './ready-file.ts'
import { stopSignal } from './stop-signal.ts'
import { callsTo, logTo, type Out, type Terminal } from './terminal.ts'

/** `tupu-sim serve`: runs until it is told to stop. So does `tupu-sim proxy`, with the proxy open. */
export async function serve(
  args: readonly string[],
  terminal: Terminal,
  command: 'serve' | 'proxy' = 'serve',
): Promise<number> {
  const config = await loadConfig({ command, args })
  const { values } = config
  const log = logTo(terminal)
  const stopped = stopSignal()
  if (values.ready_file !== undefined) await claimReadyFile(values.ready_file)
  if (isFile(values.data)) makeFolder(folderOf(values.data))
  const exposed = !isLoopbackHost(values.host)
  const generated =
    exposed && values.control_token === undefined ? generatedToken(values.data) : undefined
  const options = {
    ...optionsFrom(values, { exposed, generated, log }),
    onCall: callsTo(terminal, values),
  }
  const sim = await startBy(config, () => createSimulator(options))
  try {
    await announce(sim, { values, generated, log, terminal })
    log('info', 'stopping', { signal: await stopped })
  } finally {
    try {
      if (values.ready_file !== undefined) removeReadyFile(values.ready_file)
    } finally {
      await sim.close()
    }
  }
  log('info', 'stopped')
  return 0
}

interface Exposure {
  exposed: boolean
  generated: GeneratedToken | undefined
  log: Log
}

function optionsFrom(values: Values, { exposed, generated, log }: Exposure) {
  const controlToken = values.control_token ?? generated?.token
  return {
    data: isFile(values.data) ? resolve(values.data) : values.data,
    demo: values.demo,
    trustProxy: values.trust_proxy,
    allowedHosts: values.allowed_hosts,
    partnerOpen: values.partner_open,
    profiles: values.profiles,
    worlds: values.worlds,
    exposed,
    log,
    ...(values.public_url !== undefined && { publicUrl: values.public_url }),
    ...(controlToken !== undefined && { controlToken }),
    ...(values.seed !== undefined && { seed: values.seed }),
  }
}

interface Announcement extends Pick<Exposure, 'generated' | 'log'> {
  values: Values
  terminal: Terminal
}

/** Listens, and tells everybody who waits for it: the reader, the log, the ready file. */
async function announce(sim: Simulator, { values, generated, log, terminal }: Announcement) {
  const { port, host, smtp_port: smtpPort, https_port: httpsPort, proxy_port: proxyPort } = values
  const where = await sim.listen({ port, host, smtpPort, httpsPort, proxyPort })
  const { url, httpsUrl, proxyUrl } = where
  const env = await sim.env()
  if (values.ready_file !== undefined) writeReadyFile(values.ready_file, { url, env })
  const json = values.print === 'json'
  terminal.stdout.write(json ? `${JSON.stringify({ url, env })}\n` : environmentLines(env))
  const secure = { ...(httpsUrl && { https: httpsUrl }), ...(proxyUrl && { proxy: proxyUrl }) }
  log('info', 'listening', { url, ...secure, data: values.data, version, pid: process.pid })
  const { public_url } = values
  if (public_url !== undefined && isLoopbackHost(host) && isPublicUrl(public_url)) {
    const fix = 'start with --host 0.0.0.0, and control API and pages want the control token'
    log('warn', 'open to whoever reaches the public URL', { public_url, fix })
  }
  if (generated === undefined) return
  log('info', 'control token needed', { file: generated.file })
  if (!json && isPrivate(terminal.stdout)) {
    terminal.stdout.write(environmentLines({ TUPU_SIM_CONTROL_TOKEN: generated.token }))
  }
}

/** Somebody looks at it, and nothing keeps it. */
function isPrivate(out: Out): boolean {
  return out.isTTY === true && !isContinuousIntegration()
}

/** `NAME=value` lines that shells and .env files read alike. */
function environmentLines(env: Record<string, string>): string {
  const quoted = (value: string) =>
    /^[\w@%+=:,./~-]*$/u.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
  return Object.entries(env)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join('')
}
