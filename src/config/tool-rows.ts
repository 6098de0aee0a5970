import type { Row } from './settings.ts'

/** The settings of commands that start none. */
export const tool_rows = {
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
    but: { contract: 'text' },
    places: ['flag'],
    commands: ['ca', 'contract'],
    meaning:
      'How to write the certificate: pem, p12 or truststore (of Java); the password of both is changeit. Of contract, how to write the report: text, json or junit',
    zh: '证书的格式：pem、p12 或 truststore（Java 用）；后两者的密码是 changeit。contract 为报告的格式：text、json 或 junit',
  },
  out: {
    type: 'text',
    places: ['flag'],
    commands: ['ca', 'contract', 'bundle'],
    meaning:
      'File to write the certificate to, else it is printed. Of contract export, the folder to write to; of bundle, the file, else tupu-sim-{world}.bundle.json',
    zh: '把证书写入该文件；不填则打印出来。contract export 为写入的文件夹；bundle 为文件，不填则为 tupu-sim-{world}.bundle.json',
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
  target: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['contract', 'replay'],
    meaning:
      'Address of the partner to ask, without the base path of the profile. Of replay: the simulator in which to make the world, else in this process',
    zh: '要询问的伙伴的地址，不含配置的基础路径。replay：在哪个模拟器中重建世界，不填则在本进程内',
  },
  profile: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['contract'],
    meaning:
      'How that partner speaks: the file of a profile, or the name of a shipped one; else our own contract',
    zh: '该伙伴的接口写法：配置文件，或随包附带的配置名；不填则为我们自己的约定',
  },
  eid: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['contract'],
    meaning: 'EID of the account to ask for',
    zh: '以哪个账号的 EID 询问',
  },
  mobile: {
    type: 'list',
    places: ['flag', 'env'],
    commands: ['contract'],
    meaning:
      'Mobiles that are registered at the account; messages go to the first, and to no other',
    zh: '已在该账号登记的手机号；消息只发给第一个',
  },
  unbound: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['contract'],
    meaning: 'A mobile of yours that is registered nowhere; else what needs one is not tried',
    zh: '你的一个未登记的手机号；不填则不做需要它的检查',
  },
  send: {
    type: 'switch',
    default: 'false',
    places: ['flag'],
    commands: ['contract'],
    meaning: 'Send messages, too: without it only look-ups are made',
    zh: '也发送消息；不填则只做查询',
  },
  partner_secret: {
    type: 'text',
    places: ['env'],
    commands: ['contract'],
    meaning: 'The partner secret of the account. No flag, because process lists show flags',
    zh: '账号的伙伴密钥。没有命令行参数，因为进程列表会显示参数',
  },
  partner_secret_file: {
    type: 'text',
    places: ['flag', 'env'],
    commands: ['contract'],
    meaning: 'File that holds the partner secret',
    zh: '存放伙伴密钥的文件',
  },
  world: {
    type: 'text',
    default: 'default',
    places: ['flag'],
    commands: ['bundle'],
    meaning: 'World to bundle',
    zh: '要打包的世界',
  },
  seed_too: {
    type: 'switch',
    default: 'false',
    places: ['flag'],
    commands: ['bundle'],
    meaning:
      'Put the seed into the file also where others can reach the server: secrets follow from it, and without it there is no replay',
    zh: '即使他人可以访问服务器，也把种子写入文件：密钥由它推出，没有它就不能重做',
  },
} as const satisfies Record<string, Row>
