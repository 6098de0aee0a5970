import { checkStates } from './states/check.ts'
import { consoleStates } from './states/console.ts'

checkStates(consoleStates)
