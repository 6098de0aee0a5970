import { runTool } from './run-tool.ts'

/** What `npm run check` asks: does the code look right, and do its types agree? */
const checks = [
  { name: 'biome', args: ['check', '.'] },
  { name: 'tsc', args: [] },
]

const results = await Promise.all(
  checks.map(async ({ name, args }) => ({ name, ...(await runTool(name, args)) })),
)
for (const { code, output } of results) {
  if (code !== 0) console.log(`${output}\n`)
}
for (const { name, code } of results) console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0
