import { checkStates } from './states/check.ts'
import { wechatStates } from './states/wechat.ts'

checkStates(wechatStates)
