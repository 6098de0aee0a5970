import { isIPv6 } from 'node:net'
import { z } from 'zod'
import { token_length_min } from '../auth/control-token.ts'
import { readHost } from '../auth/guard.ts'
import { readDuration } from '../world/clock.ts'

const ON = new Set(['true', '1', 'yes', 'on'])
const OFF = new Set(['false', '0', 'no', 'off'])

const Text = z.string('Give a text.').trim().min(1, 'Give a text that is not empty.')

const portWanted = 'Give a whole number from 0 (any free port) to 65535.'
const Port = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,5}$/u.test(value) ? Number(value) : value),
  z.int(portWanted).min(0, portWanted).max(65_535, portWanted),
)

const percentWanted = 'Give a percentage from 0 to 100.'
const Percent = z.preprocess(
  (value) =>
    typeof value === 'string' && /^\d{1,3}(?:\.\d+)?$/u.test(value) ? Number(value) : value,
  z.number(percentWanted).min(0, percentWanted).max(100, percentWanted),
)

const Switch = z.preprocess((value) => {
  const word = typeof value === 'string' ? value.toLowerCase() : value
  if (typeof word !== 'string') return word
  return ON.has(word) ? true : OFF.has(word) ? false : word
}, z.boolean('Give true or false.'))

const Host = Text.toLowerCase()
  .transform((host) => host.replace(/^\[(.*)\]$/u, '$1'))
  .refine(isHost, 'Give host names or IP addresses alone, without scheme, port or path.')

/** A host, or all names below one. */
const HostPattern = Text.toLowerCase()
  .transform((host) => host.replace(/^\[(.*)\]$/u, '$1'))
  .refine(
    (host) => isHost(host.replace(/^\*\./u, '')),
    'Give host names or IP addresses alone, or *.name for all below one; without scheme, port or path.',
  )

const HostList = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter((part) => part.trim()) : value),
  z.array(HostPattern, 'Give a list of host names.'),
)

const Data = Text.refine(
  (data) => !/^[a-z][a-z\d+.-]+:\/\//iu.test(data) || /^postgres(?:ql)?:\/\//iu.test(data),
  'Give the path of a file, :memory: or postgres://….',
)

const Origin = Text.refine(
  isOrigin,
  'Give an address without a path: https://sim.example.com.',
).transform((text) => new URL(text).origin)

const Address = Text.refine(
  (text) => /^https?:$/u.test(URL.parse(text)?.protocol ?? ''),
  'Give an http or https address.',
)

const TextList = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter((part) => part.trim()) : value),
  z.array(Text, 'Give a list, by commas.'),
)

const Seed = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  Text.max(200, 'Give at most 200 characters.'),
)

/** What a header can carry: the control token is sent as `Authorization: Bearer`. */
const Token = z
  .string()
  .regex(/^[!-~]+$/u, 'Give visible ASCII characters without blanks.')
  .min(
    token_length_min,
    `Give at least ${token_length_min} characters, such as those of openssl rand -hex 16.`,
  )

const Duration = Text.transform((text, context) => {
  const ms = readDuration(text)
  if (ms !== undefined) return ms
  context.addIssue('Give a duration: 30s, 2m, 500ms or PT30S.')
  return z.NEVER
})

/** How the certificate of the CA is handed out. */
export const ca_formats = ['pem', 'p12', 'truststore'] as const

/** How the report of a contract is written. */
export const report_formats = ['text', 'json', 'junit'] as const

/** How what WeChat pushes is hidden. */
const push_modes = ['plain', 'compat', 'aes'] as const

/** Every setting's value, as whoever uses it gets it; the words are the way out of a wrong one. */
export const Values = z.object({
  port: Port,
  host: Host,
  smtp_port: Port.optional(),
  https_port: Port.optional(),
  proxy_port: Port.optional(),
  data: Data,
  demo: Switch,
  seed: Seed.optional(),
  public_url: Origin.optional(),
  trust_proxy: Switch,
  allowed_hosts: HostList.default([]),
  control_token: Token.optional(),
  control_token_file: Text.optional(),
  partner_open: Switch,
  ready_file: Text.optional(),
  print: z.enum(['text', 'json'], 'Give text or json.'),
  quiet: Switch,
  profiles: z.array(z.unknown(), 'Give a list of partner profiles.').default([]),
  worlds: z.array(z.unknown(), 'Give a list of worlds.').default([]),
  config: Text.optional(),
  url: Origin.optional(),
  wait: Duration,
  coverage: Text.optional(),
  min: Percent,
  format: z.enum(
    [...ca_formats, ...report_formats],
    'Give pem, p12 or truststore. Of contract: text, json or junit.',
  ),
  out: Text.optional(),
  schema: Switch,
  token: Text.optional(),
  aes_key: Text.regex(/^[A-Za-z0-9]{43}$/u, 'Give 43 letters and digits.').optional(),
  appid: Text.regex(/^wx[A-Za-z0-9]{16}$/u, 'Give wx and 16 letters and digits.').optional(),
  mode: z.enum(push_modes, 'Give plain, compat or aes.').optional(),
  json: Switch,
  target: Address.optional(),
  profile: Text.optional(),
  eid: Text.optional(),
  mobile: TextList.default([]),
  unbound: Text.optional(),
  send: Switch,
  partner_secret: Text.optional(),
  partner_secret_file: Text.optional(),
  world: Text,
  seed_too: Switch,
})

/** The values of all settings, named as in the configuration file. */
export type Values = z.output<typeof Values>

/** The name of a setting. */
export type SettingName = keyof Values

/** A name or an address as a Host header may carry it, but no port. */
function isHost(host: string): boolean {
  const read = readHost(isIPv6(host) ? `[${host}]` : host)
  return read !== undefined && read.port === undefined && !host.endsWith(':')
}

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return false
  return url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
}
