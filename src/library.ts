import { refuseOldNode } from './old-node.ts'

/**
 * What `import 'tupu-simulator'` finds on a Node that is too old to read the program itself: one sentence. Newer ones find the
 * program, by the condition `module-sync` of package.json or else here.
 */
const refusal = refuseOldNode('tupu-simulator')
if (refusal !== undefined) throw new Error(refusal)

export const { CallError, createSimulator, runCli, StartError } = await import('./index.ts')
