import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { code_folders, listFiles, readText } from './file.ts'
import { readSource } from './source.ts'

const file_lines_max = 300
/** Where length says nothing: data, and words. */
const data_files =
  /^(db\/migrations\/|db\/tables\.ts$|views\/words\/|src\/\w+\/errors\.ts$|src\/apidoc\/examples\.json$)/u
const kebab_case = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/u

/** What only a machine, or an unfinished thought, has; put together, so that this file has none. */
const marks = new RegExp(
  [
    `\\b${['TO', 'DO'].join('')}\\b`,
    `\\b${['FIX', 'ME'].join('')}\\b`,
    `\\b(describe|it|test)\\.(${['on', 'ly'].join('')}|sk${'ip'})\\(`,
    `(?<![\\w.~$}-])/${'(home|root|Users|work|tmp|private|opt)'}/\\w`,
    `\\b[A-Z]:\\\\Users`,
    ['registry', 'npm'].join('\\.'),
  ].join('|'),
  'u',
)
/** A path that a test makes up. */
const made_up = ['/home/li']

const small_lines = 40
/** Files or folders that may be small though one other file alone imports them. */
const small_reasons: readonly (readonly [path: string, reason: string])[] = [
  ['db/', 'one store a noun, one way to a database'],
  ['views/', 'one page or one part of it a file; what is loaded late is listed in one'],
  ['src/cli/stop-signal.ts', 'run by itself in a test'],
  ['src/config/env.ts', 'beside the files that read the other places of settings'],
  ['src/control/trace/draw.ts', 'loaded late, with its views'],
  ['src/site.ts', 'the frame of pages that no call answers, beside the file that is full'],
  ['src/phone/pages/flash.ts', 'the same name as in the console'],
]

const papers = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'DECISIONS.md', 'SECURITY.md'],
  '.ci/run',
]
const settings = ['package.json', 'biome.json', 'tsconfig.json', 'vitest.config.ts', '.npmrc']
const files = code_folders.flatMap(listFiles)
const program = files.filter((path) => !path.startsWith('test/') && !data_files.test(path))

const linesOf = (path: string) => readText(path).split('\n').length - 1

/** A surface lists its endpoints, each in the file of its noun. */
const isListed = ([by = '']: readonly string[]) =>
  /\/(surface|pages)\.ts$|^src\/control\/endpoints\.ts$/u.test(by)

/** Who imports each file of the program. */
function importersOf(paths: readonly string[]): Map<string, string[]> {
  const importers = new Map<string, string[]>(paths.map((path) => [path, []]))
  for (const path of paths) {
    if (!/\.tsx?$/u.test(path)) continue
    for (const { from } of readSource(path).imports)
      importers.get(posix.join(posix.dirname(path), from))?.push(path)
  }
  return new Map([...importers].map(([path, by]) => [path, [...new Set(by)]]))
}

describe('the files', () => {
  it('have names in kebab case', () => {
    const odd = files.filter((path) => !kebab_case.test(path.split('/').at(-1) ?? ''))
    expect(odd).toEqual([])
  })

  it(`have at most ${file_lines_max} lines, else a folder is born`, () => {
    const counted = program.map((path) => ({ path, lines: linesOf(path) }))
    const long = counted.filter(({ lines }) => lines > file_lines_max)
    expect(
      long.map(
        ({ path, lines }) =>
          `${path} has ${lines}: make it the folder of its noun, with endpoints.ts and a file for each thing besides`,
      ),
    ).toEqual([])
  })

  it(`have at least ${small_lines} lines where one other file alone imports them, or a reason`, () => {
    const importers = importersOf(program.filter((path) => !path.startsWith('scripts/')))
    const small = [...importers].filter(
      ([path, by]) => by.length === 1 && linesOf(path) < small_lines && !isListed(by),
    )
    const named = small.map(([path]) => path)
    expect(
      named.filter((path) => !small_reasons.some(([known]) => path.startsWith(known))),
    ).toEqual([])
    const used = small_reasons.filter(([known]) => named.some((path) => path.startsWith(known)))
    expect(used).toEqual(small_reasons)
  })

  it('name no machine and leave nothing for later', () => {
    const bad = [...files, ...papers, ...settings].flatMap((path) =>
      readText(path)
        .split('\n')
        .filter((line) => marks.test(made_up.reduce((text, one) => text.replace(one, ''), line)))
        .map((line) => `${path}: ${line.trim()}`),
    )
    expect(bad).toEqual([])
  })
})

interface Locked {
  readonly version: string
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

describe('package-lock.json', () => {
  const text = readText('package-lock.json')
  const packages: Record<string, Locked> = JSON.parse(text).packages

  it('holds no address of a registry, so that any mirror serves', () => {
    expect(Object.values(packages).filter((one) => one.resolved !== undefined)).toEqual([])
    expect(text).not.toMatch(/"(resolved|tarball)"/u)
  })

  it('holds whatever its packages need, for every platform', () => {
    const missing = Object.entries(packages).flatMap(([path, one]) =>
      Object.keys({ ...one.dependencies, ...one.optionalDependencies })
        .filter((name) => !isFoundFrom(path, name))
        .map((name) => `${name}, for ${path}`),
    )
    expect(missing).toEqual([])
    const platforms = Object.keys(packages).filter((path) => path.includes('@biomejs/cli-'))
    expect(platforms).toHaveLength(8)
  })

  /** Node looks beside the package, then beside whoever holds it. */
  function isFoundFrom(path: string, name: string): boolean {
    if (Object.hasOwn(packages, `${path && `${path}/`}node_modules/${name}`)) return true
    if (path === '') return false
    return isFoundFrom(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
  }
})

describe('CHANGELOG.md', () => {
  it('has the headings of Keep a Changelog, each kind of change once a version', () => {
    const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']
    const [, ...versions] = readText('CHANGELOG.md').split(/^## /mu)
    expect(versions[0]).toMatch(/^\[Unreleased\]\n/u)
    for (const version of versions) {
      expect(version).toMatch(/^\[(Unreleased\]|\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2})$/mu)
      const named = [...version.matchAll(/^### (.+)$/gmu)].map(([, kind]) => kind)
      expect(kinds).toEqual(expect.arrayContaining(named))
      expect(named).toEqual([...new Set(named)])
    }
  })
})

describe('package.json', () => {
  const { scripts } = JSON.parse(readText('package.json'))

  it('calls its scripts by one word, with :all behind it where there is a longer way', () => {
    expect(Object.keys(scripts).filter((name) => !/^[a-z]+(:all)?$/u.test(name))).toEqual([])
  })
})
