import { type IncomingHttpHeaders, request } from 'node:http'

/** What came back, down to the headers that `fetch` hides. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One call whose every header, `Host` included, is as given: what a browser or a proxy would send. */
export function rawCall(
  url: string,
  {
    method = 'GET',
    headers = {},
    chunks = [],
  }: {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    /** Parts of a body that is sent without telling its length. */
    readonly chunks?: readonly (string | Uint8Array)[]
  } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      )
    })
    call.on('error', reject)
    for (const chunk of chunks) call.write(chunk)
    call.end()
  })
}
