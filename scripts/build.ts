import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OutputOptions, type Plugin, type RolldownOutput, rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import packageJson from '../package.json' with { type: 'json' }
import { noticeOf } from './notice.ts'
import { runTool } from './run-tool.ts'

const root = resolve(fileURLToPath(import.meta.url), '../..')

/** What is installed with the package, or is there already; all others become part of it. */
const external = [
  ...Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies }),
  // pg asks for it where somebody has installed it besides.
  'pg-native',
]

/** What others import, start or run as a thread. */
const entries = {
  index: 'src/index.ts',
  library: 'src/library.ts',
  vitest: 'src/vitest.ts',
  'node-test': 'src/node-test.ts',
  main: 'src/main.ts',
  'checkpoint-worker': 'db/checkpoint-worker.ts',
}

/** What others import, by its declarations. */
const declared = ['index', 'vitest', 'node-test']

/** Files and folders that are read beside the program. */
const beside = {
  'demo.config.yaml': join(root, 'src/demo.config.yaml'),
  'examples.json': join(root, 'src/apidoc/examples.json'),
  partners: join(root, 'src/tupu/profile/partners'),
  'weui.min.css': createRequire(import.meta.url).resolve('weui/dist/style/weui.min.css'),
}

/** What loads together lies together: whatever a process does not need, it does not read. */
const output: OutputOptions = {
  format: 'es',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunk-[name].js',
  // The text of a program stays in memory as long as it runs.
  comments: false,
}

/** Makes the release: the program, its bin, the worker, and declarations for whoever embeds it. */
export async function build({ outdir = join(root, 'dist'), types = true } = {}): Promise<void> {
  rmSync(outdir, { recursive: true, force: true })
  const made = await Promise.all([bundleProgram(outdir), types ? declare(outdir) : []])
  for (const [name, file] of Object.entries(beside))
    cpSync(file, join(outdir, name), { recursive: true })
  const modules = [...made.flat(), ...Object.values(beside)]
  writeFileSync(join(outdir, 'THIRD-PARTY.txt'), noticeOf(modules))
  chmodSync(join(outdir, 'main.js'), 0o755)
}

/** Returns the files that it was made of. */
async function bundleProgram(outdir: string): Promise<string[]> {
  const bundle = await rolldown({
    cwd: root,
    input: entries,
    external,
    platform: 'node',
    // A package is named by where we see it: the release is the same wherever node_modules lies.
    resolve: { symlinks: false },
    transform: { target: 'node22' },
  })
  return modulesOf(await bundle.write({ ...output, dir: outdir }))
}

/** One file of declarations for each way in, with the types of the packages in it. */
async function declare(outdir: string): Promise<string[]> {
  const folder = join(outdir, 'types')
  const args = ['-p', 'tsconfig.build.json', '--outDir', folder]
  const { code, output: said } = await runTool('tsc', args)
  if (code !== 0) throw new Error(`no declarations:\n${said}`)
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(declared.map((name) => [name, join(folder, `src/${name}.d.ts`)])),
    external: [...external, /^node:/u],
    platform: 'node',
    plugins: [
      moduleDeclarations,
      dts({ dtsInput: true, generator: 'oxc', tsconfig: 'tsconfig.build.json' }),
    ],
  })
  const names = { entryFileNames: '[name].d.ts', chunkFileNames: 'chunk-[name].ts' }
  const made = await bundle.write({ format: 'es', dir: outdir, ...names })
  rmSync(folder, { recursive: true })
  // The bundler's own few lines of code, which no declaration needs.
  const others = made.output.filter(({ fileName }) => !fileName.endsWith('.d.ts'))
  for (const { fileName } of others) rmSync(join(outdir, fileName))
  return modulesOf(made)
}

/** Of declarations that are there for `import` and for `require`, those for `import`: zod's own package.json names the others. */
const moduleDeclarations: Plugin = {
  name: 'module-declarations',
  resolveId: {
    order: 'pre',
    async handler(source, importer, options) {
      const found = await this.resolve(source, importer, { ...options, skipSelf: true })
      return found && { ...found, id: found.id.replace(/\.d\.cts$/u, '.d.ts') }
    },
  },
}

function modulesOf({ output: files }: RolldownOutput): string[] {
  return files.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
}

if (import.meta.main) await build()
