/** What heads the outcomes of a group. */
export interface Group {
  readonly title: string
  readonly text: string
}

const groups: Readonly<Record<string, Group>> = {
  tupu: { title: 'What TUPU answers', text: 'Errcodes of the partner API, by its own table.' },
  wechat: { title: 'What WeChat answers', text: 'Errcodes that TUPU passes on from a send.' },
  receipt: { title: 'Receipts', text: 'What became of a message that was accepted.' },
  lookup: { title: 'Look-ups', text: 'The state in which the platform found a message.' },
  callback: { title: 'Callbacks', text: 'How the platform took what it was told.' },
  push: {
    title: 'Pushes',
    text: 'How the server of the official account took what WeChat pushed, and what it answered.',
  },
  review: { title: 'Template reviews', text: 'What WeChat decided about an application.' },
  oauth: {
    title: 'Web OAuth',
    text: 'How a candidate’s browser came to a page of the platform’s.',
  },
  fault: { title: 'Bad connections', text: 'What a fault did to a call of the partner API.' },
  fallback: { title: 'Fall-backs', text: 'What the platform sent when WeChat did not deliver.' },
}

/** The page of coverage in English. */
export const enCoverage = {
  title: 'Coverage',
  lead: 'Everything that can happen to a platform, what it has met here so far, and what a good one does.',
  world: 'World {world}',
  everywhere: 'All worlds',
  sum: '{met} of {of} outcomes met',
  groupSum: '{met} of {of}',
  met: '{hits}×',
  notMet: 'not met',
  provoke: 'To meet it: ',
  mobile: 'a send to `{mobile}`',
  since: {
    world: 'Hits since the world was made; a reset keeps them.',
    everywhere: 'Hits in all worlds that there are and were on this server.',
  },
  asData: 'The same for machines:',
  merge: 'Several runs together, with a floor for CI:',
  groups,
}
