import { refuseOldNode } from './old-node.ts'

/** The first import of every way in: on a Node that is too old it ends there, before anything that such a Node cannot run. */
const refusal = refuseOldNode('tupu-simulator')
if (refusal !== undefined) throw new Error(refusal)
