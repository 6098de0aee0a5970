import { checkStates } from './states/check.ts'
import { registerStates } from './states/register.ts'

checkStates(registerStates)
