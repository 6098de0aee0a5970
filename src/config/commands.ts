/** The commands of the program. */
export const commands = [
  'serve',
  'proxy',
  'exec',
  'ready',
  'coverage',
  'check-config',
  'check-push',
  'profile',
  'contract',
  'ca',
  'bundle',
  'replay',
] as const

/** One of the program's commands. */
export type Command = (typeof commands)[number]
