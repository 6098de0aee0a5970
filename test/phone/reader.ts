import { onTestFinished } from 'vitest'

export interface PhoneEvent {
  readonly event: string
  readonly id: string
  readonly data: string
}

/** Reads a stream of server-sent events, as a browser does. */
export class EventReader {
  readonly status: number
  readonly headers: Headers
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #stop: () => void
  readonly #decoder = new TextDecoder()
  #text = ''

  private constructor(response: Response, stop: () => void) {
    this.status = response.status
    this.headers = response.headers
    this.#reader = response.body?.getReader()
    this.#stop = stop
  }

  /** Opens a stream at an address; it is closed when the test is over. */
  static async open(url: string, lastEventId?: string): Promise<EventReader> {
    const hangUp = new AbortController()
    const response = await fetch(url, {
      headers: {
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      signal: hangUp.signal,
    })
    const reader = new EventReader(response, () => hangUp.abort())
    onTestFinished(() => reader.close())
    return reader
  }

  /** Resolves with the next event; with undefined when the stream is over. */
  async next(): Promise<PhoneEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end >= 0) {
        const block = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        const fields = fieldsOf(block)
        if (fields['event'] !== undefined) return fields as unknown as PhoneEvent
        continue
      }
      const read = await this.#reader?.read()
      if (!read || read.done) return undefined
      this.#text += this.#decoder.decode(read.value, { stream: true })
    }
  }

  close(): void {
    this.#stop()
  }
}

function fieldsOf(block: string): Record<string, string> {
  const lines = block.split('\n').filter((line) => !line.startsWith(':'))
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(': ') + 2)]),
  )
}
