import { z } from 'zod'
import type { Log } from './core/engine.ts'
import { printable, printableLines } from './core/spelling.ts'
import { maskBody } from './journal/mask.ts'
import { toIso } from './world/clock.ts'

/** What a log needs from its surroundings. */
export interface LogOptions {
  stream: { write(text: string): unknown }
  /** A person reads along: short lines instead of JSON. */
  terminal: boolean
  /** Unix milliseconds of real time. */
  now: () => number
}

const Fields = z.record(z.string(), z.unknown())

/** Makes a log that shows no secret, no token and no whole mobile, whatever it is handed. */
export function createLog({ stream, terminal, now }: LogOptions): Log {
  return (level, event, fields = {}) => {
    const head = { time: toIso(now()), level, event }
    const line = masked({ ...head, ...fields, ...head })
    // In JSON, which has such signs in texts alone, an escape says the same.
    stream.write(`${terminal ? humanLine(line) : printable(line)}\n`)
  }
}

/** The same log without the lines that only say that all is well. */
export function quietLog(log: Log): Log {
  return (level, event, fields) => {
    if (level !== 'info') log(level, event, fields)
  }
}

function masked(record: object): string {
  return maskBody(toJson(record), { reveal: false })
}

/** Nothing that a caller hands over may break its log: not a circle, not a big integer. */
function toJson(record: object): string {
  try {
    return JSON.stringify(record, plain)
  } catch (error) {
    const fields = Object.entries(record).map(([key, value]) => [key, String(value)])
    return JSON.stringify({ ...Object.fromEntries(fields), unloggable: String(error) })
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (!(value instanceof Error)) return value
  const { name, message, stack = '', cause } = value
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  return { name, message, stack: frames.join('\n'), cause }
}

/**
 * `09:00:00 WARN what happened key=value` in the local time of whoever looks at it. A text of several
 * lines, such as a stack, follows indented, so that none of its lines passes for one of the log.
 */
function humanLine(json: string): string {
  const { time, level, event, ...fields } = Fields.parse(JSON.parse(json))
  const clock = new Date(String(time)).toTimeString().slice(0, 8)
  const loud = level === 'info' ? [] : [String(level).toUpperCase()]
  const words = Object.entries(fields).map(([key, value]) => `${key}=${humanValue(value)}`)
  const text = [clock, ...loud, String(event), ...words].join(' ')
  return printableLines(text).replaceAll('\n', '\n    ')
}

function humanValue(value: unknown): string {
  const readable = typeof value === 'string' && (/^[^\s"]+$/u.test(value) || value.includes('\n'))
  return readable ? value : JSON.stringify(value)
}
