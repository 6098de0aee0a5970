const NODE_MAJOR_MIN = 22

/** Why this Node is too old to read the program, in one sentence; undefined: it is not. Reads on any Node. */
export function refuseOldNode(name: string): string | undefined {
  const found = process.versions.node
  if (Number.parseInt(found, 10) >= NODE_MAJOR_MIN) return undefined
  return `${name} needs Node ${NODE_MAJOR_MIN} or newer, and this is Node ${found} (${process.execPath}).`
}
