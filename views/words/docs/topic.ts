/** A page of the documentation that is written by hand. */
export interface Topic {
  readonly title: string
  /** What it is for, in one sentence. */
  readonly lead: string
  readonly parts: readonly TopicPart[]
}

export interface TopicPart {
  /** Unique in its topic: where links lead to. */
  readonly id: string
  readonly title: string
  readonly text: readonly string[]
  /** What is to be pasted, after the text; and what is to be said of it. */
  readonly code?: SampleName
  readonly after?: readonly string[]
  readonly list?: readonly string[]
  /** What is made from data, after the text. */
  readonly show?:
    | 'outcomes'
    | 'drills'
    | 'settings'
    | 'rules'
    | 'fidelity'
    | 'profile'
    | 'partners'
    | 'tupu'
    | 'wechat'
    | 'sink'
    | 'problems'
}

/** Topics by the name in their address, in the order in which one reads them. */
export type TopicName =
  | 'start'
  | 'sending'
  | 'handle'
  | 'registration'
  | 'signature'
  | 'tests'
  | 'worlds'
  | 'clock'
  | 'faults'
  | 'wait'
  | 'sinks'
  | 'drills'
  | 'snapshots'
  | 'journal'
  | 'rules'
  | 'errors'
  | 'sdk'
  | 'recipes'
  | 'profiles'
  | 'configuration'
  | 'docker'
  | 'sandbox'

/** Pieces of code that topics show. */
export type SampleName =
  | 'run'
  | 'environment'
  | 'send'
  | 'look'
  | 'message'
  | 'find'
  | 'generate'
  | 'callback'
  | 'registered'
  | 'oauth'
  | 'signed'
  | 'world'
  | 'vitestTest'
  | 'nodeTest'
  | 'test'
  | 'pytestFixture'
  | 'pytestTest'
  | 'pytestRun'
  | 'junit'
  | 'advance'
  | 'freeze'
  | 'busy'
  | 'contract'
  | 'lost'
  | 'sequence'
  | 'faults'
  | 'faultTest'
  | 'magic'
  | 'wait'
  | 'verify'
  | 'waitTest'
  | 'sms'
  | 'email'
  | 'contacts'
  | 'audit'
  | 'auditTest'
  | 'snapshot'
  | 'snapshotTest'
  | 'coverage'
  | 'drill'
  | 'drillTest'
  | 'explain'
  | 'check'
  | 'explainTest'
  | 'exchanges'
  | 'stream'
  | 'trace'
  | 'sdk'
  | 'hosts'
  | 'ca'
  | 'proxied'
  | 'hostsFile'
  | 'coWechatApi'
  | 'wechatApi'
  | 'nodeEasywechat'
  | 'wechatpy'
  | 'werobot'
  | 'easywechat'
  | 'wxjava'
  | 'silenceper'
  | 'powerwechat'
  | 'senparc'
  | 'commands'
  | 'file'
  | 'image'
  | 'imageRun'
  | 'compose'
  | 'containersNode'
  | 'containersPython'
  | 'sandboxTemplate'
  | 'tunnel'
  | 'connect'
  | 'publish'
  | 'sendReally'

/** What English and Chinese say alike of the documentation. */
export type Topics = Readonly<Record<TopicName, Topic>>
