import { lazyViews } from '../../page/lazy-views.ts'

const parts = lazyViews(async () => {
  const [views, { generate }, { toSvgPath }] = await Promise.all([
    import('../../../views/register/index.ts'),
    import('lean-qr'),
    import('lean-qr/extras/svg'),
  ])
  return { views, generate, toSvgPath }
})

/** The pages of an account. */
export const views = Object.assign(() => parts().views, { load: parts.load })

/** A text as a QR code. */
export function drawQr(text: string): { readonly size: number; readonly path: string } {
  const { generate, toSvgPath } = parts()
  const code = generate(text)
  return { size: code.size, path: toSvgPath(code) }
}
