import { describe, expect, it } from 'vitest'
import { tupuErrors } from '../../src/tupu/errors.ts'

describe('the table of what TUPU refuses with', () => {
  it('has these twenty codes and texts', () => {
    const texts = [...tupuErrors].map(([key, { code, text }]) => [key, code, text])
    const wanted = [
      [-1, 'system error'],
      [47001, 'data format error'],
      [100001, 'unknown eid'],
      [100002, 'account is not live, missing: {missing}'],
      [100003, 'invalid signature'],
      [100004, 'eid suspended'],
      [100005, 'eid revoked'],
      [100010, 'invalid mobile'],
      [100011, 'no openid for this mobile'],
      [100012, 'message is empty'],
      [100013, 'message too long: {length} of 200 characters'],
      [100014, 'unknown keyword: {keyword}'],
      [100015, 'client_msg_id was used for another message'],
      [100016, 'message has illegal characters'],
      [100017, 'unknown message'],
      [100018, 'too many requests'],
      [100019, 'unknown path or method'],
      [100020, 'body too large'],
      [100031, 'wechat did not answer'],
      [100032, 'wechat answered something unreadable'],
    ] as const
    expect(texts).toEqual(wanted.map(([code, text]) => [code, code, text]))
  })

  it('owns up that all of it is assumed', () => {
    const marks = new Set([...tupuErrors.values()].map((error) => error.fidelity))
    expect([...marks]).toEqual(['assumed'])
  })

  it('explains every code in English and in Chinese', () => {
    for (const { en, zh } of tupuErrors.values()) {
      expect(en).toMatch(/^[\x20-\x7e]+$/)
      expect(zh).toMatch(/\p{Script=Han}/u)
    }
  })
})
