import type { Row } from './settings.ts'

/** The settings of commands that run a simulator, or ask one. */
export const serving_rows = {
  port: {
    type: 'number',
    default: '8878',
    but: { exec: '0' },
    commands: ['serve', 'exec', 'ready', 'bundle'],
    meaning: 'Port to listen on; 0 takes a free one. Of exec the flag alone counts',
    zh: '监听的端口；0 取一个空闲端口。exec 只看命令行参数',
  },
  host: {
    type: 'text',
    default: 'localhost',
    commands: ['serve', 'ready', 'ca', 'bundle'],
    meaning: 'Host to bind; localhost is 127.0.0.1 and ::1, 0.0.0.0 is every network',
    zh: '监听的地址；localhost 是 127.0.0.1 和 ::1，0.0.0.0 是所有网络',
  },
  smtp_port: {
    type: 'number',
    commands: ['serve', 'exec'],
    meaning:
      'Port to take emails on by SMTP, whose user name is the world; 0 takes a free one. Off when it is not given',
    zh: '用 SMTP 接收邮件的端口，用户名即世界；0 为任一空闲端口。不填则不开启',
  },
  https_port: {
    type: 'number',
    commands: ['serve', 'exec'],
    meaning:
      'Port to listen on by HTTPS, with a certificate of its own CA; 0 takes a free one. Off when it is not given',
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
    commands: ['serve', 'bundle', 'replay'],
    meaning:
      'Token for the control API, console and phone, of 16 characters or more. No flag, because process lists show flags, ' +
      'and no key of the file, because files are committed: use the variable or control_token_file',
    zh: '控制接口、操作页面和手机的令牌，至少 16 个字符。没有命令行参数，因为进程列表会显示参数；也不能写在文件里，因为文件会提交：请用环境变量或 control_token_file',
  },
  control_token_file: {
    type: 'text',
    commands: ['serve', 'bundle', 'replay'],
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
    meaning: 'Partner profiles, each written out or the name of one that comes with the package',
    zh: '伙伴配置：写出内容，或写随包附带的配置名',
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
    commands: ['serve', 'exec', 'ready', 'check-config', 'ca', 'bundle', 'replay'],
    meaning: 'Configuration file; else tupu-sim.config.json or .yaml of the working directory',
    zh: '配置文件；不填则用工作目录的 tupu-sim.config.json 或 .yaml',
  },
  url: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['ready', 'bundle'],
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
} as const satisfies Record<string, Row>
