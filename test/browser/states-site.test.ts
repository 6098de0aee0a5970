import { checkStates } from './states/check.ts'
import { siteStates } from './states/site.ts'

checkStates(siteStates)
