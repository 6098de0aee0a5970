import './needs-node.ts'

/**
 * What `import 'tupu-simulator'` finds on a Node that does not know the condition `module-sync` of package.json: the same as
 * elsewhere. Loaded late, for an old one could not even read it.
 */
export const { AuditError, CallError, createSimulator, runCli, StartError } = await import(
  './index.ts'
)
