/** What heads the outcomes of a group. */
export interface Group {
  readonly title: string
  readonly text: string
}

const groups: Readonly<Record<string, Group>> = {
  tupu: { title: 'TUPU errcodes', text: 'Errcodes of the partner API.' },
  wechat: { title: 'WeChat errcodes', text: 'Errcodes that TUPU passes on from a send.' },
  receipt: { title: 'Receipts', text: 'Outcomes of accepted messages.' },
  lookup: { title: 'Look-ups', text: 'States in which the platform found a message.' },
  callback: { title: 'Callbacks', text: 'How the platform responded to callbacks.' },
  push: {
    title: 'Pushes',
    text: 'How the server of the official account responded to the pushes of WeChat.',
  },
  review: { title: 'Template reviews', text: 'Decisions of WeChat on applications.' },
  oauth: {
    title: 'Web OAuth',
    text: 'How candidates reached a page of the platform.',
  },
  fault: { title: 'Bad connections', text: 'Faults in calls of the partner API.' },
  fallback: { title: 'Fallbacks', text: 'What the platform sent when WeChat did not deliver.' },
}

/** The page of coverage in English. */
export const enCoverage = {
  title: 'Coverage',
  lead: 'What can happen to a platform, what it has met so far, and how a good platform responds.',
  world: 'World {world}',
  everywhere: 'All worlds',
  sum: '{met} of {of} outcomes met',
  groupSum: '{met} of {of}',
  met: '{hits}×',
  notMet: 'not met',
  provoke: 'To trigger it: ',
  mobile: 'a send to `{mobile}`',
  since: {
    world: 'Hits since the world was created. A reset keeps them.',
    everywhere: 'Hits in all worlds of this server, past and present.',
  },
  asData: 'As data:',
  merge: 'Merge several runs, with a minimum for CI:',
  groups,
}
