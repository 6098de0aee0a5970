import { checkStates } from './states/check.ts'
import { journalStates } from './states/journal.ts'

checkStates(journalStates)
