import type { OfficialAccountRow } from '../../../db/schema.ts'

/** What the phone answers a page that asks for something. */
type Answer =
  /** It is done. */
  | 'ok'
  /** As if the person had thought better of it: this phone has no camera, no place and no wallet. */
  | 'cancel'
  /** What it is asked to go on with cannot be there. */
  | 'fail'
  /** Nothing, until the person does what the page listens for. */
  | 'wait'

/* Every name that a page may put into `jsApiList`, by the answer. Source: developers.weixin.qq.com, JS-SDK, appendix 2. */
const names: Readonly<Record<Answer, string>> = {
  ok: 'checkJsApi closeWindow getNetworkType hideAllNonBaseMenuItem hideMenuItems hideOptionMenu openLocation previewImage showAllNonBaseMenuItem showMenuItems showOptionMenu stopSearchBeacons updateAppMessageShareData updateTimelineShareData',
  cancel:
    'addCard chooseCard chooseImage chooseWXPay consumeAndShareCard getLocation openAddress openBusinessView openCard openEnterpriseChat openEnterpriseRedPacket openProductSpecificView scanQRCode startRecord startSearchBeacons launchMiniProgram',
  fail: 'downloadImage downloadVoice getLocalImgData pauseVoice playVoice stopRecord stopVoice translateVoice uploadImage uploadVoice',
  wait: 'onMenuShareAppMessage onMenuShareQQ onMenuShareQZone onMenuShareTimeline onMenuShareWeibo onSearchBeacons onVoicePlayEnd onVoiceRecordEnd',
}

/** Every such name with the answer. */
export const js_apis: ReadonlyMap<string, Answer> = new Map(
  (Object.keys(names) as Answer[]).flatMap((answer) =>
    names[answer].split(' ').map((name) => [name, answer] as const),
  ),
)

/** What shares a page, for which an account must be verified. Source: the platform's permission list. */
const sharing = /^(?:onMenuShare|update)/

/** Of the names that a page asks for, those that the account may use; WeChat overlooks what it does not know. */
export function permittedApis(
  { kind, verified }: Pick<OfficialAccountRow, 'kind' | 'verified'>,
  asked: readonly unknown[],
): string[] {
  const mayShare = verified === 1 || kind === 'sandbox'
  const known = asked.filter((name): name is string => js_apis.has(name as string))
  return [...new Set(known)].filter((name) => mayShare || !sharing.test(name))
}
