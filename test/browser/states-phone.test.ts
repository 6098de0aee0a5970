import { checkStates } from './states/check.ts'
import { phoneStates } from './states/phone.ts'

checkStates(phoneStates)
