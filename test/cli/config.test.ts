import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { helpText } from '../../src/cli/help.ts'
import {
  type ConfigSource,
  commands,
  environmentWith,
  loadConfig,
  settings,
} from '../../src/config.ts'
import { StartError } from '../../src/start-error.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A working directory with these files. */
function directory(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-config-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

interface Case extends Partial<Omit<ConfigSource, 'cwd'>> {
  files?: Record<string, string>
}

const load = ({ files, command = 'serve', args = [], env = {} }: Case) =>
  loadConfig({ command, args, env, cwd: directory(files) })

/** What the program says when it cannot start so. */
async function complaint(asked: Case): Promise<string> {
  const error = await load(asked).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof StartError)) throw new Error(`no StartError: ${error}`)
  return [error.message, error.fix].filter(Boolean).join(' ')
}

describe('where a setting comes from', () => {
  const file = { 'tupu-sim.config.yaml': 'port: 3' }
  const json = { 'tupu-sim.config.json': '{"port":4}' }
  const env = { TUPU_SIM_PORT: '2' }
  const args = ['--port', '1']

  it.each<Case & { when: string; port: number }>([
    { when: 'nobody says', port: 8878 },
    { when: 'the YAML file says', files: file, port: 3 },
    { when: 'the JSON file says', files: json, port: 4 },
    { when: 'environment and file say', env, files: file, port: 2 },
    { when: 'flag, environment and file say', args, env, files: file, port: 1 },
    { when: 'flag and file say', args, files: file, port: 1 },
    { when: 'the flag says it twice', args: [...args, '--port=5'], port: 5 },
    { when: 'the variable is empty', env: { TUPU_SIM_PORT: '' }, files: file, port: 3 },
    {
      when: 'a flag names another file',
      args: ['--config', 'my.yml'],
      files: { ...file, 'my.yml': 'port: 6' },
      port: 6,
    },
    {
      when: 'a variable names another file',
      env: { TUPU_SIM_CONFIG: 'my.json' },
      files: { ...file, 'my.json': '{"port":7}' },
      port: 7,
    },
    { when: 'the file is empty', files: { 'tupu-sim.config.yaml': '# port: 3\n' }, port: 8878 },
    {
      when: 'Kubernetes tells of a Service',
      env: {
        TUPU_SIM_PORT: 'tcp://10.0.0.1:8878',
        TUPU_SIM_SERVICE_HOST: '10.0.0.1',
        TUPU_SIM_PORT_8878_TCP_ADDR: '10.0.0.1',
        TUPU_SIM_SERVICE_PORT_HTTP: '8878',
      },
      port: 8878,
    },
  ])('the port is $port when $when', async ({ port, ...asked }) => {
    expect((await load(asked)).values.port).toBe(port)
  })

  it('knows the defaults of all others', async () => {
    expect((await load({})).values).toEqual({
      port: 8878,
      host: 'localhost',
      data: '.tupu-sim/sim.db',
      demo: true,
      trust_proxy: false,
      allowed_hosts: [],
      partner_open: false,
      print: 'text',
      quiet: false,
      profiles: [],
      worlds: [],
      wait: 0,
      min: 0,
      format: 'pem',
      schema: false,
      world: 'default',
      seed_too: false,
      json: false,
      mobile: [],
      send: false,
    })
  })

  it('knows that proxy is serve with one port more', async () => {
    const proxy = await load({
      command: 'proxy',
      args: ['--port', '0'],
      env: { TUPU_SIM_SEED: '7' },
    })
    const serve = await load({ args: ['--port', '0'], env: { TUPU_SIM_SEED: '7' } })
    expect(proxy.values).toEqual({ ...serve.values, proxy_port: 8879 })
    const chosen = await load({ command: 'proxy', env: { TUPU_SIM_PROXY_PORT: '0' } })
    expect(chosen.values.proxy_port).toBe(0)
  })

  it.each([
    { args: ['--no-demo'], env: {}, is: { demo: false } },
    { args: ['--demo=off'], env: {}, is: { demo: false } },
    { args: ['--trust-proxy'], env: {}, is: { trust_proxy: true } },
    { args: [], env: { TUPU_SIM_PARTNER_OPEN: '1' }, is: { partner_open: true } },
    { args: ['--host', '[::1]'], env: {}, is: { host: '::1' } },
    { args: ['--seed', '42'], env: {}, is: { seed: '42' } },
    { args: ['--data', 'postgres://u@h/db'], env: {}, is: { data: 'postgres://u@h/db' } },
    {
      args: ['--public-url', 'HTTPS://Sim.example.com/'],
      env: {},
      is: { public_url: 'https://sim.example.com' },
    },
    {
      args: [],
      env: { TUPU_SIM_ALLOWED_HOSTS: 'Sim.example.com, ::1, *.corp.example,' },
      is: { allowed_hosts: ['sim.example.com', '::1', '*.corp.example'] },
    },
    {
      args: [],
      env: { TUPU_SIM_READY_FILE: 'ready.json', TUPU_SIM_PRINT: 'json' },
      is: { ready_file: 'ready.json', print: 'json' },
    },
  ])('reads $args $env as $is', async ({ args, env, is }) => {
    expect((await load({ args, env })).values).toMatchObject(is)
  })

  it('takes every setting that files may hold from a file, profiles and worlds as they are', async () => {
    const profiles = [{ name: 'private', base: '/x', answers: { success: { body: [1] } } }]
    const worlds = [{ name: 'ci', clock: { mode: 'frozen' } }]
    const said = {
      port: 0,
      host: '0.0.0.0',
      smtp_port: 0,
      https_port: 0,
      proxy_port: 0,
      data: ':memory:',
      demo: false,
      seed: 7,
      public_url: 'http://a',
      trust_proxy: true,
      allowed_hosts: ['a.example'],
      partner_open: true,
      ready_file: 'r',
      print: 'json',
      quiet: true,
      profiles,
      worlds,
    }
    const { values } = await load({ files: { 'tupu-sim.config.json': JSON.stringify(said) } })
    expect(values).toMatchObject({ ...said, seed: '7' })
    const inFile = settings.filter((one) => one.inFile).map((one) => one.name)
    expect([...Object.keys(said), 'control_token_file'].toSorted()).toEqual(inFile.toSorted())
  })

  it('keeps what stands behind two dashes for the program', async () => {
    const { rest } = await load({
      command: 'exec',
      args: ['--seed', '1', '--', 'npm', '--port', '0'],
    })
    expect(rest).toEqual(['npm', '--port', '0'])
  })

  it('asks the address of TUPU_SIM_URL for ready, which serve ignores', async () => {
    const env = { TUPU_SIM_URL: 'http://sim:8878', TUPU_SIM_WORLD: 'default' }
    expect((await load({ command: 'ready', args: ['--wait', '30s'], env })).values).toMatchObject({
      url: 'http://sim:8878',
      wait: 30_000,
    })
    expect((await load({ env })).values.url).toBeUndefined()
  })

  it.each([
    { text: '500ms', ms: 500 },
    { text: '2m', ms: 120_000 },
    { text: 'PT1M30S', ms: 90_000 },
  ])('waits $ms ms for $text', async ({ text, ms }) => {
    expect((await load({ command: 'ready', args: ['--wait', text] })).values.wait).toBe(ms)
  })
})

describe('the control token', () => {
  const files = { token: 'token-from-the-file\n' }

  it.each<Case & { when: string; is: string }>([
    {
      when: 'set',
      env: { TUPU_SIM_CONTROL_TOKEN: 'token-from-the-environment' },
      is: 'token-from-the-environment',
    },
    {
      when: 'in a file that a variable names',
      env: { TUPU_SIM_CONTROL_TOKEN_FILE: 'token' },
      is: 'token-from-the-file',
    },
    {
      when: 'in a file that a flag names, although one is set',
      args: ['--control-token-file', 'token'],
      env: { TUPU_SIM_CONTROL_TOKEN: 'token-from-the-environment' },
      is: 'token-from-the-file',
    },
  ])('is $is when it is $when', async ({ is, when: _, ...asked }) => {
    expect((await load({ files, ...asked })).values.control_token).toBe(is)
  })

  it('is the one of the environment although the configuration file names another', async () => {
    const asked = { files: { ...files, 'tupu-sim.config.yaml': 'control_token_file: token' } }
    const env = { TUPU_SIM_CONTROL_TOKEN: 'token-from-the-environment' }
    expect((await load({ ...asked, env })).values.control_token).toBe('token-from-the-environment')
    expect((await load(asked)).values.control_token).toBe('token-from-the-file')
  })
})

describe('what cannot be understood', () => {
  const yaml = (text: string) => ({ 'tupu-sim.config.yaml': text })

  it.each<Case & { says: string }>([
    {
      args: ['--port', 'banana'],
      says: 'Flag --port is "banana". Give a whole number from 0 (any free port) to 65535.',
    },
    {
      args: ['--port=65536'],
      says: 'Flag --port is "65536". Give a whole number from 0 (any free port) to 65535.',
    },
    {
      args: ['--port', '-1'],
      says: 'Flag --port is "-1". Give a whole number from 0 (any free port) to 65535.',
    },
    {
      env: { TUPU_SIM_PORT: '80.5' },
      says: 'Environment variable TUPU_SIM_PORT is "80.5". Give a whole number from 0 (any free port) to 65535.',
    },
    {
      files: yaml('port: true'),
      says: 'tupu-sim.config.yaml:1 port: it is true; give a whole number from 0 (any free port) to 65535',
    },
    {
      files: yaml('port:'),
      says: 'tupu-sim.config.yaml:1 port: it is null; give a whole number from 0 (any free port) to 65535',
    },
    { args: ['--demo=maybe'], says: 'Flag --demo is "maybe". Give true or false.' },
    {
      env: { TUPU_SIM_DEMO: 'si' },
      says: 'Environment variable TUPU_SIM_DEMO is "si". Give true or false.',
    },
    {
      args: ['--host', 'http://a'],
      says: 'Flag --host is "http://a". Give host names or IP addresses alone, without scheme, port or path.',
    },
    {
      args: ['--host', 'a:80'],
      says: 'Flag --host is "a:80". Give host names or IP addresses alone, without scheme, port or path.',
    },
    { args: ['--host='], says: 'Flag --host is "". Give a text that is not empty.' },
    {
      args: ['--allowed-hosts', 'a,b/c'],
      says: 'Flag --allowed-hosts is "a,b/c". Give host names or IP addresses alone, or *.name for all below one; without scheme, port or path.',
    },
    {
      files: yaml('allowed_hosts: {a: b}'),
      says: 'tupu-sim.config.yaml:1 allowed_hosts: it is {"a":"b"}; give a list of host names',
    },
    {
      args: ['--data', 'mysql://u:pw@h/db'],
      says: 'Flag --data is "mysql://***@h/db". Give the path of a file, :memory: or postgres://….',
    },
    {
      args: ['--public-url', 'sim.example.com'],
      says: 'Flag --public-url is "sim.example.com". Give an address without a path: https://sim.example.com.',
    },
    {
      args: ['--public-url', 'https://a/b'],
      says: 'Flag --public-url is "https://a/b". Give an address without a path: https://sim.example.com.',
    },
    { args: ['--print', 'xml'], says: 'Flag --print is "xml". Give text or json.' },
    {
      files: yaml('profiles: {}'),
      says: 'tupu-sim.config.yaml:1 profiles: it is fields by name; give a list',
    },
    { files: yaml('seed: [1]'), says: 'tupu-sim.config.yaml:1 seed: it is [1]; give a text' },
    {
      command: 'ready',
      args: ['--wait', 'long'],
      says: 'Flag --wait is "long". Give a duration: 30s, 2m, 500ms or PT30S.',
    },
    {
      env: { TUPU_SIM_CONTROL_TOKEN: 'two words' },
      says: 'Environment variable TUPU_SIM_CONTROL_TOKEN is no token that can be sent. Give visible ASCII characters without blanks.',
    },
    {
      env: { TUPU_SIM_CONTROL_TOKEN: 'fifteen-letters' },
      says: 'Environment variable TUPU_SIM_CONTROL_TOKEN is too short for a secret. Give at least 16 characters, such as those of openssl rand -hex 16.',
    },
    {
      args: ['--control-token-file', 'token'],
      files: { token: 'fifteen-letters\n' },
      says: 'The content of token is too short for a secret. Give at least 16 characters, such as those of openssl rand -hex 16.',
    },
  ])('$says', async ({ says, ...asked }) => {
    expect(await complaint(asked)).toBe(says)
  })

  it.each<Case & { says: string }>([
    { args: ['--prot', '1'], says: 'Flag --prot is unknown. Did you mean --port?' },
    { args: ['--publicUrl', 'x'], says: 'Flag --publicUrl is unknown. Did you mean --public-url?' },
    { args: ['--no-dmeo'], says: 'Flag --no-dmeo is unknown. Did you mean --no-demo?' },
    { args: ['--no-port'], says: 'Flag --no-port is unknown.' },
    {
      env: { TUPU_SIM_PROT: '1' },
      says: 'Environment variable TUPU_SIM_PROT is unknown. Did you mean TUPU_SIM_PORT?',
    },
    {
      env: { TUPU_SIM_PUBLICURL: 'x' },
      says: 'Environment variable TUPU_SIM_PUBLICURL is unknown. Did you mean TUPU_SIM_PUBLIC_URL?',
    },
    {
      files: yaml('prot: 1'),
      says: 'tupu-sim.config.yaml:1 prot: there is no such field; did you mean port?',
    },
    {
      files: yaml('public-url: x'),
      says: 'tupu-sim.config.yaml:1 public-url: there is no such field; did you mean public_url?',
    },
    {
      files: yaml('wait: 1s'),
      says: 'tupu-sim.config.yaml:1 wait: it cannot be set in a file; use --wait',
    },
    {
      files: yaml('control_token: x'),
      says: 'tupu-sim.config.yaml:1 control_token: it cannot be set in a file; use TUPU_SIM_CONTROL_TOKEN',
    },
    {
      args: ['--control-token', 'x'],
      says: 'Flag --control-token would show its value in process lists. Set TUPU_SIM_CONTROL_TOKEN in the environment, or give --control-token-file.',
    },
    {
      args: ['--wait', '1s'],
      says: 'Flag --wait is not for tupu-sim serve. It belongs to: tupu-sim ready.',
    },
    {
      command: 'exec',
      args: ['--data', 'x'],
      says: 'Flag --data is not for tupu-sim exec. It belongs to: tupu-sim serve, tupu-sim ca.',
    },
    { args: ['--port'], says: 'Flag --port has no value. Write --port VALUE.' },
    { args: ['--port', '--demo'], says: 'Flag --port has no value. Write --port VALUE.' },
    { args: ['--no-demo=1'], says: 'Flag --no-demo takes no value.' },
    {
      args: ['8878'],
      says: '"8878" was not expected. The command comes first, each value behind its flag; see tupu-sim --help.',
    },
  ])('$says', async ({ says, ...asked }) => {
    expect(await complaint(asked)).toMatch(says)
  })

  it('names all flags when none is near', async () => {
    const said = await complaint({ args: ['--frobnicate'] })
    expect(said).toMatch(/^Flag --frobnicate is unknown. There are: --port, --host, .*--version\.$/)
    expect(said).not.toMatch('--wait')
  })

  it.each<Case & { says: RegExp }>([
    {
      files: yaml('port: [1'),
      says: /^tupu-sim\.config\.yaml:1: it cannot be understood: .+; correct the file: it is read as YAML$/,
    },
    {
      files: yaml('port: 1\nport: 2'),
      says: /^tupu-sim\.config\.yaml:2 port: it occurs twice; leave one of them out$/,
    },
    {
      files: { 'tupu-sim.config.json': '{"port":' },
      says: /^tupu-sim\.config\.json:1: it cannot be understood: .+; correct the file: it is read as JSON$/,
    },
    {
      files: yaml('- port'),
      says: /^tupu-sim\.config\.yaml:1: it does not contain settings by name; write one/,
    },
    {
      files: { 'tupu-sim.config.json': '1', 'tupu-sim.config.yaml': '' },
      says: /^There are two configuration files, tupu-sim\.config\.json and tupu-sim\.config\.yaml\. Keep one/,
    },
    {
      args: ['--config', 'missing.yaml'],
      says: /^Flag --config names missing\.yaml, which cannot be read: ENOENT.* Give the path/,
    },
    {
      env: { TUPU_SIM_CONFIG: 'missing.yaml' },
      says: /^Environment variable TUPU_SIM_CONFIG names missing\.yaml, which/,
    },
    {
      args: ['--control-token-file', 'missing'],
      says: /^Flag --control-token-file names a file that cannot be read: ENOENT.* Give the path/,
    },
    {
      files: yaml('port: 1\ncontrol_token_file: missing'),
      says: /^tupu-sim\.config\.yaml:2 control_token_file names a file that cannot be read: ENOENT/,
    },
    {
      args: ['--control-token-file', 'empty'],
      files: { empty: '\n' },
      says: /^The content of empty is no token that can be sent\. Give visible/,
    },
    {
      env: { TUPU_SIM_CONTROL_TOKEN: 'a', TUPU_SIM_CONTROL_TOKEN_FILE: 'b' },
      says: /^TUPU_SIM_CONTROL_TOKEN and TUPU_SIM_CONTROL_TOKEN_FILE are both set\. Unset one/,
    },
  ])('$says', async ({ says, ...asked }) => {
    expect(await complaint(asked)).toMatch(says)
  })

  it('cuts a long value short', async () => {
    expect(await complaint({ args: ['--print', 'x'.repeat(500)] })).toMatch(
      /^Flag --print is "x{79}…\. /,
    )
  })
})

describe('the table of settings', () => {
  it.each(settings.map((one) => [one.name, one] as const))(
    'spells %s alike everywhere',
    (name, one) => {
      if (one.flag) expect(one.flag).toBe(`--${name.replaceAll('_', '-')}`)
      if (one.env) expect(one.env).toBe(`TUPU_SIM_${name.toUpperCase()}`)
      expect(one.flag ?? one.env ?? one.inFile).toBeTruthy()
      expect(one.meaning).not.toBe('')
    },
  )
})

describe('the environment of a program that we start', () => {
  it('is ours, with what it must know of the simulator', () => {
    const block = { TUPU_EID: 'new', NO_PROXY: 'localhost' }
    expect(environmentWith(block, { HOME: '/home/li', TUPU_EID: 'old', GONE: undefined })).toEqual({
      HOME: '/home/li',
      TUPU_EID: 'new',
      NO_PROXY: 'localhost',
    })
  })

  it('keeps the hosts that need no proxy already, in both spellings', () => {
    const env = { NO_PROXY: 'corp.example', no_proxy: 'other.example' }
    expect(environmentWith({ NO_PROXY: 'localhost,::1' }, env)).toEqual({
      NO_PROXY: 'corp.example,localhost,::1',
      no_proxy: 'other.example,localhost,::1',
    })
  })
})

describe('what help says of a default', () => {
  it.each(commands)('is what %s holds when nothing is given', async (command) => {
    const { values } = await load({ command })
    const said = helpText(command).matchAll(/^ {2}--([a-z-]+).*?default ([^)]+)\)$/gmu)
    const held = [...said].map(([, flag = '', text]) => {
      const value = values[flag.replaceAll('-', '_') as keyof typeof values]
      return { flag, text: flag === 'wait' && value === 0 ? '0s' : String(value), said: text }
    })
    expect(held.filter((one) => one.text !== one.said)).toEqual([])
  })

  it('is a free port for exec, and none of its own for the others', () => {
    expect(helpText('exec')).toContain('--port NUMBER  (TUPU_SIM_PORT, default 0)')
    expect(helpText('serve')).toContain('--port NUMBER  (TUPU_SIM_PORT, default 8878)')
  })
})
