const node_min = '22.14'
/** What that one brought, and SQLite's binary asks for: an older Node crashes in it, without a word. */
const napi_min = 10

/** Why this Node is too old to run the program, in one sentence; undefined: it is not. Reads on any Node. */
export function refuseOldNode(name: string): string | undefined {
  const { node: found, napi } = process.versions
  const isNew = Number.parseInt(found, 10) >= Number.parseInt(node_min, 10)
  if (isNew && Number(napi) >= napi_min) return undefined
  return `${name} needs Node ${node_min} or newer, and this is Node ${found} (${process.execPath}).`
}
