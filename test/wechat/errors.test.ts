import { describe, expect, it } from 'vitest'
import { wechatErrors } from '../../src/wechat/errors.ts'

describe('the table of WeChat codes', () => {
  it('holds 331 codes of the general tables and 25 of single calls, each once, in ascending order', () => {
    const codes = [...wechatErrors.keys()]
    expect(codes).toHaveLength(331 + 25)
    expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b))
  })

  it('gives every code a text and a meaning in both languages', () => {
    for (const [code, entry] of wechatErrors) {
      expect(entry.code).toBe(code)
      expect(entry.text.trim(), `text of ${code}`).toMatch(/^\S.*\S$/)
      expect(entry.en, `English of ${code}`).not.toMatch(/\p{Script=Han}/u)
      expect(entry.en.trim(), `English of ${code}`).not.toBe('')
      expect(entry.zh, `Chinese of ${code}`).toMatch(/\p{Script=Han}/u)
    }
  })

  it('leaves the rid to whoever answers', () => {
    for (const { code, text } of wechatErrors.values()) {
      expect(text, `text of ${code}`).not.toMatch(/ rid: | hint: /)
    }
  })

  it('answers each of these codes with its own text', () => {
    const wanted = [
      { code: -1, text: 'system error' },
      { code: 40003, text: 'invalid openid' },
      { code: 40006, text: 'invalid meida size' },
      { code: 40013, text: 'invalid appid' },
      { code: 40037, text: 'invalid template_id' },
      { code: 40066, text: 'invalid url' },
      { code: 40125, text: 'invalid appsecret' },
      { code: 40200, text: 'invalid account type' },
      { code: 40241, text: 'The message is duplicate in 60 seconds' },
      { code: 40246, text: 'keyword name invalid' },
      { code: 40249, text: 'this template msg has been blocked for illegal content' },
      { code: 40163, text: 'code been used' },
      { code: 41001, text: 'access_token missing' },
      { code: 42001, text: 'access_token expired' },
      { code: 43004, text: 'require subscribe' },
      { code: 43101, text: 'user refuse to accept the msg' },
      { code: 43116, text: 'This template_id is banned' },
      {
        code: 43117,
        text: 'Sending messages to this openid too frequently,please try later',
      },
      { code: 45009, text: 'reach max api daily quota limit' },
      { code: 45011, text: 'api minute-quota reach limit, must slower, retry next minute' },
      { code: 47001, text: 'data format error' },
      { code: 48001, text: 'api unauthorized' },
      { code: 76003, text: 'could not query this rid,no permission' },
    ]
    expect(wanted.filter(({ code, text }) => wechatErrors.get(code)?.text !== text)).toEqual([])
  })

  it('names the stable token where an access token is not known', () => {
    expect(wechatErrors.get(40001)?.text).toBe(
      'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
    )
  })

  it('has parts to fill in two texts only', () => {
    const templates = [...wechatErrors.values()].filter(({ text }) => /[{}]/.test(text))
    expect(templates.map(({ code, text }) => [code, text])).toEqual([
      [40164, 'invalid ip {ip} ipv6 {ipv6}, not in whitelist'],
      [47003, 'argument invalid! data.{name}.value {fault}'],
    ])
  })

  it('says how sure we are of a code by how many sources code and text have', () => {
    const wanted = [
      { code: 43004, fidelity: 'documented', why: 'code and text have several sources' },
      { code: 40004, fidelity: 'reported', why: 'only the code has several' },
      { code: 76001, fidelity: 'reported', why: 'only the text has several' },
      { code: 89501, fidelity: 'assumed', why: 'the code has several, the text none' },
      { code: 42010, fidelity: 'assumed', why: 'neither has one' },
      { code: 40036, fidelity: 'documented', why: 'senders report code and text alike' },
      { code: 43117, fidelity: 'reported', why: 'one sender met it' },
      { code: 200011, fidelity: 'assumed', why: 'the documentation gives it no text' },
    ]
    const wrong = wanted.filter(
      ({ code, fidelity }) => wechatErrors.get(code)?.fidelity !== fidelity,
    )
    expect(wrong).toEqual([])
  })

  it('assumes the text of 38 codes', () => {
    const assumed = [...wechatErrors.values()].filter(({ fidelity }) => fidelity === 'assumed')
    expect(assumed).toHaveLength(38)
  })
})
