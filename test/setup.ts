import { afterAll, expect, vi } from 'vitest'
import { endChildren } from './process.ts'

// Read anew for each file, which what it imports is not: a worker goes from file to file.
const { env } = process
const told = { ...env }
const cwd = process.cwd()

afterAll(async () => {
  await endChildren()
  // The next file gets the process as this one got it.
  expect(process.env).toBe(env)
  expect({ ...env }).toEqual(told)
  expect(process.cwd()).toBe(cwd)
  expect(vi.isFakeTimers()).toBe(false)
})
