/** Words of a command line that may stand before, between and behind its flags. */
export interface Sorted {
  readonly names: readonly string[]
  readonly flags: readonly string[]
}

/** Tells names from flags; each flag has a value, but for `switches`. */
export function sortOut(args: readonly string[], switches: readonly string[] = []): Sorted {
  const names: string[] = []
  const flags: string[] = []
  const queue = [...args]
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (!arg.startsWith('-')) names.push(arg)
    else if (arg.includes('=') || switches.includes(arg)) flags.push(arg)
    else flags.push(arg, ...queue.splice(0, 1))
  }
  return { names, flags }
}
