import { createSimulator } from '../../src/simulator.ts'
import { StartError } from '../../src/start-error.ts'

/** What a simulator says that cannot start on this data. */
export async function refusalOf(data: string): Promise<StartError> {
  const error: unknown = await createSimulator({ data }).then(
    (sim) => sim.close(),
    (refused: unknown) => refused,
  )
  if (!(error instanceof StartError)) throw new Error(`no StartError: ${error}`)
  return error
}
