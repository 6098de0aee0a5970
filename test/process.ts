import { once } from 'node:events'
import { onTestFinished, TestRunner } from 'vitest'
import { type Child, type ChildOptions, killGroup, startKept } from './keeper.ts'

const running = new Set<Child>()

/** Starts a program that ends, with all that it started, when the test is over: with its file, if it was no test that asked. */
export function startChild(
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Child {
  const child = startKept(command, args, options)
  if (child.pid === undefined) return child
  running.add(child)
  child.once('exit', () => running.delete(child))
  if (TestRunner.getCurrentTest()) onTestFinished(() => end(child))
  return child
}

/** Ends what still runs. */
export async function endChildren(): Promise<void> {
  await Promise.all([...running].map(end))
}

async function end(child: Child): Promise<void> {
  if (!running.has(child)) return
  const exit = once(child, 'exit')
  killGroup(child)
  await exit
}

/** What npm and vitest say of the run that we are in. */
const of_this_run =
  /^(npm_.*|vitest.*|node|node_env|init_cwd|color|force_tty|base_url|dev|mode|prod|ssr|test)$/iu
/** How npm reaches its registry and where it keeps what it fetched: without it, an install fails or waits for ever. */
const way_to_registry =
  /^npm_config_(registry|cache|(user|global)config|ca|cafile|cert|key|strict_ssl|(https?_)?proxy|noproxy|fetch_.*|@.*|\/\/.*)$/iu

/** The environment for a program that is to know nothing of this run. */
export function environmentForChildren(env = process.env): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(
    ([name]) => !of_this_run.test(name) || way_to_registry.test(name),
  )
  return Object.fromEntries(kept)
}

/** Puts the environment back when the test is over: key by key, for only this object is the process's own. */
export function keepEnvironment(): void {
  const before = { ...process.env }
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  })
}
