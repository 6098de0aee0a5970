import { chmodSync, cpSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build as bundle, type Plugin } from 'esbuild'
import { runTool } from './run-tool.ts'

const root = resolve(fileURLToPath(import.meta.url), '../..')

/** Packages that stay packages: two drivers, one of them native, and what loads only when needed. */
const external = [
  ...['better-sqlite3', 'pg'],
  ...['libphonenumber-js', 'node-forge', 'postal-mime', 'prom-client', 'smtp-server'],
]

/** Bundled CommonJS asks for node's own modules by `require`, which an ES module has not. */
const requireBanner =
  "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)"

/** The ways in stay tiny, so that they run on any Node: the program itself is the file beside them. */
const programBeside: Plugin = {
  name: 'program-beside',
  setup: (build) =>
    build.onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: './index.js', external: true })),
}

/** Makes the release: the program, its bin, the worker, and declarations for whoever embeds it. */
export async function build({ outdir = join(root, 'dist'), types = true } = {}): Promise<void> {
  rmSync(outdir, { recursive: true, force: true })
  const common: BuildOptions = {
    absWorkingDir: root,
    // A package is named by where we see it: the release is the same wherever node_modules lies.
    preserveSymlinks: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external,
    outdir,
    // The text of a program stays in memory as long as it runs.
    minifyWhitespace: true,
    lineLimit: 120,
    logLevel: 'warning',
  }
  await Promise.all([
    bundle({ ...common, entryPoints: ['src/index.ts'], banner: { js: requireBanner } }),
    bundle({ ...common, entryPoints: ['db/checkpoint-worker.ts'] }),
    bundle({
      ...common,
      entryPoints: ['src/main.ts', 'src/library.ts'],
      target: 'node16',
      plugins: [programBeside],
    }),
    types ? declare(outdir) : undefined,
  ])
  // Read when a demo is to be made, and there for whoever writes a file of their own.
  cpSync(join(root, 'src/demo.config.yaml'), join(outdir, 'demo.config.yaml'))
  // Read when somebody looks at the documents.
  cpSync(join(root, 'src/apidoc/examples.json'), join(outdir, 'examples.json'))
  // Read when a shipped profile is named, and there for whoever writes one of their own.
  cpSync(join(root, 'src/tupu/profile/partners'), join(outdir, 'partners'), { recursive: true })
  chmodSync(join(outdir, 'main.js'), 0o755)
}

async function declare(outdir: string): Promise<void> {
  const args = ['-p', 'tsconfig.build.json', '--outDir', join(outdir, 'types')]
  const { code, output } = await runTool('tsc', args)
  if (code !== 0) throw new Error(`no declarations:\n${output}`)
}

if (import.meta.main) await build()
