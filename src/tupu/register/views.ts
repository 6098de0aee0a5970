import { phoneLibrary } from '../mobile.ts'

type Views = typeof import('../../../views/register/index.ts')
type QrCodes = typeof import('lean-qr')
type QrPaths = typeof import('lean-qr/extras/svg')

interface Loaded {
  readonly views: Views
  readonly qr: Pick<QrCodes, 'generate'> & Pick<QrPaths, 'toSvgPath'>
}

let loaded: Loaded | undefined

/** Loads what pages are made with: most processes show none, and a unit may not wait for it. */
export async function loadViews(): Promise<void> {
  if (loaded) return
  const [views, { generate }, { toSvgPath }] = await Promise.all([
    import('../../../views/register/index.ts'),
    import('lean-qr'),
    import('lean-qr/extras/svg'),
  ])
  phoneLibrary()
  loaded = { views, qr: { generate, toSvgPath } }
}

/** The pages of an account. */
export function views(): Views {
  return parts().views
}

/** A text as a QR code. */
export function drawQr(text: string): { readonly size: number; readonly path: string } {
  const { generate, toSvgPath } = parts().qr
  const code = generate(text)
  return { size: code.size, path: toSvgPath(code) }
}

function parts(): Loaded {
  if (!loaded) throw new Error('the views of the registration page are not loaded yet')
  return loaded
}
