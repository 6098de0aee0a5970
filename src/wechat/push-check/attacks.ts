import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Check, type Outcome, outcome, refused, survived, textFields } from './finding.ts'
import { type Came, type Handler, wordsOf } from './handler.ts'
import { forged } from './pushes.ts'

const lives = 'any answer in time, and the handler goes on'

const msgSignature: Check = {
  check: 'aes.msg_signature',
  sent: 'an encrypted text message where only the msg_signature is wrong',
  expected: 'a status of 400 or more, or an empty or fail answer',
  run: async (handler) =>
    refused(
      await handler.push({
        fields: textFields(handler, '你好'),
        twist: (request) => ({ ...request, url: forged(request.url, 'msg_signature') }),
      }),
    ),
}

/** Only whoever holds token and key can send it: a warning, but to those who serve several accounts with one key. */
const otherAppid: Check = {
  check: 'aes.appid',
  sent: 'a text message encrypted for another appid, correctly signed',
  expected: 'a status of 400 or more, or an empty or fail answer',
  async run(handler) {
    const appid = `wx${handler.hex().slice(0, 16)}`
    const came = await handler.push({ fields: textFields(handler, '你好'), appid })
    const judged = refused(came)
    return judged.verdict === 'FAIL' && came.answer.ok ? { ...judged, verdict: 'warn' } : judged
  },
}

const garbage: Check = {
  check: 'aes.garbage',
  sent: 'ciphertext that does not decrypt, and one that is not base64, correctly signed',
  expected: `a refusal, and the handler goes on`,
  async run(handler) {
    const ciphers = [Buffer.from(handler.hex(), 'hex').toString('base64'), '{"no": "base64"}']
    const outcomes: Outcome[] = []
    for (const cipher of ciphers) {
      const came = await handler.push({
        fields: textFields(handler, '你好'),
        twist: (request, proof) => handler.sealed(request, proof, cipher),
      })
      const judged = refused(came)
      outcomes.push(judged.verdict === 'ok' ? await survived(handler, came) : judged)
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'FAIL') ??
      outcomes.find(({ verdict }) => verdict === 'warn') ??
      (outcomes[0] as Outcome)
    )
  },
}

/** What an entity says: wherever it comes back, somebody has expanded it. */
const marker = 'tupu-entity'

/** The same document with a DOCTYPE of its own, and its entity in the element that a reader takes its time for. */
function withEntity(xml: string, external: string, declarations: string): string {
  const [, name] = /<(Content)>/.exec(xml) ?? /<(ToUserName)>/.exec(xml) ?? []
  const used = xml.replace(new RegExp(`<${name}>.*?</${name}>`, 's'), `<${name}>&e;</${name}>`)
  return `<?xml version="1.0"?><!DOCTYPE xml ${external}[${declarations}]>${used}`
}

function expanded({ text, reply }: Came): boolean {
  return text.includes(marker) || JSON.stringify(reply ?? '').includes(marker)
}

const externalEntity: Check = {
  check: 'xml.external',
  sent: 'a text message with a DOCTYPE that refers to a listener on this machine',
  expected: 'nothing is fetched, nothing is expanded, and the handler keeps working',
  async run(handler) {
    const listener = await listen()
    try {
      const { origin, asked } = listener
      const came = await handler.push({
        fields: textFields(handler, '你好'),
        twist: (request, proof) =>
          handler.rewritten(request, proof, (xml) =>
            withEntity(xml, `SYSTEM "${origin}/dtd" `, `<!ENTITY e SYSTEM "${origin}/entity">`),
          ),
      })
      const judged = await survived(handler, came, () => {
        if (asked.length > 0) return `it fetched ${[...new Set(asked)].join(' and ')}`
        return expanded(came) ? 'the entity was expanded' : undefined
      })
      if (judged.verdict !== 'ok' || isHere(handler.target.url)) return judged
      const far = 'the handler is on another machine, where a fetch from this one would fail unseen'
      return { ...judged, verdict: 'warn', came: `${judged.came}; ${far}` }
    } finally {
      listener.close()
    }
  },
}

/** Answers whatever an entity asks for, and says what that was. */
async function listen() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(String(request.url))
    response.end(request.url === '/entity' ? marker : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { origin, asked, close }
}

function isHere(url: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}

/** Six times ten: a million, some ten megabytes. */
const levels = 6
const fold = 10

function bomb(): string {
  const entities = Array.from({ length: levels }, (_, n) => {
    const below = n === levels - 1 ? marker : `&e${n + 1};`
    return `<!ENTITY e${n === 0 ? '' : n} "${below.repeat(fold)}">`
  })
  return entities.toReversed().join('')
}

const entityBomb: Check = {
  check: 'xml.bomb',
  sent: 'a text message with a DOCTYPE with entities that expand to 10 MB',
  expected: `nothing is expanded; ${lives}`,
  async run(handler) {
    const came = await handler.push({
      fields: textFields(handler, '你好'),
      twist: (request, proof) =>
        handler.rewritten(request, proof, (xml) => withEntity(xml, '', bomb())),
    })
    return survived(handler, came, () => {
      const isHuge = !came.answer.ok && came.answer.failure === 'too_large'
      return isHuge || expanded(came) ? 'the entities were expanded' : undefined
    })
  },
}

const oversized_bytes = 10 * 1024 * 1024

const oversized: Check = {
  check: 'oversized',
  sent: 'a text message of 10 MB, correctly signed',
  expected: lives,
  async run(handler) {
    const fields = textFields(handler, 'x'.repeat(oversized_bytes))
    const came = await handler.push({ fields })
    if (came.answer.ok || came.answer.failure !== 'too_large') return survived(handler, came)
    return outcome('warn', `it is sent back: ${wordsOf(came)}`, came)
  },
}

/** What only an attacker sends; what may end a handler comes last. */
export function attacksOn({ target }: Handler): readonly Check[] {
  const hidden = target.mode === 'aes' ? [msgSignature, otherAppid, garbage] : []
  return [...hidden, externalEntity, entityBomb, oversized]
}
