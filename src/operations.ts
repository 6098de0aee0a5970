import { findWorld, rewriteWorld } from '../db/world.ts'
import type { Documented } from './apidoc/describe.ts'
import type { JsonObject } from './apidoc/json-schema.ts'
import { openApi, serversAt } from './apidoc/openapi.ts'
import type { Area } from './auth/guard.ts'
import { flashed } from './console/address.ts'
import { hitsOf } from './control/coverage/endpoints.ts'
import type { Engine } from './core/engine.ts'
import { locate, pathOf, wayOf } from './core/locate.ts'
import { useOneOf } from './core/nearest.ts'
import { type ProblemFacts, problem } from './core/problem.ts'
import { unknownWorld } from './core/unknown-world.ts'
import { guardRoute } from './http/admit.ts'
import { mountSignIn } from './http/sign-in.ts'
import { type App, type AppContext, readHead } from './http/wire.ts'
import { type PageAddress, readPageAddress } from './page/address.ts'
import type { Lang } from './page/language.ts'
import { langOfRequest, pageHeaders } from './page/reply.ts'
import { type ReadSite, readSiteOf } from './site.ts'
import { callbackWebhooks } from './tupu/callback/webhook.ts'
import { version } from './version.ts'
import { default_world, unattributed } from './world/world.ts'

/** Who may ask for what is no surface's. */
const areas: Readonly<Record<string, Area>> = {
  '/livez': 'open',
  '/readyz': 'open',
  // WeChat's pages look the same under WeChat's hosts.
  '/assets/*': 'wechat',
  '/ca': 'open',
  '/sign-in': 'open',
  '/sign-out': 'open',
  '/metrics': 'metrics',
  '/coverage': 'pages',
  // The first page of the documentation as well.
  '/docs/*': 'pages',
  '/openapi.json': 'pages',
  '/config.schema.json': 'pages',
}

/** What a process says of itself, and where people find the rest. */
export function mountOperations(app: App, surfaces: readonly Documented[]): void {
  for (const [path, area] of Object.entries(areas)) {
    app.use(path, async (c, next) => (await guardRoute(c, area)) ?? next())
  }
  mountProbes(app)
  mountDocuments(app, surfaces)
  mountDocs(app, surfaces)
  mountSignIn(app)
  mountCoverage(app)
  mountAuthority(app)
  mountAssets(app)
}

/** What platforms have met: in the world that the address names, else in all of them. */
function mountCoverage(app: App): void {
  app.get('/coverage', async (c) => {
    const { engine } = c.env
    const inPath = worldOf(c)
    const world = inPath ?? c.req.query('world')
    await engine.outcomes.write()
    const hits = await engine.store.unit('coverage', ({ db }) =>
      world === undefined || findWorld(db, world) ? hitsOf(db, world) : undefined,
    )
    const address = addressOf(c, inPath)
    const around = await readSiteOf(engine, readHead(c), {
      world: inPath ?? default_world,
      address,
    })
    if (!hits || !around) return noSuchWorld(c, String(world))
    const { coveragePage } = await import('./control/coverage/page.ts')
    return page(c, coveragePage(langOf(c), { world, hits, site: around.site }), around)
  })
}

/** The certificate that clients are to trust, where HTTPS is spoken. */
function mountAuthority(app: App): void {
  app.get('/ca', async (c) => {
    const { secure } = c.env.engine.settings
    if (!secure) {
      const reason = 'this simulator speaks no HTTPS, so that there is no CA'
      return noSuch(c, { reason, fix: 'start it with --https-port 0 or --proxy-port 0' })
    }
    const { hand_outs } = await import('./http/tls/hand-out.ts')
    const format = c.req.query('format') ?? 'pem'
    if (!Object.hasOwn(hand_outs, format)) {
      const field = 'format'
      const names = Object.keys(hand_outs)
      const reason = 'the certificate is handed out in no such format'
      return noSuch(c, { field, reason, fix: useOneOf(format, names) })
    }
    const { type, file, bytes } = hand_outs[format as keyof typeof hand_outs](secure.ca)
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${file}"`,
      'X-Content-Type-Options': 'nosniff',
    })
  })
}

/** The world of the path that was asked for. */
function worldOf(c: AppContext): string | undefined {
  return locate(pathOf(c.env.incoming?.url ?? new URL(c.req.url).pathname)).world
}

function mountAssets(app: App): void {
  app.get('/assets/:file', async (c) => {
    const { findAsset } = await import('./page/asset.ts')
    const asset = findAsset(c.req.param('file'))
    if (!asset) return c.notFound()
    const isGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
    return c.body(new Uint8Array(isGzip ? asset.gzipped : asset.bytes), 200, {
      'Content-Type': asset.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
      ...(isGzip ? { 'Content-Encoding': 'gzip' } : {}),
    })
  })
}

function mountProbes(app: App): void {
  app.get('/livez', (c) => {
    const { store, settings } = c.env.engine
    const who = { name: 'tupu-simulator', version }
    // Who holds a port is for those on the same machine.
    return c.json(settings.exposed ? who : { ...who, pid: process.pid, data: store.address })
  })
  app.get('/readyz', async (c) => {
    const ready = await isReady(c.env.engine)
    return ready ? c.json({ ready }) : c.json({ ready }, 503, { 'Retry-After': '1' })
  })
  app.get('/metrics', async (c) => {
    const { renderMetrics } = await import('./metrics.ts')
    const { type, text } = await renderMetrics(c.env.engine)
    return c.body(text, 200, { 'Content-Type': type })
  })
}

/** The document for machines is made once, when first asked for: surfaces do not change while a simulator runs. */
function mountDocuments(app: App, surfaces: readonly Documented[]): void {
  let document: JsonObject | undefined
  app.get('/openapi.json', (c) => {
    document ??= openApi(surfaces, version, callbackWebhooks)
    return c.json({ ...document, servers: serversAt(readHead(c).origin) })
  })
  app.get('/config.schema.json', async (c) => {
    const { configSchema } = await import('./config-schema.ts')
    return c.body(JSON.stringify(configSchema()), 200, {
      'Content-Type': 'application/schema+json',
    })
  })
}

/** The documentation: its examples call the world that the path names, at the origin that the reader has come to. */
function mountDocs(app: App, surfaces: readonly Documented[]): void {
  app.get('/docs/*', async (c) => {
    const { readDocsFacts } = await import('./docs/facts.ts')
    const { docsPage } = await import('./docs/pages.ts')
    const { engine } = c.env
    const head = readHead(c)
    const world = worldOf(c)
    const name = world ?? default_world
    const address = addressOf(c, world)
    const { basePath } = address
    const facts = await readDocsFacts(engine, { world: name, origin: head.origin, basePath })
    const around = await readSiteOf(engine, head, { world: name, address })
    if (!facts || !around) return noSuchWorld(c, name)
    const parts = address.parts.slice(1).filter((part) => part !== '')
    const at = { ...around.site.context, site: around.site }
    const query = address.query['q']
    const answer = docsPage(surfaces, { lang: langOf(c), parts, query, facts, at })
    if ('moved' in answer) return c.redirect(`${basePath}/docs${answer.moved}`)
    return page(c, answer.html, around, answer.status)
  })
}

/** Where the browser is, without what an answer adds to its address. */
function addressOf(c: AppContext, world: string | undefined): PageAddress {
  const basePath = wayOf({ world, person: undefined })
  const address = readPageAddress(readHead(c).url, basePath, flashed)
  if (!address) throw new Error('a path that was routed can be read')
  return address
}

/** Ready for calls: it is not closing, and its database takes something, and did so just now. */
async function isReady({ closing, store, outages }: Engine): Promise<boolean> {
  if (closing.aborted) return false
  try {
    await store.unit('readyz', ({ db }) => rewriteWorld(db, unattributed))
    return !outages.isRecent
  } catch (error) {
    outages.note(error)
    return false
  }
}

function langOf(c: AppContext): Lang {
  return langOfRequest(readHead(c), 'en')
}

function page(
  c: AppContext,
  html: string,
  { cookies }: ReadSite,
  status: 200 | 404 = 200,
): Response {
  const headers = { ...pageHeaders({ script: true }), 'Content-Type': 'text/html; charset=utf-8' }
  const response = c.body(html, status, headers)
  for (const cookie of cookies) if (cookie) response.headers.append('Set-Cookie', cookie)
  return response
}

async function noSuchWorld(c: AppContext, name: string): Promise<Response> {
  const { store } = c.env.engine
  return noSuch(c, await store.unit('world', ({ db }) => unknownWorld(db, name)))
}

function noSuch(c: AppContext, facts: ProblemFacts): Response {
  const { extra } = problem('not_found', facts)
  return c.body(JSON.stringify(extra), 404, { 'Content-Type': 'application/problem+json' })
}
