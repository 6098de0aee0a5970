import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readDocument } from './config/document.ts'
import type { WorldBody } from './control/world/body.ts'
import { default_world } from './world/world.ts'
import { readWorlds } from './world-list.ts'

/** The demo is a configuration file like any other; the release has it beside the program. */
const file = 'demo.config.yaml'

let body: Promise<WorldBody> | undefined

/** What the demo world is made of. Read when a world is to be made of it: most starts find one. */
export function demoBody(): Promise<WorldBody> {
  body ??= readDemo()
  return body
}

async function readDemo(): Promise<WorldBody> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const { content } = await readDocument(readFileSync(path, 'utf8'), file)
  const demo = readWorlds(content['worlds']).find(({ name }) => name === default_world)
  if (!demo) throw new Error(`${file} has no world ${default_world}`)
  return demo.body
}
