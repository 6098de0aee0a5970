/**
 * What may happen in an epoch that somebody waits for. Whoever writes it announces it; all who wait are told of the end of an
 * epoch besides.
 */
export const topics = {
  /** A message has come into a state, as a new one or from another. */
  messagesIn: (state: string) => `messages ${state}`,
  /** The same of one mobile (E.164), whatever the state. */
  messagesTo: (mobile: string) => `messages ${mobile}`,
  /** A message has come into another state. */
  message: (message: string) => `message ${message}`,
  /** What a person's phone shows has changed, by something between the person and an official account. */
  phone: (person: string) => `phone ${person}`,
  /** What is cached by the world's version has changed. */
  version: 'version',
  /** The clock was moved, stopped or set going. */
  clock: 'clock',
  /** Work falls due at a virtual instant. */
  due: (at: number) => `due ${at}`,
  ended: 'ended',
} as const

/** A topic of an epoch, as it is announced. */
export function announcement(epoch: number, topic: string): string {
  return `${epoch} ${topic}`
}

/** Takes an announcement apart. */
export function readAnnouncement(text: string): { epoch: number; topic: string; rest: string } {
  const [epoch = '', topic = '', rest = ''] = text.split(' ')
  return { epoch: Number(epoch), topic, rest }
}
