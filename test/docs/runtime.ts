import { execFileSync } from 'node:child_process'

/** Whether a program is here. Where it is missing, its tests are passed over. */
export function has(command: string, isGood = /./u): boolean {
  try {
    return isGood.test(execFileSync('sh', ['-c', `${command} 2>&1`], { encoding: 'utf8' }))
  } catch {
    return false
  }
}
