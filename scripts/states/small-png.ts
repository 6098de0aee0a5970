import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** A screenshot in at most 256 colours: a fraction of the bytes, and for flat pages the same to the eye. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = readPng(png)
  const { palette, nearest } = choosePalette(pixels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = nearest(colorAt(pixels, y * width + x))
    }
  }
  const colors = Buffer.from(
    palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a pixel, by palette.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colors),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const colors_max = 256
const rgb = 3

/** 8-bit pixels without transparency, three bytes each: what a browser's screenshot holds. */
function readPng(png: Buffer): { width: number; height: number; pixels: Buffer } {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const [depth, kind, , , interlace] = png.subarray(24, 29)
  const channels = kind === 6 ? 4 : rgb
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlace !== 0) {
    throw new Error(`a screenshot of kind ${kind} with ${depth} bits is not expected`)
  }
  const data: Buffer[] = []
  for (let at = signature.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + length))
  }
  const rows = unfilter(inflateSync(Buffer.concat(data)), {
    height,
    channels,
    stride: width * channels,
  })
  const pixels = Buffer.alloc(width * height * rgb)
  for (let i = 0; i < width * height; i++)
    rows.copy(pixels, i * rgb, i * channels, i * channels + rgb)
  return { width, height, pixels }
}

/** Takes the filter off each row: every byte was told as a difference to those left of it and above it. */
function unfilter(
  raw: Buffer,
  { height, channels, stride }: { height: number; channels: number; stride: number },
): Buffer {
  const rows = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < channels ? 0 : (rows[at - channels] ?? 0)
      const above = y === 0 ? 0 : (rows[at - stride] ?? 0)
      const corner = x < channels || y === 0 ? 0 : (rows[at - stride - channels] ?? 0)
      const told = raw[y * (stride + 1) + 1 + x] ?? 0
      rows[at] = (told + predicted(filter, left, above, corner)) & 255
    }
  }
  return rows
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  const [a, b, c] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs)
  if ((a ?? 0) <= (b ?? 0) && (a ?? 0) <= (c ?? 0)) return left
  return (b ?? 0) <= (c ?? 0) ? above : corner
}

function colorAt(pixels: Buffer, i: number): number {
  return pixels.readUIntBE(i * rgb, rgb)
}

/** The colours that most pixels have; any other becomes the one nearest to it. */
function choosePalette(pixels: Buffer) {
  const counts = new Map<number, number>()
  for (let i = 0; i < pixels.length / rgb; i++) {
    const color = colorAt(pixels, i)
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([color]) => color)
  const palette = ranked.slice(0, colors_max)
  const known = new Map(palette.map((color, i) => [color, i]))
  const nearest = (color: number): number => {
    const found = known.get(color)
    if (found !== undefined) return found
    let best = 0
    for (const [i, other] of palette.entries()) {
      if (distance(color, other) < distance(color, palette[best] ?? 0)) best = i
    }
    known.set(color, best)
    return best
  }
  return { palette, nearest }
}

function distance(a: number, b: number): number {
  const part = (shift: number) => ((a >> shift) & 255) - ((b >> shift) & 255)
  return part(16) ** 2 + part(8) ** 2 + part(0) ** 2
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
