import { checkStates } from './states/check.ts'
import { inboxStates } from './states/inbox.ts'

checkStates(inboxStates)
