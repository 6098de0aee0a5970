import './needs-node.ts'

export type { CallAnswer, CallId, CallInput, Calling, CallingInWorld } from './call-types.ts'
export { runCli } from './cli/cli.ts'
export type { Log } from './core/engine.ts'
export type { Limits } from './core/limits.ts'
export type { CallListener, SeenCall } from './core/seen-call.ts'
export type {
  Audit,
  Checked,
  CheckInput,
  Contact,
  Drill,
  DrillInfo,
  DrillName,
  DrillOptions,
  Explained,
  Fault,
  FaultInfo,
  FaultInput,
  Snapshot,
} from './handles.ts'
export { AuditError } from './handles.ts'
export type { JournalBounds } from './journal/journal.ts'
export {
  CallError,
  createSimulator,
  type ListenInput,
  type ListenOutput,
  type ProfileData,
  type Simulator,
  type SimulatorOptions,
  type WorldHandle,
} from './simulator.ts'
export { StartError } from './start-error.ts'
export type {
  AccountInfo,
  Advanced,
  AssociationInfo,
  CallbackInfo,
  ContactFilter,
  ExchangeInfo,
  Expectation,
  MessageFilter,
  MessageInfo,
  PersonInfo,
  PushInfo,
  StepInfo,
  Waited,
  WaitOptions,
  WorldInput,
} from './world-handle.ts'
