export { runCli } from './cli/cli.ts'
export {
  CallError,
  createSimulator,
  type ProfileData,
  type Simulator,
  type SimulatorOptions,
  type WorldHandle,
  type WorldInput,
} from './simulator.ts'
export { StartError } from './start-error.ts'
