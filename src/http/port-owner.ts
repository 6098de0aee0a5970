import { z } from 'zod'

const ANSWER_MS = 1000
const Livez = z.object({
  name: z.literal('tupu-simulator'),
  version: z.string().optional(),
  pid: z.number().optional(),
  data: z.string().optional(),
})

/** Who listens on a local port, in words: one of us with its process and data, or a stranger. */
export async function describeHolder(port: number): Promise<string> {
  for (const host of ['127.0.0.1', '[::1]']) {
    const one = await describeSimulator(`http://${host}:${port}`)
    if (one !== undefined) return one
  }
  return 'another program'
}

/** The simulator that answers there, in words; strangers answer anything or nothing: undefined. */
export async function describeSimulator(url: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS)
    const response = await fetch(new URL('/livez', url), { signal, redirect: 'manual' })
    return describe(Livez.parse(await response.json()))
  } catch {
    return undefined
  }
}

function describe({ version, pid, data }: z.output<typeof Livez>): string {
  const facts = [
    version === undefined ? undefined : `version ${version}`,
    pid === undefined ? undefined : `process ${pid}`,
    data === undefined ? undefined : `data ${data}`,
  ].filter((fact) => fact !== undefined)
  return ['another TUPU simulator', ...(facts.length > 0 ? [`(${facts.join(', ')})`] : [])].join(
    ' ',
  )
}
