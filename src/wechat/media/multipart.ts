/** One part of a multipart body. */
export interface Part {
  readonly name: string
  /** Undefined: it is a plain field. */
  readonly filename: string | undefined
  readonly content: Buffer
}

/** More parts than an upload has are not looked at. */
const parts_max = 10
const boundary_form =
  /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/is
const line_end = '\r\n'

/** The parts of a multipart body (RFC 7578); undefined: it is none, or it is broken. */
export function readMultipart(body: Buffer, contentType: string): Part[] | undefined {
  const [, quoted, bare] = boundary_form.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) return undefined
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Part[] = []
  let at = body.indexOf(mark)
  while (at >= 0 && parts.length < parts_max) {
    const start = at + mark.length
    if (body.toString('latin1', start, start + 2) === '--') return parts
    const end = body.indexOf(Buffer.concat([Buffer.from(line_end), mark]), start)
    const part = end < 0 ? undefined : readPart(body.subarray(start + line_end.length, end))
    if (!part) return undefined
    parts.push(part)
    at = end + line_end.length
  }
  return parts
}

const blank_line = Buffer.from(line_end + line_end)

function readPart(bytes: Buffer): Part | undefined {
  const end = bytes.indexOf(blank_line)
  if (end < 0) return undefined
  const head = bytes.toString('utf8', 0, end)
  const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(head)?.[1]
  if (disposition === undefined) return undefined
  const content = bytes.subarray(end + blank_line.length)
  return {
    name: parameterOf(disposition, 'name') ?? '',
    filename: parameterOf(disposition, 'filename'),
    content,
  }
}

function parameterOf(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^\\s;"]*))`, 'i').exec(disposition)
  return found?.[1] ?? found?.[2]
}
