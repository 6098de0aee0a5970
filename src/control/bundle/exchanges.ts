import { isUtf8 } from 'node:buffer'
import { type CutBody, type Exchange, listExchangesAfter } from '../../../db/exchange.ts'
import type { Engine } from '../../core/engine.ts'
import type { Aliases } from '../../journal/alias.ts'
import { maskBody, maskField, maskHeaders, maskUrl } from '../../journal/mask.ts'
import { nextTurn, toIso } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'
import type { BundledExchange } from './format.ts'
import { exchanges_portion } from './known.ts'

/** The journal as members of a JSON object, and what ends the file, in portions. */
export async function* exchangeTexts(
  engine: Engine,
  { epoch }: World,
  as: Aliases,
): AsyncGenerator<string> {
  let after = 0
  yield ',"exchanges":['
  for (let isLast = false; !isLast; await nextTurn()) {
    engine.closing.throwIfAborted()
    const at = { epoch, after, limit: exchanges_portion }
    const page = await engine.store.unit('bundle.get', ({ db }) => listExchangesAfter(db, at))
    const text = page.map((row) => JSON.stringify(bundled(row, as))).join(',')
    yield after > 0 && text !== '' ? `,${text}` : text
    after = page.at(-1)?.seq ?? after
    isLast = page.length < exchanges_portion
  }
  yield `],"aliases":${JSON.stringify(as.unknown())}}`
}

function bundled(row: Exchange, as: Aliases): BundledExchange {
  const how = { reveal: false, as }
  const half = (headers: Exchange['request_headers'], body: Buffer, cut: CutBody | undefined) => ({
    headers: maskHeaders(headers, how),
    body: cut === undefined && isUtf8(body) ? maskBody(body.toString('utf8'), how) : null,
  })
  const { seq, trace, direction, surface, endpoint, at, method, status, cut } = row
  return {
    ...{ seq, trace, direction, surface, endpoint, at: toIso(at), method },
    url: maskUrl(row.url, how),
    request: half(row.request_headers, row.request_body, cut?.request),
    status,
    answer: {
      ...half(row.response_headers, row.response_body, cut?.response),
      // What a world answers of itself is where the server is reached, and what the tables say.
      ...(endpoint.startsWith('world.') && { body: null }),
    },
    decision: maskField('', row.decision, how) as unknown[],
  }
}
