import { createServer, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

/** What a WeChat of a test's own answers to one path: a text, a JSON value, or as it likes. */
export type Fake = string | object | ((response: ServerResponse) => void)

/** A WeChat of a test's own: real HTTP, and every answer as the test wants it. */
export interface FakeWechat {
  readonly url: string
  /** Paths called so far, in order. */
  readonly calls: readonly string[]
  /** By path below `/cgi-bin/`; may be changed at any time. */
  readonly answers: Record<string, Fake>
}

export const send_path = 'message/template/send'
export const list_path = 'template/get_all_private_template'
export const token_path = 'stable_token'
export const industry_path = 'template/get_industry'

const content = '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n公司：{{keyword2.DATA}}\n{{remark.DATA}}'
const template_list = [
  { template_id: 's'.repeat(43), title: '订阅模板消息', content: '{{content.DATA}}' },
  { template_id: 't'.repeat(43), title: '入职通知', content },
]

/** Starts one that knows a live account and accepts everything, unless told otherwise. */
export async function startFakeWechat(but: Record<string, Fake> = {}): Promise<FakeWechat> {
  const calls: string[] = []
  const answers: Record<string, Fake> = {
    [token_path]: { access_token: 'token-1', expires_in: 7200 },
    [list_path]: { template_list },
    [industry_path]: { primary_industry: {}, secondary_industry: {} },
    [send_path]: '{"errcode":0,"errmsg":"ok","msgid":4795131072512000064}',
    ...but,
  }
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]?.replace('/cgi-bin/', '') ?? ''
    calls.push(path)
    // The whole body first: a client that still writes would see a broken connection.
    request.resume().on('end', () => answer(response, answers[path] ?? '<html>404</html>'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, calls, answers }
}

function answer(response: ServerResponse, fake: Fake): void {
  if (typeof fake === 'function') fake(response)
  else response.end(typeof fake === 'string' ? fake : JSON.stringify(fake))
}

/** An answer that waits to be let go; `asked` resolves when somebody waits for it. */
export function held(text = '{"errcode":0,"errmsg":"ok","msgid":4795131072512000064}') {
  let release = () => {}
  let note = () => {}
  const asked = new Promise<void>((resolve) => {
    note = resolve
  })
  const fake = (response: ServerResponse) => {
    release = () => response.end(text)
    note()
  }
  return { fake, asked, release: () => release() }
}
