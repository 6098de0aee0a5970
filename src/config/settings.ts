import { type SettingName, Values } from './values.ts'

/** The commands of the program. */
export const commands = ['serve', 'exec', 'ready', 'coverage', 'check-config'] as const

/** One of the program's commands. */
export type Command = (typeof commands)[number]

/** Where a value may be given; who comes first wins. */
export type Place = 'flag' | 'env' | 'file'

/** One setting: how it is spelled in each place, what it holds when nobody gives it, what it means. */
export interface Setting {
  readonly name: SettingName
  /** Absent where the setting cannot be given there. */
  readonly flag?: string
  readonly env?: string
  readonly inFile: boolean
  readonly type: 'text' | 'number' | 'switch' | 'list' | 'duration' | 'profiles' | 'worlds'
  /** As it would be written. */
  readonly default?: string
  /** The same of commands that have another. */
  readonly but?: Partial<Record<Command, string>>
  readonly commands: readonly Command[]
  readonly meaning: string
}

type Row = Pick<Setting, 'type' | 'default' | 'but' | 'meaning'> &
  Partial<Pick<Setting, 'commands'>> & { readonly places?: readonly Place[] }

const everywhere: readonly Place[] = ['flag', 'env', 'file']

const rows: Record<SettingName, Row> = {
  port: {
    type: 'number',
    default: '8878',
    but: { exec: '0' },
    commands: ['serve', 'exec', 'ready'],
    meaning: 'Port to listen on; 0 takes a free one. Of exec the flag alone counts',
  },
  host: {
    type: 'text',
    default: 'localhost',
    commands: ['serve', 'ready'],
    meaning: 'Host to bind; localhost is 127.0.0.1 and ::1, 0.0.0.0 is every network',
  },
  smtp_port: {
    type: 'number',
    commands: ['serve', 'exec'],
    meaning:
      'Port to take e-mails on by SMTP, whose user name is the world; 0 takes a free one. Off when it is not given',
  },
  data: {
    type: 'text',
    default: '.tupu-sim/sim.db',
    meaning: 'Where the worlds live: the path of a file, :memory: or postgres://…',
  },
  demo: {
    type: 'switch',
    default: 'true',
    commands: ['serve', 'exec'],
    meaning: 'Make the demo world `default` when there is none yet',
  },
  seed: { type: 'text', commands: ['serve', 'exec'], meaning: 'Seed of worlds that name none' },
  public_url: {
    type: 'text',
    meaning: 'Origin of all links, when it is not the one that a request came to',
  },
  trust_proxy: {
    type: 'switch',
    default: 'false',
    meaning: 'Believe the X-Forwarded-* headers of a proxy in front',
  },
  allowed_hosts: {
    type: 'list',
    meaning: 'More host names under which it may be asked for, or *.name for all below one',
  },
  control_token: {
    type: 'text',
    places: ['env'],
    meaning:
      'Token for the control API, console and phone, of 16 characters or more. No flag, because process lists show flags, ' +
      'and no key of the file, because files are committed: use the variable or control_token_file',
  },
  control_token_file: { type: 'text', meaning: 'File that holds the control token' },
  partner_open: {
    type: 'switch',
    default: 'false',
    meaning: 'Give new accounts no partner secret, although the server is exposed',
  },
  ready_file: {
    type: 'text',
    meaning: 'File to write as {"url","env"} once ready, removed at the end',
  },
  print: {
    type: 'text',
    default: 'text',
    meaning: 'How to print the environment: text (NAME=value lines) or json (one line)',
  },
  quiet: {
    type: 'switch',
    default: 'false',
    meaning: 'Do not show each call in a line, which is done where standard error is a terminal',
  },
  profiles: {
    type: 'profiles',
    places: ['file'],
    commands: ['serve', 'exec'],
    meaning: 'Partner profiles',
  },
  worlds: {
    type: 'worlds',
    places: ['file'],
    commands: ['serve', 'exec'],
    meaning: 'Worlds to make when they are not there yet, each as `world.create` takes it',
  },
  config: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['serve', 'exec', 'ready', 'check-config'],
    meaning: 'Configuration file; else tupu-sim.config.json or .yaml of the working directory',
  },
  url: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['ready'],
    meaning: 'Address of the simulator to ask; else the one that host and port name',
  },
  wait: {
    type: 'duration',
    default: '0s',
    places: ['flag'],
    commands: ['ready'],
    meaning: 'How long to go on asking: 30s, 2m, PT30S',
  },
  coverage: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['exec'],
    meaning: 'File to write at the end with what the program has met, as coverage.get answers it',
  },
  min: {
    type: 'number',
    default: '0',
    places: ['flag'],
    commands: ['coverage'],
    meaning: 'Percentage of the outcomes that must have been met, else the exit code is 1',
  },
  schema: {
    type: 'switch',
    default: 'false',
    places: ['flag'],
    commands: ['check-config'],
    meaning: 'Print the JSON Schema of configuration files, and check none',
  },
}

/** What a setting holds when nobody gives it to a command. */
export function defaultFor({ default: usual, but }: Setting, command: Command): string | undefined {
  return but?.[command] ?? usual
}

/** Every setting there is, in the order in which help shows them. */
export const settings: readonly Setting[] = Values.keyof().options.map(setting)

function setting(name: SettingName): Setting {
  const {
    places = everywhere,
    commands = ['serve'],
    type,
    meaning,
    but,
    default: usual,
  } = rows[name]
  return {
    name,
    ...(places.includes('flag') && { flag: `--${name.replaceAll('_', '-')}` }),
    ...(places.includes('env') && { env: `TUPU_SIM_${name.toUpperCase()}` }),
    inFile: places.includes('file'),
    type,
    ...(usual !== undefined && { default: usual }),
    ...(but && { but }),
    commands,
    meaning,
  }
}
