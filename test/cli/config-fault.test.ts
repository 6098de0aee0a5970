import { describe, expect, it } from 'vitest'
import { checkText } from './in-process.ts'

/** A file of one world `ci`: the text is what it holds, from line 4 on. */
const world = (text: string) => {
  const lines = text.split('\n').map((line) => `    ${line}`)
  return ['# worlds', 'worlds:', '  - name: ci', ...lines].join('\n')
}

describe('a file with a fault is refused by line, field, reason and way out:', () => {
  it.each([
    { text: 'prot: 1', says: '1 prot: there is no such field; did you mean port?' },
    {
      text: '\nport: x',
      says: '2 port: it is "x"; give a whole number from 0 (any free port) to 65535',
    },
    { text: 'demo: true\nwait: 1s', says: '2 wait: it cannot be set in a file; use --wait' },
    { text: 'rules: []', says: '1 rules: a list of rules is not built yet; leave it out' },
    { text: 'port: 1\nport: 2', says: '2 port: it occurs twice; leave one of them out' },
    { text: 'worlds: 7', says: '1 worlds: it is a number; give a list' },
    { text: 'worlds:\n  - ci', says: '2 worlds.0: it is a text; give fields by name' },
    { text: 'worlds:\n  - seed: x', says: '2 worlds.0.name: it is missing; give it' },
    {
      text: 'worlds:\n  - name: CI',
      says: '2 worlds.0.name: it cannot be used; give lower-case letters, digits and dashes, at most 63',
    },
    {
      text: 'worlds:\n  - name: a\n  - name: b\n  - name: a',
      says: '4 worlds.2.name: worlds.0 is called a too; choose another name',
    },
    {
      text: 'worlds:\n  - name: default\n    idle_ttl: PT1H',
      says: '3 worlds.0.idle_ttl: the world default never ends; leave it out',
    },
    {
      text: 'profiles:\n  - name: x\n    base: /cgi-bin',
      says: '3 profiles.0.base: it cannot be used; give a path that begins like no other surface of the simulator',
    },
    {
      text: 'profiles:\n  - {name: x, base: /x}\n  - {name: x, base: /y}',
      says: '3 profiles.1: the partner profile x (/y) has the name or base path of x (/x); give each profile its own name and base path, none below another',
    },
    {
      text: 'profiles:\n  - name: x\n    base: /x\n    endpoints:\n      message.send:\n        methud: GET',
      says: '6 profiles.0.endpoints.message.send.methud: there is no such field; did you mean method?',
    },
    {
      text: '# none\n- port',
      says: '2: it does not contain settings by name; write one setting per line, as in port: 8878',
    },
    {
      text: 'a: &a [*a]',
      says: '1: it cannot be understood: its aliases do not end; write aliases that do not contain themselves',
    },
    {
      text: 'port: 1\n---\nport: 2',
      says: '2: it cannot be understood: it holds several documents; correct the file: it is read as YAML',
    },
    {
      text: world('seed: 42'),
      says: '4 worlds.0.seed: it is a number, not a text; write it in quotes: "42"',
    },
    {
      text: world('magc: off'),
      says: '4 worlds.0.magc: there is no such field; did you mean magic?',
    },
    { text: world('magic: false'), says: '4 worlds.0.magic: it is false; give on or off' },
    {
      text: world('if_exists: replace'),
      says: '4 worlds.0.if_exists: it is "replace"; give reuse',
    },
    {
      text: world('rules: []'),
      says: '4 worlds.0.rules: a list of rules is not built yet; leave it out',
    },
    {
      text: world('clock:\n  mode: froze'),
      says: '5 worlds.0.clock.mode: it is "froze"; did you mean frozen?',
    },
    {
      text: world('clock:\n  now: Monday'),
      says: '5 worlds.0.clock.now: it is not an instant; give one such as 2026-01-05T01:00:00Z',
    },
    {
      text: world('clock: {now: 2019-01-01T00:00:00Z}'),
      says: '4 worlds.0.clock.now: it cannot be used; give an instant from 2020 to the end of 2034',
    },
    {
      text: world('accounts:\n  -\n'),
      says: '5 worlds.0.accounts.0: it is empty; give fields by name',
    },
    {
      text: world('accounts:\n  - stage: new'),
      says: '5 worlds.0.accounts.0.key: it is missing; give it',
    },
    {
      text: world('accounts:\n  - key: acme\n    rules: 2014'),
      says: '6 worlds.0.accounts.0.rules: it is a number, not a text; write it in quotes: "2014"',
    },
    {
      text: world('accounts:\n  - key: acme\n    minute_limit: 0'),
      says: '6 worlds.0.accounts.0.minute_limit: it is less than 1; give at least 1',
    },
    {
      text: world('accounts:\n  - key: acme\n    callback:\n      secret: x'),
      says: '6 worlds.0.accounts.0.callback.url: it is missing; give it',
    },
    {
      text: world('accounts:\n  - key: acme\n    callback: {url: http://a, secrt: x}'),
      says: '6 worlds.0.accounts.0.callback.secrt: there is no such field; did you mean secret?',
    },
    {
      text: world(`accounts:\n  - key: acme\n    company: ${'x'.repeat(101)}`),
      says: '6 worlds.0.accounts.0.company: it has more than 100 characters; give at most 100',
    },
    {
      text: world('people:\n  - mobile: 13800138001'),
      says: '5 worlds.0.people.0.mobile: it is a number, not a text; write it in quotes: "13800138001"',
    },
    {
      text: world('people:\n  - name:'),
      says: '5 worlds.0.people.0.name: it is empty; give a text',
    },
    {
      text: world('people:\n  - name: ""'),
      says: '5 worlds.0.people.0.name: it is empty; give it, or leave it out',
    },
    {
      text: `anchors: &li {nam: 李雷}\n${world('people:\n  - *li')}`,
      says: '1 worlds.0.people.0.nam: there is no such field; did you mean name?',
    },
  ])('$says', async ({ text, says }) => {
    expect(await checkText(text)).toContain(`sim.yaml:${says}`)
  })

  it.each([
    { text: '{"port":', says: '1: it cannot be understood: Unexpected end of JSON input;' },
    { text: '{\n"port": 1,\n"demo": yes\n}', says: '3: it cannot be understood: Unexpected token' },
    { text: '{\n"port": 1,\n}', says: '3: it cannot be understood: Expected double-quoted' },
    { text: '{\n"port": 1,\n"port": 2\n}', says: '3 port: it occurs twice;' },
    {
      text: '{\n\t"worlds": [\n\t\t{\n\t\t\t"name": 1\n}]}',
      says: '4 worlds.0.name: it is a number',
    },
  ])('JSON: $says', async ({ text, says }) => {
    expect(await checkText(text, 'sim.json')).toEqual([expect.stringContaining(`sim.json:${says}`)])
  })
})

describe('what shows only when the worlds are made', () => {
  const accounts = (...keys: string[]) =>
    `accounts: [${keys.map((key) => `{key: ${key}}`).join(', ')}]`

  it.each([
    {
      text: world(accounts('acme', 'acme')),
      says: '4 worlds.0.accounts.1.key: the world already has an account acme',
    },
    {
      text: world(`${accounts('acme')}\npeople:\n  - name: a\n  - follows: [acne]`),
      says: '7 worlds.0.people.1.follows.0: ',
    },
    { text: world('people:\n  - registered_with: [acme]'), says: '5 worlds.0.people.0.' },
    {
      text: world('accounts:\n  - key: acme\n    profile: mine'),
      says: '6 worlds.0.accounts.0.profile: no profile is called mine; use one of: default',
    },
    {
      text: `${world('accounts: [{key: acme, eid: mine}]')}\n  - name: two\n    accounts: [{key: acme, eid: mine}]`,
      says: '6 worlds.1.accounts.0.eid: the world ci has mine; choose another',
    },
  ])('is refused by line and field as well: $says', async ({ text, says }) => {
    expect(await checkText(text)).toEqual([expect.stringContaining(`sim.yaml:${says}`)])
  })

  it('is said of all worlds at once', async () => {
    const two = `${world(accounts('a', 'a'))}\n  - name: two\n    ${accounts('b', 'b')}`
    expect(await checkText(two)).toEqual([
      expect.stringMatching(/^sim\.yaml:4 worlds\.0\.accounts\.1\.key: /),
      expect.stringMatching(/^sim\.yaml:6 worlds\.1\.accounts\.1\.key: /),
    ])
  })
})

it('says all faults of a file at once, in the order of its lines', async () => {
  const text = `worlds:\n  - name: Ci\n    magic: maybe\nport: x\nprofiles: 1\n`
  expect((await checkText(text)).map((line) => line.split(': ')[0])).toEqual([
    'sim.yaml:2 worlds.0.name',
    'sim.yaml:3 worlds.0.magic',
    'sim.yaml:4 port',
    'sim.yaml:5 profiles',
  ])
})
