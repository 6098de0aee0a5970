import {
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  chromium,
  type Page,
  type Request,
  type Response,
} from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { bringAxe } from './accessible.ts'
import { findChromium } from './chromium.ts'

/** How a person looks at pages. */
export interface Look {
  /** CSS pixels; a phone's unless told. */
  readonly width?: number
  readonly lang?: 'zh' | 'en'
  /** False: the browser runs no script. */
  readonly script?: boolean
  readonly scheme?: 'light' | 'dark'
  /** Dots to a CSS pixel. */
  readonly density?: number
  readonly userAgent?: string
  /** All but this machine's own addresses are asked for there, and what it says of itself is believed. */
  readonly proxy?: string
  /** Origins of other servers that its pages may ask: a platform’s. */
  readonly others?: readonly string[]
  /** A world that ends while its pages lie open: what they ask of it is not found any more. */
  readonly ends?: string
}

/** Widths that pages are made for: the narrowest that WCAG's reflow asks for, a phone, a desktop. */
export const widths = { narrow: 320, phone: 360, desktop: 1280 } as const
export const height = 800

let launched: Promise<Browser> | undefined

/** One browser per worker, started when the first test needs it; it ends with the worker, by which it is held. */
function browser(): Promise<Browser> {
  launched ??= launch()
  return launched
}

async function launch(): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--no-sandbox'],
  })
}

/** A browser of a test's own, without cookies: it is closed, and its complaints are read, when the test is over. */
export async function openBrowser(baseURL: string, look: Look = {}): Promise<BrowserContext> {
  const context = await newContext(look, { baseURL })
  const heard = listen(context, new URL(baseURL).origin, look)
  onTestFinished(async () => {
    await context.close()
    expect(heard.complaints).toEqual([])
  })
  return context
}

async function newContext(look: Look, more: { baseURL?: string } = {}): Promise<BrowserContext> {
  const { width = widths.phone, lang = 'en', script = true, scheme = 'light' } = look
  const { density = 1, userAgent, proxy } = look
  const context = await (await browser()).newContext({
    ...more,
    viewport: { width, height },
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    javaScriptEnabled: script,
    colorScheme: scheme,
    deviceScaleFactor: density,
    reducedMotion: 'reduce',
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(proxy === undefined ? {} : { proxy: { server: proxy }, ignoreHTTPSErrors: true }),
  })
  context.setDefaultTimeout(30_000)
  return context
}

/** A window of a browser of its own. */
export async function openPage(baseURL: string, look: Look = {}): Promise<Page> {
  return (await openBrowser(baseURL, look)).newPage()
}

interface Kept {
  readonly page: Page
  readonly heard: Heard
}

/** Each new browser starts a process, in which every script is read anew: that is most of what a look at a page costs. */
const kept = new Map<string, Kept>()

/** A window without cookies, addressed absolutely. If all was well the next test that looks in the same way gets it, as new. */
export async function keptPage(origin: string, look: Look = {}): Promise<Page> {
  const key = JSON.stringify(look)
  const { page, heard } = kept.get(key) ?? (await openKept(look))
  kept.delete(key)
  heard.own = origin
  onTestFinished(async ({ task }) => {
    const context = page.context()
    try {
      // Once it is left, a page has said all that it has to say.
      await page.goto('about:blank')
      expect(heard.complaints.splice(0)).toEqual([])
      if (task.result?.state !== 'pass' || context.pages().length > 1) return
      await context.clearCookies()
      await page.setViewportSize({ width: look.width ?? widths.phone, height })
      await page.emulateMedia({ colorScheme: look.scheme ?? 'light' })
      kept.set(key, { page, heard })
    } finally {
      if (!kept.has(key)) await context.close()
    }
  })
  return page
}

async function openKept(look: Look): Promise<Kept> {
  const context = await newContext(look)
  await bringAxe(context)
  return { page: await context.newPage(), heard: listen(context, '') }
}

interface Heard {
  /** The origin of the simulator whose pages are looked at. */
  own: string
  readonly complaints: string[]
}

/** What a browser complains of while a test looks at pages: nothing of it is ever right. */
function listen(context: BrowserContext, own: string, { others = [], ends }: Look = {}): Heard {
  const complaints: string[] = []
  const heard = { own, complaints }
  const add = (what: string | undefined) => {
    if (what !== undefined) complaints.push(what)
  }
  context.on('console', (message) => add(ofConsole(message)))
  context.on('weberror', (error) => add(`a script failed: ${error.error().message}`))
  context.on('request', (request) => add(ofRequest(request, [heard.own, ...others])))
  context.on('requestfailed', (request) => add(ofFailure(request)))
  context.on('response', (response) => add(ofResponse(response, ends)))
  return heard
}

/** Violations of the policy are among these. A refused page is told of here too; which may be, `ofResponse` knows. */
function ofConsole(message: ConsoleMessage): string | undefined {
  if (message.type() !== 'error' && message.type() !== 'warning') return undefined
  if (message.text().startsWith('Failed to load resource')) return undefined
  return `${message.type()} at ${message.location().url}: ${message.text()}`
}

function ofRequest(request: Request, known: readonly string[]): string | undefined {
  const url = request.url()
  const isKnown = known.some((own) => url.startsWith(`${own}/`)) || url.startsWith('data:')
  return isKnown ? undefined : `another server was asked: ${url}`
}

/** What is given up for the next page is no failure. */
function ofFailure(request: Request): string | undefined {
  const { errorText = '' } = request.failure() ?? {}
  if (errorText === 'net::ERR_ABORTED') return undefined
  return `${request.method()} ${request.url()} failed: ${errorText}`
}

/** A page may say no; what a page needs is there, and nothing fails by mistake. */
function ofResponse(response: Response, ends: string | undefined): string | undefined {
  const status = response.status()
  if (status === 404 && ends !== undefined && response.url().includes(`/w/${ends}/`))
    return undefined
  const isPage = response.request().resourceType() === 'document'
  const isGood = isPage ? status !== 500 : status < 400
  return isGood ? undefined : `${response.url()} answered ${status}`
}
