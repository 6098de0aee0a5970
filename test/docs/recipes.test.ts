import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator, type Simulator } from '../../src/simulator.ts'
import { samples } from '../../views/docs/samples.ts'
import { textOf } from '../page.ts'
import { environmentForChildren, startChild } from '../process.ts'
import { httpOf } from '../sim.ts'
import { has } from './runtime.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let sim: Simulator
let env: Record<string, string>
let page: string

/** The demo, as a reader has it who has started it with all ways in. */
beforeAll(async () => {
  sim = await createSimulator({ demo: true })
  await sim.listen({ port: 0, httpsPort: 0, proxyPort: 0 })
  env = await sim.env()
  page = textOf((await httpOf(sim)('GET', '/docs/recipes?lang=en')).text)
})
afterAll(() => sim.close())

/** A piece of code as the page shows it: with this server's own names. */
function recipe(name: keyof typeof samples): string {
  const fill = { origin: sim.url, base: sim.url, appid: env['WECHAT_APPID'] }
  const filled = Object.entries(fill).reduce(
    (code, [key, value]) => code.replaceAll(`{${key}}`, value ?? ''),
    samples[name],
  )
  expect(page).toContain(filled)
  return filled
}

/** Runs a line of shell, in a folder with a file, and answers what was said. */
async function run(line: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code)
  const { NODE_EXTRA_CA_CERTS: _, ...own } = environmentForChildren()
  const program = { ...own, ...env, NODE: process.execPath }
  const child = startChild('sh', ['-c', line], { cwd: folder, env: program })
  const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr)])
  return said + wrong
}

/** What the page says of the environment, and then a program of one's own instead of curl. */
function proxied(line: string): string {
  const code = recipe('proxied')
  return code.slice(0, code.lastIndexOf('curl ')) + line
}

/** Two answers about the demo's followers. */
const followers_twice = /"?total"?: \d+[\s\S]*"?total"?: \d+/u
const token = /"access_token":"/u
const token_url = () =>
  `https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=${env['WECHAT_APPID']}&secret=${env['WECHAT_SECRET']}`

describe('the recipe of an SDK of Node', () => {
  it('co-wechat-api goes by its prefix, and by the proxy with an agent', async () => {
    const line = proxied('"$NODE" recipe.mjs')
    expect(await run(line, { 'recipe.mjs': recipe('coWechatApi') })).toMatch(followers_twice)
  })

  it('node-easywechat goes by its base URL, and unchanged by the proxy', async () => {
    const line = proxied('"$NODE" recipe.mjs')
    expect(await run(line, { 'recipe.mjs': recipe('nodeEasywechat') })).toMatch(followers_twice)
  })

  it('fetch and node:https go by the proxy that the environment names', async () => {
    const code = `import https from 'node:https'
console.log(await (await fetch(process.env.ASKED)).text())
https.get(process.env.ASKED, (answer) => answer.pipe(process.stdout))`
    const line = `ASKED='${token_url()}' "$NODE" recipe.mjs`
    const said = await run(proxied(line), { 'recipe.mjs': code })
    expect(said.match(/"access_token":"/gu)).toHaveLength(2)
  })

  it.runIf(has(`ls "${root}/node_modules/wechat-api"`, /index\.js/u))(
    'wechat-api, where it is installed, goes by its endpoint',
    async () => {
      const said = await run('"$NODE" recipe.mjs', { 'recipe.mjs': recipe('wechatApi') })
      expect(said).toMatch(/total: \d+/u)
    },
  )
})

describe('what the page says of the proxy', () => {
  it.runIf(has('command -v curl'))('works as it is pasted: curl', async () => {
    expect(await run(recipe('proxied'))).toMatch(token)
  })

  it.runIf(has('python3 --version'))('holds for urllib of Python', async () => {
    const code = `import os, urllib.request
print(urllib.request.urlopen(os.environ['ASKED']).read().decode())`
    const line = proxied(`ASKED='${token_url()}' python3 recipe.py`)
    expect(await run(line, { 'recipe.py': code })).toMatch(token)
  })

  it.runIf(has('python3 -c "import requests; print(1)"', /^1$/mu))(
    'holds for requests of Python, by which wechatpy and WeRoBot go',
    async () => {
      const code = `import os, requests
print(requests.Session().get(os.environ['ASKED']).text, requests.get(os.environ['ASKED']).text)`
      const line = proxied(`ASKED='${token_url()}' python3 recipe.py`)
      const said = await run(line, { 'recipe.py': code })
      expect(said.match(/"access_token":"/gu)).toHaveLength(2)
    },
  )

  it.runIf(has('python3 -c "import wechatpy; print(1)"', /^1$/mu))(
    'holds for wechatpy, where it is installed',
    async () => {
      const line = proxied('python3 recipe.py')
      expect(await run(line, { 'recipe.py': recipe('wechatpy') })).toMatch(/'total': \d+/u)
    },
  )

  it.runIf(has('python3 -c "import werobot.client; print(1)"', /^1$/mu))(
    'holds for WeRoBot, where it is installed',
    async () => {
      const line = proxied('python3 recipe.py')
      expect(await run(line, { 'recipe.py': recipe('werobot') })).toMatch(/'total': \d+/u)
    },
  )

  it.runIf(has('php -m', /^curl$/mu))(
    'holds for curl of PHP, by which EasyWeChat goes',
    async () => {
      const code = `<?php
$call = curl_init(getenv('ASKED'));
curl_setopt($call, CURLOPT_RETURNTRANSFER, true);
echo curl_exec($call), curl_error($call);`
      const php = 'php -d curl.cainfo=$TUPU_CA_FILE -d openssl.cafile=$TUPU_CA_FILE'
      expect(page).toContain(php)
      const line = proxied(`ASKED='${token_url()}' ${php} recipe.php`)
      expect(await run(line, { 'recipe.php': code })).toMatch(token)
    },
  )

  it.runIf(has('javac -version', /\b(1[1-9]|[2-9]\d)\./u) && has('command -v curl'))(
    'holds for both clients of Java, with the trust store that the server hands out',
    async () => {
      const code = `import java.net.*;
import java.net.http.*;
public class Recipe {
  public static void main(String[] args) throws Exception {
    var asked = System.getenv("ASKED");
    System.out.println(new String(new URL(asked).openStream().readAllBytes()));
    var request = HttpRequest.newBuilder(URI.create(asked)).build();
    var body = HttpResponse.BodyHandlers.ofString();
    System.out.println(HttpClient.newHttpClient().send(request, body).body());
  }
}`
      const flags = /-Dhttps\.proxyHost\S+ -Dhttps.*?changeit\b/u.exec(page)?.[0] ?? ''
      const { port } = new URL(env['TUPU_PROXY_URL'] ?? '')
      const [, fetched = ''] = recipe('ca').split('\n\n')
      const line = `${fetched} 2>/dev/null; ASKED='${token_url()}' java ${flags.replace('8879', port)} Recipe.java`
      const said = await run(line, { 'Recipe.java': code })
      expect(said.match(/"access_token":"/gu), said).toHaveLength(2)
    },
  )
})

it.runIf(has('command -v curl'))(
  'under WeChat’s own names, as by a hosts file, HTTPS answers as WeChat',
  async () => {
    const { port } = new URL(env['TUPU_HTTPS_URL'] ?? '')
    const url = token_url().replace('.com/', `.com:${port}/`)
    const line = `curl -sS --cacert "$TUPU_CA_FILE" --resolve "api.weixin.qq.com:${port}:127.0.0.1" "${url}"`
    expect(await run(line)).toMatch(token)
  },
)
