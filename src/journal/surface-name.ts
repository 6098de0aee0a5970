/** The surfaces of the journal, by which exchanges are chosen: those that are called, and on which we call out. */
export const surface_names = [
  'tupu',
  'wechat',
  'register',
  'phone',
  'control',
  'console',
  'gateway',
  'callback',
  'push',
  'sink',
] as const
