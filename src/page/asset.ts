import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { componentStyle } from '../../views/assets/component-style.ts'
import { consoleScript } from '../../views/assets/console-script.ts'
import { consoleStyle } from '../../views/assets/console-style.ts'
import { coverageStyle } from '../../views/assets/coverage-style.ts'
import { docsScript } from '../../views/assets/docs-script.ts'
import { docsStyle } from '../../views/assets/docs-style.ts'
import { formStyle } from '../../views/assets/form-style.ts'
import { frameStyle } from '../../views/assets/frame-style.ts'
import { icon } from '../../views/assets/icon.ts'
import { mobileStyle } from '../../views/assets/mobile-style.ts'
import { aroundStyle } from '../../views/assets/phone/around-style.ts'
import { tableStyle } from '../../views/assets/phone/table-style.ts'
import { phoneScript } from '../../views/assets/phone-script.ts'
import { phoneStyle } from '../../views/assets/phone-style.ts'
import { registerStyle } from '../../views/assets/register-style.ts'
import { storyStyle } from '../../views/assets/story-style.ts'
import { style } from '../../views/assets/style.ts'
import { tokenStyle } from '../../views/assets/token-style.ts'
import { wechatStyle } from '../../views/assets/wechat-style.ts'
import { qrPng } from './qr-picture.ts'

/** A file that pages load: its name changes with its bytes, so that it may be kept for ever. */
export interface Asset {
  readonly file: string
  readonly type: string
  readonly bytes: Buffer
  readonly gzipped: Buffer
}

const photo_size = 240

const css = 'text/css; charset=utf-8'
const sources = {
  'style.css': {
    type: css,
    text: () =>
      tokenStyle +
      style +
      frameStyle +
      componentStyle +
      storyStyle +
      docsStyle +
      formStyle +
      consoleStyle +
      tableStyle +
      coverageStyle,
  },
  /** WeChat's own look, from npm, and what our pages add to it. */
  'mobile.css': {
    type: css,
    text: () => weui() + mobileStyle + wechatStyle + registerStyle + phoneStyle,
  },
  /** The frame of every page, where what it is around has another look. */
  'around.css': { type: css, text: () => tokenStyle + frameStyle + componentStyle + aroundStyle },
  'icon.svg': { type: 'image/svg+xml', text: () => icon },
  'console.js': { type: 'text/javascript; charset=utf-8', text: () => consoleScript },
  'docs.js': { type: 'text/javascript; charset=utf-8', text: () => docsScript },
  'phone.js': { type: 'text/javascript; charset=utf-8', text: () => phoneScript },
  /** What people send who have no picture of their own. */
  'photo.png': { type: 'image/png', text: () => qrPng('TUPU simulator', photo_size) },
} as const
export type AssetName = keyof typeof sources

const made = new Map<AssetName, Asset>()

/** Where pages load an asset from. */
export function assetPath(name: AssetName): string {
  return `/assets/${assetOf(name).file}`
}

export function assetBytes(name: AssetName): Buffer {
  return assetOf(name).bytes
}

/** The file of this name, of those that pages name. */
export function findAsset(file: string): Asset | undefined {
  const names = Object.keys(sources) as AssetName[]
  const name = names.find((candidate) => file.startsWith(`${candidate.split('.')[0]}-`))
  const asset = name && assetOf(name)
  return asset?.file === file ? asset : undefined
}

/** Made when it is first asked for: most processes show no page. */
function assetOf(name: AssetName): Asset {
  const known = made.get(name)
  if (known) return known
  const { type, text } = sources[name]
  const made_of = text()
  const bytes = typeof made_of === 'string' ? Buffer.from(made_of) : made_of
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const file = name.replace('.', `-${hash}.`)
  const asset = { file, type, bytes, gzipped: gzipSync(bytes, { level: 9 }) }
  made.set(name, asset)
  return asset
}

/** WeChat's own style sheet: in the release beside the program, else in its package. */
function weui(): string {
  const released = fileURLToPath(new URL('./weui.min.css', import.meta.url))
  const installed = () => createRequire(import.meta.url).resolve('weui/dist/style/weui.min.css')
  return readFileSync(existsSync(released) ? released : installed(), 'utf8')
}
