/** A QR code as its outline in modules, and what it is for those who cannot see it. */
export interface QrDrawing {
  readonly size: number
  readonly path: string
}

/** Modules of white that a scanner needs around a code. */
const quiet = 4

/** A QR code, black on white in any light: scanners want it so. */
export function QrCode({ code, label }: { code: QrDrawing; label: string }) {
  const whole = code.size + 2 * quiet
  return (
    <svg
      class="qr"
      viewBox={`${-quiet} ${-quiet} ${whole} ${whole}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect x={-quiet} y={-quiet} width={whole} height={whole} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  )
}
