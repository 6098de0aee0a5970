import { checkStates } from './states/check.ts'
import { faultStates } from './states/faults.ts'

checkStates(faultStates)
