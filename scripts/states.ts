import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runTool } from './run-tool.ts'
import { contactSheet } from './states/sheet.ts'
import { smallPng } from './states/small-png.ts'

const help = `npm run states [-- options] [words of states…]

Takes pictures of every state of every page, as test/browser/states/ lists them: in Chinese and English, at the width
of a phone and of a desktop, light and dark. They go to .states/, with an index.html to look at all of them. Words choose:
"npm run states -- register" takes the registration page's only.

  --images   makes the pictures of README anew instead, in .github/images/
  --help
`

const root = resolve(fileURLToPath(import.meta.url), '../..')
const folder = join(root, '.states')
const readme_folder = join(root, '.github/images')
/** A page that shows them should not weigh more than they say. */
const picture_bytes_max = 60_000

/** The tests of the states reach them; told where, they take pictures instead of examining them. */
async function photograph(words: readonly string[]): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const named = words.length > 0 ? ['-t', words.join('.*')] : []
  const args = ['run', 'test/browser/states', ...named]
  const { code, output } = await runTool('vitest', args, { STATES_FOLDER: folder })
  const pictures = readdirSync(folder).filter((file) => file.endsWith('.png'))
  writeFileSync(join(folder, 'index.html'), contactSheet(pictures))
  if (code !== 0) console.log(output)
  console.log(`${pictures.length} pictures: ${join('.states', 'index.html')}`)
  process.exitCode = code
}

/** The pictures of README: small enough to be committed. */
async function portray(): Promise<void> {
  const made = join(folder, 'readme')
  rmSync(made, { recursive: true, force: true })
  mkdirSync(made, { recursive: true })
  const files = ['phone', 'journal'].map((name) => `test/browser/states-${name}.test.ts`)
  const args = ['run', ...files]
  const { code, output } = await runTool('vitest', args, { STATES_README: made })
  if (code !== 0) console.log(output)
  mkdirSync(readme_folder, { recursive: true })
  for (const file of readdirSync(made)) {
    const small = smallPng(readFileSync(join(made, file)))
    if (small.length > picture_bytes_max) throw new Error(`${file} has ${small.length} bytes`)
    writeFileSync(join(readme_folder, file), small)
    console.log(`${file}: ${small.length} bytes`)
  }
  process.exitCode = code
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { images: { type: 'boolean' }, help: { type: 'boolean' } },
})
if (values.help) console.log(help)
else if (values.images) await portray()
else await photograph(positionals)
