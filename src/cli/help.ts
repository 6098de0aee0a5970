import { type Command, commands, defaultFor, isFor, type Setting, settings } from '../config.ts'

const WIDTH = 96
const INDENT = '      '

const usage: Record<Command, { line: string; does: string }> = {
  serve: { line: 'tupu-sim [serve] [options]', does: 'start the simulator' },
  proxy: {
    line: 'tupu-sim proxy [options of serve]',
    does: "start the simulator with a proxy that answers for WeChat's hosts",
  },
  exec: {
    line: 'tupu-sim exec [options] -- PROGRAM [arguments]',
    does: 'run a program against a simulator of its own, in memory, and end with its exit code',
  },
  ready: {
    line: 'tupu-sim ready [options]',
    does: 'ask a simulator whether it is ready: exit code 0 if it is, else 1',
  },
  coverage: {
    line: 'tupu-sim coverage FILE… [options]',
    does: 'add up answers of coverage.get and print what was met: exit code 0 if it is enough, else 1',
  },
  'check-config': {
    line: 'tupu-sim check-config [FILE] [options]',
    does: 'check a configuration file, and start nothing: exit code 0 if it can be used, else 1',
  },
  'check-push': {
    line: 'tupu-sim check-push URL --token TOKEN [options]',
    does: "probe a handler of WeChat's pushes as attackers would: exit code 0 if nothing failed, else 1",
  },
  profile: {
    line: 'tupu-sim profile check FILE… | profile record [FILE…]',
    does: 'name every fault of a partner profile, or draw one from a request and its answer (cURL, HAR, raw HTTP)',
  },
  contract: {
    line: 'tupu-sim contract run --target URL --eid EID --mobile A,B [options] | contract export --out FOLDER',
    does: 'ask any partner whether the contract holds: exit code 0 if it does, else 1; or write it down for others',
  },
  bundle: {
    line: 'tupu-sim bundle [options]',
    does: 'write one file for a bug report: a world with its calls, without the names, mobiles, emails and secrets that it knows',
  },
  replay: {
    line: 'tupu-sim replay FILE [options]',
    does: 'make the calls of such a file again: exit code 0 if all answers are the same, else 1',
  },
  ca: {
    line: 'tupu-sim ca [options]',
    does: 'hand out the certificate of the CA beside the data, for clients that are to trust it',
  },
}

const values: Record<Exclude<Setting['type'], 'switch'>, string> = {
  text: ' TEXT',
  number: ' NUMBER',
  list: ' A,B',
  duration: ' TIME',
  profiles: ' LIST',
  worlds: ' LIST',
}

/** What `--help` prints: all commands, and the options of the named one, else those of serve. */
export function helpText(command: Command | undefined): string {
  const shown = command === undefined ? commands : [command]
  const listed = settings.filter((one) => isFor(one, command ?? 'serve'))
  return [
    "A stand-in for TUPU and for WeChat's official-account platform.",
    '',
    ...shown.flatMap((name) => [`  ${usage[name].line}`, `${INDENT}${usage[name].does}`]),
    '',
    ...(listed.length > 0
      ? [
          `Options of ${command ?? 'serve'} (flag before environment before configuration file):`,
          '',
          ...listed.flatMap((setting) => optionLines(setting, command ?? 'serve')),
          '',
        ]
      : []),
    '  --help, --version',
    '',
  ].join('\n')
}

function optionLines(setting: Setting, command: Command): string[] {
  const held = defaultFor(setting, command)
  const usual = held === undefined ? undefined : `default ${held}`
  const aside = [setting.flag && setting.env, usual].filter((part) => part !== undefined)
  return [
    `  ${spelling(setting)}${aside.length ? `  (${aside.join(', ')})` : ''}`,
    ...wrap(setting.meaning),
  ]
}

/** How it is given: by its flag, else where else it can be. */
function spelling({ flag, env, name, type }: Setting): string {
  if (flag === undefined) return env ?? `${name} in the configuration file`
  return type === 'switch' ? `${flag}, ${flag.replace('--', '--no-')}` : `${flag}${values[type]}`
}

function wrap(text: string): string[] {
  const lines: string[] = []
  let line = INDENT
  for (const word of text.split(' ')) {
    if (line.length + word.length > WIDTH && line.trim()) {
      lines.push(line.trimEnd())
      line = INDENT
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()]
}
