const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

/** The smallest of files that begin as theirs do. */
export const files = {
  /** One transparent pixel, whole. */
  png: new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
  ),
  jpeg: bytes('\xff\xd8\xff\xe0\0\x10JFIF\0'),
  amr: bytes('#!AMR\n\x3c'),
  mp3: bytes('ID3\x03\0'),
  mp4: bytes('\0\0\0\x18ftypmp42'),
} as const

/** A multipart body with one file, as SDKs write it. */
export function multipart(of: { name: string; filename: string; content: Uint8Array }): {
  body: Uint8Array
  headers: Record<string, string>
} {
  const boundary = '----sim7MA4YWxkTrZu0gW'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${of.name}"; filename="${of.filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  const body = Buffer.concat([
    Buffer.from(head),
    of.content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return { body: new Uint8Array(body), headers }
}
