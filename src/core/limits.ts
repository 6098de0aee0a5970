/** What a simulator takes on at most. */
export interface Limits {
  /** Worlds at once; `_unattributed` is none. */
  readonly worlds_max: number
  /** Pieces of due work in one advance of a clock: it then stops, and says that it is not settled. */
  readonly advance_jobs_max: number
  /** How long whoever is called outside may take to answer: a remote WeChat (all calls of one send together), a platform's callback. */
  readonly answer_ms_max: number
  /** Snapshots of one world, and the bytes of all of them together. */
  readonly snapshots_max: number
  readonly snapshot_bytes_max: number
}

export const limits: Limits = {
  worlds_max: 1000,
  advance_jobs_max: 10_000,
  answer_ms_max: 5000,
  snapshots_max: 20,
  snapshot_bytes_max: 256 * 1024 * 1024,
}
