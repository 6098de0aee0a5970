import type { Command } from './commands.ts'
import { type SettingName, Values } from './values.ts'

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
  /** The same in Chinese, for the documentation. */
  readonly zh: string
}

type Row = Pick<Setting, 'type' | 'default' | 'but' | 'meaning' | 'zh'> &
  Partial<Pick<Setting, 'commands'>> & { readonly places?: readonly Place[] }

const everywhere: readonly Place[] = ['flag', 'env', 'file']

const rows: Record<SettingName, Row> = {
  port: {
    type: 'number',
    default: '8878',
    but: { exec: '0' },
    commands: ['serve', 'exec', 'ready'],
    meaning: 'Port to listen on; 0 takes a free one. Of exec the flag alone counts',
    zh: '监听的端口；0 取一个空闲端口。exec 只看命令行参数',
  },
  host: {
    type: 'text',
    default: 'localhost',
    commands: ['serve', 'ready', 'ca'],
    meaning: 'Host to bind; localhost is 127.0.0.1 and ::1, 0.0.0.0 is every network',
    zh: '监听的地址；localhost 是 127.0.0.1 和 ::1，0.0.0.0 是所有网络',
  },
  smtp_port: {
    type: 'number',
    commands: ['serve', 'exec'],
    meaning:
      'Port to take e-mails on by SMTP, whose user name is the world; 0 takes a free one. Off when it is not given',
    zh: '用 SMTP 接收邮件的端口，用户名即世界；0 为任一空闲端口。不填则不开启',
  },
  https_port: {
    type: 'number',
    commands: ['serve', 'exec'],
    meaning:
      'Port to listen on by HTTPS, with a certificate of an own CA; 0 takes a free one. Off when it is not given',
    zh: '用 HTTPS 监听的端口，证书由自己的 CA 签发；0 取一个空闲端口。不填则不开启',
  },
  proxy_port: {
    type: 'number',
    but: { proxy: '8879' },
    commands: ['serve', 'exec'],
    meaning:
      "Port of a proxy that answers for WeChat's hosts, and for no others; 0 takes a free one. Off when it is not given",
    zh: '代理的端口：它代微信的域名应答，其他域名一概拒绝；0 取一个空闲端口。不填则不开启',
  },
  data: {
    type: 'text',
    commands: ['serve', 'ca'],
    default: '.tupu-sim/sim.db',
    meaning: 'Where the worlds live: the path of a file, :memory: or postgres://…',
    zh: '世界存放在哪里：文件路径、:memory: 或 postgres://…',
  },
  demo: {
    type: 'switch',
    default: 'true',
    commands: ['serve', 'exec'],
    meaning: 'Make the demo world `default` when there is none yet',
    zh: '还没有演示世界 `default` 时建立它',
  },
  seed: {
    type: 'text',
    commands: ['serve', 'exec'],
    meaning: 'Seed of worlds that name none',
    zh: '没有写明种子的世界所用的种子',
  },
  public_url: {
    type: 'text',
    commands: ['serve', 'ca'],
    meaning: 'Origin of all links, when it is not the one that a request came to',
    zh: '所有链接的起始地址，与请求到达的地址不同时使用',
  },
  trust_proxy: {
    type: 'switch',
    default: 'false',
    meaning: 'Believe the X-Forwarded-* headers of a proxy in front',
    zh: '相信前面代理的 X-Forwarded-* 请求头',
  },
  allowed_hosts: {
    type: 'list',
    commands: ['serve', 'ca'],
    meaning: 'More host names under which it may be asked for, or *.name for all below one',
    zh: '还可以用哪些主机名访问，或用 *.name 表示其下的全部',
  },
  control_token: {
    type: 'text',
    places: ['env'],
    meaning:
      'Token for the control API, console and phone, of 16 characters or more. No flag, because process lists show flags, ' +
      'and no key of the file, because files are committed: use the variable or control_token_file',
    zh: '控制接口、操作页面和手机的令牌，至少 16 个字符。没有命令行参数，因为进程列表会显示参数；也不能写在文件里，因为文件会提交：请用环境变量或 control_token_file',
  },
  control_token_file: {
    type: 'text',
    meaning: 'File that holds the control token',
    zh: '存放控制令牌的文件',
  },
  partner_open: {
    type: 'switch',
    default: 'false',
    meaning: 'Give new accounts no partner secret, although the server is exposed',
    zh: '他人可以访问时，仍不给新账号伙伴密钥',
  },
  ready_file: {
    type: 'text',
    meaning: 'File to write as {"url","env"} once ready, removed at the end',
    zh: '就绪后写入 {"url","env"}、结束时删除的文件',
  },
  print: {
    type: 'text',
    default: 'text',
    meaning: 'How to print the environment: text (NAME=value lines) or json (one line)',
    zh: '环境变量的打印方式：text（每行一个 NAME=value）或 json（一行）',
  },
  quiet: {
    type: 'switch',
    default: 'false',
    meaning: 'Do not show each call in a line, which is done where standard error is a terminal',
    zh: '不逐行显示每次调用；标准错误是终端时默认显示',
  },
  profiles: {
    type: 'profiles',
    places: ['file'],
    commands: ['serve', 'exec'],
    meaning: 'Partner profiles',
    zh: '伙伴配置',
  },
  worlds: {
    type: 'worlds',
    places: ['file'],
    commands: ['serve', 'exec'],
    meaning: 'Worlds to make when they are not there yet, each as `world.create` takes it',
    zh: '还没有时要建立的世界，每个都与 `world.create` 所收的相同',
  },
  config: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['serve', 'exec', 'ready', 'check-config', 'ca'],
    meaning: 'Configuration file; else tupu-sim.config.json or .yaml of the working directory',
    zh: '配置文件；不填则用工作目录的 tupu-sim.config.json 或 .yaml',
  },
  url: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['ready'],
    meaning: 'Address of the simulator to ask; else the one that host and port name',
    zh: '要询问的模拟器地址；不填则由 host 和 port 得出',
  },
  wait: {
    type: 'duration',
    default: '0s',
    places: ['flag'],
    commands: ['ready'],
    meaning: 'How long to go on asking: 30s, 2m, PT30S',
    zh: '最多询问多久：30s、2m、PT30S',
  },
  coverage: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['exec'],
    meaning: 'File to write at the end with what the program has met, as coverage.get answers it',
    zh: '结束时把程序遇到的结果写入该文件，与 coverage.get 的应答相同',
  },
  min: {
    type: 'number',
    default: '0',
    places: ['flag'],
    commands: ['coverage'],
    meaning: 'Percentage of the outcomes that must have been met, else the exit code is 1',
    zh: '至少要遇到的结果所占的百分比，否则退出码为 1',
  },
  format: {
    type: 'text',
    default: 'pem',
    places: ['flag'],
    commands: ['ca'],
    meaning:
      'How to write the certificate: pem, p12 or truststore (of Java); the password of both is changeit',
    zh: '证书的格式：pem、p12 或 truststore（Java 用）；后两者的密码是 changeit',
  },
  out: {
    type: 'text',
    places: ['flag'],
    commands: ['ca'],
    meaning: 'File to write the certificate to, else it is printed',
    zh: '把证书写入该文件；不填则打印出来',
  },
  schema: {
    type: 'switch',
    default: 'false',
    places: ['flag'],
    commands: ['check-config'],
    meaning: 'Print the JSON Schema of configuration files, and check none',
    zh: '打印配置文件的 JSON Schema，不做检查',
  },
  token: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['check-push'],
    meaning: 'Token of the server configuration, which signs what is pushed',
    zh: '服务器配置的令牌（Token），推送用它签名',
  },
  aes_key: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['check-push'],
    meaning: 'EncodingAESKey of the server configuration, 43 characters; of modes compat and aes',
    zh: '服务器配置的 EncodingAESKey，43 个字符；compat 和 aes 模式使用',
  },
  appid: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['check-push'],
    meaning: 'Appid of the account, which stands in what is encrypted; of modes compat and aes',
    zh: '公众号的 appid，写在密文里；compat 和 aes 模式使用',
  },
  mode: {
    type: 'text',
    places: ['flag'],
    commands: ['check-push'],
    meaning: 'How pushes are encrypted: plain, compat or aes; else aes with a key, plain without',
    zh: '推送的加密方式：plain、compat 或 aes；不填时有密钥为 aes，没有为 plain',
  },
  json: {
    type: 'switch',
    default: 'false',
    places: ['flag'],
    commands: ['check-push'],
    meaning: 'Print the report as one JSON document',
    zh: '把报告打印成一个 JSON',
  },
}

/** Whether a setting belongs to a command. `proxy` is `serve` with one port more, and has its settings. */
export function isFor({ commands: of }: Setting, command: Command): boolean {
  return of.includes(command === 'proxy' ? 'serve' : command)
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
    zh,
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
    zh,
  }
}
