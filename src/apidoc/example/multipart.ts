import type { ExampleFile } from '../../core/endpoint.ts'

const boundary = '----example'

/** A multipart body with one file, and what it is called. */
export function multipartOf({ name, filename, text }: ExampleFile): {
  readonly type: string
  readonly body: string
} {
  const head = `Content-Disposition: form-data; name="${name}"; filename="${filename}"`
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `--${boundary}\r\n${head}\r\n\r\n${text}\r\n--${boundary}--\r\n`,
  }
}
