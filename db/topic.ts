/** Something that may happen in an epoch; `of` says to what. */
export interface Topic {
  readonly topic: string
  readonly of: string | number
}

/** What has happened where. */
export interface Announcement extends Topic {
  readonly epoch: number
}

/**
 * What may happen in an epoch that somebody waits for. Whoever writes it announces it; all who wait are told of the end of an
 * epoch besides.
 */
export const topics = {
  /** A message has come into a state, as a new one or from another. */
  messagesIn: (state: string): Topic => ({ topic: 'messages', of: state }),
  /** The same of one mobile (E.164), whatever the state. */
  messagesTo: (mobile: string): Topic => ({ topic: 'messages', of: mobile }),
  /** A message has come into another state. */
  message: (message: string): Topic => ({ topic: 'message', of: message }),
  /** Something was written into the journal. */
  exchanges: { topic: 'exchanges', of: '' },
  /** A callback was made, or has come into another state. */
  callbacks: { topic: 'callbacks', of: '' },
  /** A push was made, or has come into another state. */
  pushes: { topic: 'pushes', of: '' },
  /** A mobile (E.164) was registered at an account. */
  registered: (mobile: string): Topic => ({ topic: 'registered', of: mobile }),
  /** A file of registrations was read on, or is read no further. */
  imports: { topic: 'imports', of: '' },
  /** Something has happened in the life of an account that its checklist tells; but for what `version` tells already. */
  life: { topic: 'life', of: '' },
  /** Somebody was sent an SMS or an e-mail. */
  contacts: { topic: 'contacts', of: '' },
  /** What a person's phone shows has changed, by something between the person and an official account. */
  phone: (person: string): Topic => ({ topic: 'phone', of: person }),
  /** What is cached by the world's version has changed. */
  version: { topic: 'version', of: '' },
  /** The clock was moved, stopped or set going. */
  clock: { topic: 'clock', of: '' },
  /** Work falls due at a virtual instant. */
  due: (at: number): Topic => ({ topic: 'due', of: at }),
  ended: { topic: 'ended', of: '' },
} as const

/** An announcement as it is told to other processes. */
export function announcementText({ epoch, topic, of }: Announcement): string {
  return `${epoch} ${topic} ${of}`
}

export function readAnnouncement(text: string): Announcement {
  const [epoch = '', topic = '', ...of] = text.split(' ')
  return { epoch: Number(epoch), topic, of: of.join(' ') }
}
