import { generate } from 'lean-qr'
import { toPngBuffer } from 'lean-qr/extras/node_export'
import { toSvgSource } from 'lean-qr/extras/svg'

/** Modules of white that a scanner needs around a code. */
const quiet = 4

/** A link as a QR code in SVG, `size` pixels wide. */
export function qrSvg(link: string, size: number): string {
  const options = { off: '#fff', pad: quiet, width: size, height: size }
  return toSvgSource(generate(link), options)
}

/** The same in PNG: modules are whole pixels, so that it may be a little smaller; a module has at least one. */
export function qrPng(link: string, size: number): Buffer {
  const code = generate(link)
  const scale = Math.max(1, Math.floor(size / (code.size + 2 * quiet)))
  return Buffer.from(toPngBuffer(code, { off: [255, 255, 255], pad: quiet, scale }))
}
