import type { TopicName } from '../words/docs/topic.ts'
import type { Words } from '../words/en.ts'

/** Topics as one reads them, under the headings of the contents. */
export const topic_groups: readonly {
  readonly group: keyof Words['docs']['groups']
  readonly topics: readonly TopicName[]
}[] = [
  { group: 'begin', topics: ['start', 'sending', 'handle', 'registration'] },
  {
    group: 'test',
    topics: ['tests', 'worlds', 'clock', 'faults', 'wait', 'sinks', 'drills', 'snapshots'],
  },
  { group: 'understand', topics: ['journal', 'rules', 'errors'] },
  {
    group: 'connect',
    topics: ['sdk', 'recipes', 'signature', 'profiles', 'configuration', 'docker', 'sandbox'],
  },
]

/** All topics in this order. */
export const topic_names: readonly TopicName[] = topic_groups.flatMap(({ topics }) => topics)

/** Places of the one long page that the documentation was: where on the first page they lead now. */
export const old_places: Readonly<Partial<Record<TopicName, string>>> = {
  start: 'start',
  worlds: 'worlds',
  registration: 'pages',
  errors: 'fidelity',
  signature: 'signature',
  faults: 'magic',
  profiles: 'profiles',
  journal: 'decisions',
}

/** Whether an address names a topic. */
export function isTopicName(name: string): name is TopicName {
  return (topic_names as readonly string[]).includes(name)
}
