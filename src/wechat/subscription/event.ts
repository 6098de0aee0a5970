import type { OfficialAccountRow, SubscriptionRow } from '../../../db/schema.ts'
import type { XmlField } from '../../core/xml.ts'
import { pushEvent } from '../push/push.ts'

type Call = Parameters<typeof pushEvent>[0]

/** Of a sheet on a web page. Source: subscribe_msg_popup_event; 2 is an article. */
const popup_scene = '1'

/** Lets WeChat push what a person has answered on the sheet that asks. */
export function pushAnswer(
  call: Call,
  account: OfficialAccountRow,
  { openid, template_id, answer }: Pick<SubscriptionRow, 'openid' | 'template_id' | 'answer'>,
): void {
  push(
    call,
    account,
    openid,
    ['subscribe_msg_popup_event', 'SubscribeMsgPopupEvent'],
    [
      ['TemplateId', template_id],
      ['SubscribeStatusString', answer],
      ['PopupScene', { bare: popup_scene }],
    ],
  )
}

/** The same of whom it is refused in the phone's settings. An official sample names the group of the pop-up; SDKs read this one. */
export function pushChange(
  call: Call,
  account: OfficialAccountRow,
  { openid, template_id }: Pick<SubscriptionRow, 'openid' | 'template_id'>,
): void {
  push(
    call,
    account,
    openid,
    ['subscribe_msg_change_event', 'SubscribeMsgChangeEvent'],
    [
      ['TemplateId', template_id],
      ['SubscribeStatusString', 'reject'],
    ],
  )
}

/** The number that goes with a message that somebody blocks is not published: ours. */
const blocked = { code: '43101', status: 'user refuse to accept the msg' }

/** The same of what became of a notification. */
export function pushSent(
  call: Call,
  account: OfficialAccountRow,
  of: {
    readonly openid: string
    readonly template_id: string
    readonly msgid: string
    readonly isBlocked: boolean
  },
): void {
  const { openid, template_id, msgid, isBlocked } = of
  push(
    call,
    account,
    openid,
    ['subscribe_msg_sent_event', 'SubscribeMsgSentEvent'],
    [
      ['TemplateId', template_id],
      ['MsgID', { bare: msgid }],
      ['ErrorCode', { bare: isBlocked ? blocked.code : '0' }],
      ['ErrorStatus', isBlocked ? blocked.status : 'success'],
    ],
  )
}

function push(
  call: Call,
  account: OfficialAccountRow,
  openid: string,
  [event, group]: readonly [string, string],
  item: readonly XmlField[],
): void {
  pushEvent(call, { account, openid, event, fields: [[group, [['List', item]]]] })
}
