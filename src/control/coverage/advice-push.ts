import { type Advice, advice } from './advise.ts'

/** Of what WeChat pushes to the server of an official account, and of what that answers. */
export const pushAdvices: Readonly<Record<string, Advice>> = {
  'push.unverified': advice(
    'Check the signature of the GET, and return the value of `echostr` as the whole body within five seconds.',
    '校验 GET 请求的签名，五秒内以 `echostr` 的值作为全部应答内容。',
    [
      '`official_account.update` with a `server` that answers anything else',
      '`official_account.update` 设置 `server`，而该服务器应答别的内容',
    ],
  ),
  'push.acknowledged': advice(
    'Check the signature, answer `success` or nothing within five seconds, and do the work afterwards.',
    '先验签，五秒内应答 `success` 或空内容，再做后续处理。',
    [
      '`server` of the official account, then `phone.text`; the server answers `success`',
      '公众号设 `server`，再 `phone.text`；服务器应答 `success`',
    ],
  ),
  'push.retried': advice(
    'Expect the same `MsgId` again (for events, the same `FromUserName` and `CreateTime`), and make sure that duplicates have no effect.',
    '相同的 `MsgId`（事件则为相同的 `FromUserName` 和 `CreateTime`）会再次到来，重复的推送不应产生任何影响。',
    ['a push that is answered with 500', '用 500 应答一次推送'],
  ),
  'push.given_up': advice(
    'After an outage of your own, catch up on what you missed: the followers, with `user/get`, and the outcomes of messages.',
    '自身故障恢复后重新读取错过的内容：用 `user/get` 读取关注者，并查询各消息的结果。',
    [
      'a push answered with 500 three times: `clock.advance` by a minute',
      '连续三次用 500 应答推送：`clock.advance` 快进一分钟',
    ],
  ),
  'push.illegal': advice(
    'Answer with XML of a known type, with sender and recipient swapped, or with `success`: for anything else, including JSON and error pages, the person sees a failure notice.',
    '应答须是已知类型、收发双方互换的 XML，或 `success`；其他内容（包括 JSON 和错误页）都会让用户看到服务故障的提示。',
    ['a push that is answered with JSON', '用 JSON 应答一次推送'],
  ),
  'push.reply_text': advice(
    'Answer with a text of at most 2048 bytes, never an empty one.',
    '文字回复不超过 2048 字节，且不能为空。',
    reply('text', '文字'),
  ),
  'push.reply_image': advice(
    'Upload the picture first, and answer with its `MediaId` before that expires.',
    '先上传图片，在有效期内以其 `MediaId` 回复。',
    reply('image', '图片'),
  ),
  'push.reply_voice': advice(
    'Upload the voice recording first, and answer with its `MediaId` before that expires.',
    '先上传语音，在有效期内以其 `MediaId` 回复。',
    reply('voice', '语音'),
  ),
  'push.reply_video': advice(
    'Upload the video first, and give it a title.',
    '先上传视频，并写上标题。',
    reply('video', '视频'),
  ),
  'push.reply_music': advice(
    'Give the music an address that a phone can play, and a `ThumbMediaId`.',
    '音乐须有手机能够播放的地址，并带上 `ThumbMediaId`。',
    reply('music', '音乐'),
  ),
  'push.reply_news': advice(
    'Answer a message with one article: if there are several, only the first is shown.',
    '回复用户消息时只放一篇图文：多于一篇也只显示第一篇。',
    reply('news', '图文'),
  ),
  'push.reply_transfer': advice(
    'Transfer the person to customer service, and make sure that somebody there answers.',
    '转给客服，并确保有人应答。',
    [
      'a push that is answered with `transfer_customer_service`',
      '用 `transfer_customer_service` 应答一次推送',
    ],
  ),
}

function reply(kind: string, zh: string): [en: string, zh: string] {
  return [
    `a push that is answered with a passive reply of kind ${kind}`,
    `用被动回复（${zh}）应答一次推送`,
  ]
}
