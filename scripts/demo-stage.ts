/** One HTTP answer. */
export interface Answered {
  readonly status: number
  readonly trace: string
  readonly text: string
  /** The text as JSON; undefined when it is none. */
  readonly body: unknown
}

/** Where the demo plays: what is shown on the terminal, and the simulator that is called. */
export interface Stage {
  /** Begins a scene. */
  scene(title: string): void
  /** Calls the simulator over HTTP and shows both sides. */
  call(method: string, path: string, body?: object): Promise<Answered>
  /** Calls without showing: for what is shown in another form. */
  ask(method: string, path: string, body?: object): Promise<Answered>
  /** Shows what somebody says: text as it came, anything else as JSON. */
  show(who: string, value?: unknown): void
  /** Says what should be so; what is not is counted. */
  told(isSo: boolean, text: string): void
  /** A line without a judgement. */
  say(text: string): void
  /** How many things were not as told. */
  readonly untrue: number
}

const indent = '   '
const sgr = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 }

/** A stage that writes to a stream; colours are for terminals that want them. */
export function makeStage(
  out: { write(text: string): unknown },
  { origin, colours }: { origin: string; colours: boolean },
): Stage {
  const paint = (style: keyof typeof sgr, text: string) =>
    colours ? `\u001b[${sgr[style]}m${text}\u001b[0m` : text
  const line = (text: string) => out.write(`${text}\n`)
  let scenes = 0
  let untrue = 0
  const stage: Stage = {
    scene(title) {
      scenes += 1
      line(`\n${paint('bold', `${scenes}. ${title}`)}`)
    },
    async call(method, path, body) {
      stage.show(`→ ${method} ${path}`, body)
      const answered = await stage.ask(method, path, body)
      stage.show(`← ${answered.status}`, answered.text)
      return answered
    },
    ask: (method, path, body) => request(new URL(path, origin), method, body),
    show(who, value) {
      line(`${indent}${paint('cyan', who)}`)
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (text) line(`${indent}  ${paint('dim', text)}`)
    },
    told(isSo, text) {
      if (!isSo) untrue += 1
      line(`${indent}${isSo ? paint('green', `✓ ${text}`) : paint('red', `✗ not so: ${text}`)}`)
    },
    say: (text) => line(`${indent}${text}`),
    get untrue() {
      return untrue
    },
  }
  return stage
}

async function request(url: URL, method: string, body?: object): Promise<Answered> {
  const sent = body && {
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  }
  const response = await fetch(url, { method, ...sent })
  const text = await response.text()
  const trace = response.headers.get('X-Sim-Trace') ?? ''
  return { status: response.status, trace, text, body: readJson(text) }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
