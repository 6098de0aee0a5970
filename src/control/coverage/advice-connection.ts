import { type Advice, advice } from './advise.ts'

/** Of what faults do to the connection of a call, and of what a platform sends when WeChat has not delivered. */
export const connectionAdvices: Readonly<Record<string, Advice>> = {
  'fault.answer_lost': advice(
    'Look the message up by `client_msg_id`, or send it again with that id: it was accepted, only the answer was lost.',
    '按 `client_msg_id` 查询，或用同一编号重发：消息已受理，丢的只是应答。',
    [
      '`fault.create` with `{"stage":"after","transport":"reset"}`, then a send',
      '`fault.create`：`{"stage":"after","transport":"reset"}`，再发送',
    ],
  ),
  'fault.unreachable': advice(
    'Set a timeout, retry a few times with the same `client_msg_id`, then fall back; do not block other work meanwhile.',
    '设置超时，用同一 `client_msg_id` 重试几次后改发短信或邮件，期间不阻塞其他工作。',
    [
      '`fault.create` with `{"transport":"reset"}` (or `empty`, `hang`), then a send',
      '`fault.create`：`{"transport":"reset"}`（或 `empty`、`hang`），再发送',
    ],
  ),
  'fault.slow': advice(
    'Wait in a separate queue, for longer than slow answers take, and do not treat slowness as failure too early.',
    '在独立队列中等待，时限要长于缓慢的应答；不要过早把慢当成失败。',
    [
      '`fault.create` with `{"delay":"PT3S"}`, then a send',
      '`fault.create`：`{"delay":"PT3S"}`，再发送',
    ],
  ),
  'fault.garbage': advice(
    'Expect that an answer may not be JSON, keep the raw text for your operators, and treat it like no answer.',
    '读取应答时要预料它不是 JSON；保留原文供运维查看，并视同没有应答。',
    [
      '`fault.create` with `{"transport":"garbage"}` (or `truncate`, `answer`), then a send',
      '`fault.create`：`{"transport":"garbage"}`（或 `truncate`、`answer`），再发送',
    ],
  ),
  'fallback.sms': advice(
    'Send by SMS what WeChat did not deliver, once and soon: `audit.get` checks this.',
    '微信未送达的内容，尽快用短信说一次，只说一次：由 `audit.get` 评判。',
    [
      'a send to `19900043004`, then `POST /sink/sms` to that mobile',
      '发送到 `19900043004`，再向该手机号 `POST /sink/sms`',
    ],
  ),
  'fallback.email': advice(
    'Give the email address in the send, and email it once if WeChat did not deliver.',
    '发送时给出邮箱地址；微信未送达时向它发一封邮件，只发一封。',
    [
      'a send to `19900043004` with `email`, then `POST /sink/email` to that address',
      '发送到 `19900043004` 并带上 `email`，再向该地址 `POST /sink/email`',
    ],
  ),
}
