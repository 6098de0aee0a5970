import { z } from 'zod'
import { en } from '../../../views/words/en.ts'
import { zhPhrases } from '../../../views/words/explain/zh.ts'
import { zh } from '../../../views/words/zh.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { cleanText } from '../field.ts'
import { findAsked, type Question } from './find.ts'
import { explainNeverAsked } from './instead.ts'
import { isResolved } from './resolved.ts'
import { sentenceOf } from './sentence.ts'
import { explainFound, verdicts } from './verdict.ts'

/** What sentences are made of, by language. */
export const languages = { en, zh: { ...zh, phrases: zhPhrases } }

const questions = ['mobile', 'trace', 'msgid', 'client_msg_id'] as const
const asked = cleanText.min(1).max(200)

const fixShape = z.object({ call: z.string(), input: z.record(z.string(), z.unknown()) })

/** Why a message came or did not come, in one sentence. */
export const getExplain = endpoint({
  id: 'explain.get',
  methods: ['GET'],
  path: '/worlds/{world}/explain',
  from: ['path', 'query'],
  summary: {
    en: 'The outcome of the latest send to a mobile, or of one send: in one sentence, with the deciding rule and the call that fixes it',
    zh: '最近一次发往某手机号的发送（或某一次发送）结果如何：一句话、决定它的规则，以及能够补救的调用',
  },
  input: z.strictObject({
    world: z.string(),
    mobile: mobileField
      .optional()
      .meta(
        words(
          'In any spelling: the latest send to it. Exactly one of the four fields is required.',
          '任何写法；说明最近一次发往它的发送。四个字段给出其一。',
        ),
      ),
    trace: asked
      .optional()
      .meta(words('X-Sim-Trace from the answer to any call.', '任何调用应答中的 X-Sim-Trace。')),
    msgid: asked.optional(),
    client_msg_id: asked
      .optional()
      .meta(words('The latest attempt with this id.', '使用它的最近一次尝试。')),
    lang: z
      .enum(['en', 'zh'])
      .default('en')
      .meta(words('The language of the sentence.', '句子所用的语言。')),
  }),
  answer: z.object({
    verdict: z
      .enum(verdicts)
      .meta(
        words(
          'never_asked: no such send was received, and the sentence says what came instead; fault: a fault decided the outcome.',
          'never_asked：没有收到这样的发送，句子说明代之而来的是什么；fault：由设置的故障决定。',
        ),
      ),
    sentence: z.string(),
    rule: z
      .string()
      .nullable()
      .meta(
        words('Null if the journal no longer has the call.', '日志已不再保留那次调用时为 null。'),
      ),
    actual: z.unknown(),
    expected: z.unknown(),
    fix: fixShape
      .nullable()
      .meta(
        words(
          'The complete control call that fixes it, ready to be sent. Null if no single call does.',
          '能够补救的控制调用，完整，可原样发送；没有哪一个调用能补救时为 null。',
        ),
      ),
    resolved: z
      .boolean()
      .meta(
        words(
          'What decided is no longer so: the same send would not meet it now.',
          '起决定作用的原因已消除：现在再发不会再遇到。',
        ),
      ),
    trace: z
      .string()
      .nullable()
      .meta(
        words(
          'The trace of the send, or of what came instead; it may be in _unattributed.',
          '该发送的 trace，或代之而来的调用的；可能在 _unattributed 中。',
        ),
      ),
    message: z
      .string()
      .nullable()
      .meta(
        words(
          'The key of the message, for message.info; null: there is none.',
          '供 message.info 使用的键；null：没有消息。',
        ),
      ),
  }),
  example: { input: { mobile: '{wang.mobile}' } },
  handle(call) {
    const question = readQuestion(call.input)
    if (!question) return problem('invalid_field', one_of_four)
    const found = findAsked(call, question)
    const explained = found
      ? explainFound(call, found)
      : explainNeverAsked(call, question, baseUrl(call))
    const { verdict, rule, trace, telling } = explained
    const { actual = null, expected = null, fix = null } = explained
    const sentence = sentenceOf(languages[call.input.lang], telling)
    const message = found?.message?.message ?? null
    const resolved = found !== undefined && isResolved(call, explained, found)
    return { verdict, sentence, rule, actual, expected, fix, resolved, trace, message }
  },
})

const one_of_four = {
  field: 'mobile',
  reason: 'a send is identified by one of mobile, trace, msgid and client_msg_id',
  fix: 'give one of the four, and no other',
}

type Asked = Readonly<Partial<Record<Question['by'], string | undefined>>>

/** What is asked for; undefined: nothing, or several things at once. */
function readQuestion(input: Asked): Question | undefined {
  const [question, more] = questions.flatMap((by): Question[] => {
    const value = input[by]
    return value === undefined ? [] : [{ by, value }]
  })
  return more ? undefined : question
}
