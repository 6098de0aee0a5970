import type { SampleName } from '../words/docs/topic.ts'
import { containerSamples } from './container-samples.ts'
import { test_samples } from './test-samples.ts'

/**
 * Pieces of code of the topics, the same in every language. Names in braces are this server's: `{origin}`, `{base}` (of the world's
 * open APIs), `{world}`, `{eid}`, `{appid}`, `{secret}`, `{mobile}`, `{auth}` (the control token, where it is needed).
 */
export const samples: Readonly<Record<SampleName, string>> = {
  run: 'npm ci && npm start',
  environment: `export TUPU_BASE_URL={base}/tupu/v1
export TUPU_EID={eid}
export WECHAT_API_BASE={base}
export TUPU_SIM_URL={origin}
export TUPU_SIM_WORLD={world}`,
  send: `curl "{origin}/_sim/v1/worlds/{world}/associations"{auth} \\
  -d '{"mobile":"13800138000","name":"陈晨"}'

curl "{base}/tupu/v1/messages" \\
  -d '{"eid":"{eid}","mobile":"138 0013 8000","message":"欢迎加入，请完成入职登记"}'`,
  look: `curl "{origin}/_sim/v1/worlds/{world}/messages?mobile=13800138000"{auth}`,
  message: `{
  "eid": "{eid}",
  "mobile": "138 0013 8000",
  "message": "欢迎加入，请完成入职登记",
  "name": "王小雨",
  "keywords": { "keyword1": "王小雨" },
  "url": "https://hr.example.com/t/1",
  "client_msg_id": "order-17"
}`,
  find: `curl "{base}/tupu/v1/messages?eid={eid}&client_msg_id=order-17"`,
  generate: 'npx openapi-typescript {origin}/openapi.json -o tupu.ts',
  callback: `{
  "event": "message.failed",
  "event_id": "…",
  "eid": "{eid}",
  "msgid_str": "4795131072512000064",
  "client_msg_id": "order-17",
  "state": "failed",
  "reason": "user_block",
  "wechat_status": "failed:user block",
  "occurred_at": "2026-01-05T01:00:02.000Z"
}`,
  registered: `curl "{origin}/_sim/v1/worlds/{world}/associations"{auth} \\
  -d '{"mobile":"13800138000","state":"muted"}'`,
  oauth: `curl -sL -o /dev/null -w '%{url_effective}\\n'{auth} -H 'X-Sim-Person: li' \\
  "{base}/connect/oauth2/authorize?appid={appid}&redirect_uri={base}/livez&response_type=code&scope=snsapi_base"`,
  signed: `url={base}/tupu/v1/messages
secret=$TUPU_PARTNER_SECRET
body='{"eid":"{eid}","mobile":"13800138002","message":"欢迎加入"}'
path=/$(printf %s "$url" | cut -d/ -f4-)
timestamp=$(date +%s)
nonce=$(openssl rand -hex 8)
digest=$(printf %s "$body" | openssl dgst -sha256 | sed 's/.* //')
text=$(printf '%s\\n' "$timestamp" "$nonce" POST "$path" "$digest")
signature=$(printf %s "$text" | openssl dgst -sha256 -hmac "$secret" | sed 's/.* //')
curl "$url" -H 'Content-Type: application/json' \\
  -H "X-Tupu-Timestamp: $timestamp" -H "X-Tupu-Nonce: $nonce" \\
  -H "X-Tupu-Signature: sha256=$signature" -d "$body"`,
  world: `curl "{origin}/_sim/v1/worlds"{auth} \\
  -d '{"name":"ci-7","seed":"42","clock":{"mode":"frozen","now":"2026-01-05T01:00:00Z"}}'`,
  ...test_samples,
  advance: `curl "{origin}/_sim/v1/worlds/{world}/clock/advance"{auth} -d '{"by":"P14D"}'`,
  freeze: `curl -X PUT "{origin}/_sim/v1/worlds/{world}/clock"{auth} -d '{"mode":"frozen"}'`,
  busy: `curl "{origin}/_sim/v1/worlds/{world}/faults"{auth} \\
  -d '{"name":"busy twice","mobile":"13800138000","times":2,"errcode":-1}'`,
  lost: `curl "{origin}/_sim/v1/worlds/{world}/faults"{auth} \\
  -d '{"mobile":"13800138000","stage":"after","transport":"reset","times":1}'`,
  sequence: `curl "{origin}/_sim/v1/worlds/{world}/faults"{auth} -d '{
  "surface": "wechat",
  "endpoint": "template.send",
  "account": "{eid}",
  "sequence": [{ "errcode": -1 }, { "pass": true }, { "errcode": 45009 }]
}'`,
  faults: `curl "{origin}/_sim/v1/worlds/{world}/faults"{auth}

curl -X DELETE "{origin}/_sim/v1/worlds/{world}/faults"{auth}`,
  faultTest: `const busy = await w.fault({ mobile: '13800138000', times: 2, errcode: -1 })
// your platform sends, and tries again
expect(await busy.hits()).toBe(2)
await w.message({ mobile: '13800138000', state: 'delivered' })
await busy.remove()`,
  magic: `curl "{base}/tupu/v1/messages" \\
  -d '{"eid":"{eid}","mobile":"19900043004","message":"欢迎加入"}'

curl "{origin}/_sim/v1/magic"{auth}`,
  wait: `curl "{origin}/_sim/v1/worlds/{world}/wait"{auth} \\
  -d '{"for":{"message":{"mobile":"13800138000"}},"timeout":"PT5S"}'`,
  verify: `curl "{origin}/_sim/v1/worlds/{world}/verify"{auth} \\
  -d '{"exchanges":{"endpoint":"message.send","mobile":"13800138000"},"count":{"min":1}}'`,
  waitTest: `const { found } = await w.waitFor(
  { message: { mobile: '13800138000', state: 'failed' } },
  { autoAdvance: 'P30D' },
)
await w.verify({ exchanges: { endpoint: 'message.send', mobile: '13800138000' }, count: 1 })`,
  sms: `curl "{base}/sink/sms" -d '{"to":"13800138000","text":"欢迎加入"}'`,
  email: `curl "{base}/sink/email" \\
  -d '{"to":"chen@example.com","subject":"入职通知","text":"欢迎加入"}'`,
  contacts: `curl "{origin}/_sim/v1/worlds/{world}/contacts?mobile=13800138000"{auth}`,
  auditTest: `// your platform sends, and falls back to {base}/sink/sms
await w.advance('PT2M')
expect(await w.contacts('13900139000')).toMatchObject([
  { channel: 'wechat', state: 'refused', errcode: 100011 },
  { channel: 'sms', text: '欢迎加入' },
])
await w.audit() // throws, and says who was lost, told twice or told late`,
  audit: `curl "{origin}/_sim/v1/worlds/{world}/audit?within=PT1M"{auth}`,
  snapshot: `curl "{origin}/_sim/v1/worlds/{world}/snapshots"{auth} -d '{"name":"staged"}'

curl -X POST "{origin}/_sim/v1/worlds/{world}/snapshots/staged/restore"{auth}`,
  snapshotTest: `beforeAll(async () => {
  for (const mobile of mobiles) await w.register(mobile)
  await w.snapshot('staged')
})
beforeEach(() => w.restore('staged'))`,
  coverage: `curl "{origin}/_sim/v1/coverage?world={world}&format=text"{auth}`,
  drill: `curl -X POST "{origin}/_sim/v1/worlds/{world}/drills/wechat_busy"{auth}

curl "{origin}/_sim/v1/worlds/{world}/drills"{auth}

curl -X POST "{origin}/_sim/v1/worlds/{world}/drills/wechat_busy/stop"{auth}

curl "{origin}/_sim/v1/worlds/{world}/audit"{auth}`,
  drillTest: `await w.drill('wechat_busy')
// your platform tells a hundred people something
await w.advance('PT2H')
await w.audit()`,
  explain: `curl "{origin}/_sim/v1/worlds/{world}/explain?mobile=13800138000"{auth}`,
  check: `curl "{origin}/_sim/v1/worlds/{world}/check?message=Welcome%20to%20the%20team"{auth}`,
  explainTest: `const { verdict, sentence, fix } = await w.explain({ mobile: '13800138000' })`,
  exchanges: `curl "{origin}/_sim/v1/worlds/{world}/exchanges?surface=tupu"{auth}`,
  stream: `curl -N "{origin}/_sim/v1/worlds/{world}/exchanges/stream?surface=tupu&follow=false"{auth}`,
  trace: `TRACE=$(curl -s "{origin}/_sim/v1/worlds/{world}/explain?mobile=13800138000"{auth} |
  sed -n 's/.*"trace":"\\([0-9a-f]*\\)".*/\\1/p')

curl "{origin}/_sim/v1/worlds/{world}/traces/$TRACE?format=text"{auth}`,
  sdk: `const api = new WechatAPI('{appid}', process.env.WECHAT_SECRET)
api.prefix = '{base}/cgi-bin/'`,
  hosts: `curl "{base}/api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid={appid}&secret=$WECHAT_SECRET"`,
  ca: `curl "{origin}/ca" -o ca.pem

curl "{origin}/ca?format=truststore" -o truststore.p12`,
  proxied: `export HTTPS_PROXY=$TUPU_PROXY_URL https_proxy=$TUPU_PROXY_URL
export NO_PROXY=localhost,127.0.0.1
export NODE_EXTRA_CA_CERTS=$TUPU_CA_FILE NODE_USE_ENV_PROXY=1
export REQUESTS_CA_BUNDLE=$TUPU_CA_FILE SSL_CERT_FILE=$TUPU_CA_FILE
export CURL_CA_BUNDLE=$TUPU_CA_FILE
curl "https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid={appid}&secret=$WECHAT_SECRET"`,
  hostsFile: `echo '127.0.0.1 api.weixin.qq.com open.weixin.qq.com mp.weixin.qq.com' | sudo tee -a /etc/hosts
sudo tupu-sim --https-port 443`,
  coWechatApi: `import https from 'node:https'
import WechatAPI from 'co-wechat-api'

const secret = process.env.WECHAT_SECRET
const byBase = new WechatAPI('{appid}', secret)
byBase.prefix = '{base}/cgi-bin/'
console.log(await byBase.getFollowers())

const byProxy = new WechatAPI('{appid}', secret)
byProxy.setOpts({ agent: new https.Agent({ proxyEnv: process.env }) })
console.log(await byProxy.getFollowers())`,
  wechatApi: `import WechatAPI from 'wechat-api'

const api = new WechatAPI('{appid}', process.env.WECHAT_SECRET)
api.endpoint = '{base}'
api.getFollowers((error, answer) => console.log(error ?? answer))`,
  nodeEasywechat: `import { OfficialAccount } from 'node-easywechat'

const account = { app_id: '{appid}', secret: process.env.WECHAT_SECRET }
const byBase = new OfficialAccount({ ...account, http: { baseURL: '{base}/' } })
console.log((await byBase.getClient().get('cgi-bin/user/get')).toObject())

const byProxy = new OfficialAccount(account)
console.log((await byProxy.getClient().get('cgi-bin/user/get')).toObject())`,
  wechatpy: `import os
from wechatpy import WeChatClient

client = WeChatClient('{appid}', os.environ['WECHAT_SECRET'])
print(client.user.get_followers())`,
  werobot: `import os
from werobot.client import Client

client = Client({'APP_ID': '{appid}', 'APP_SECRET': os.environ['WECHAT_SECRET']})
print(client.get_followers())`,
  easywechat: `<?php
require 'vendor/autoload.php';

$account = ['app_id' => '{appid}', 'secret' => getenv('WECHAT_SECRET')];
$app = new EasyWeChat\\OfficialAccount\\Application([
    ...$account,
    'http' => ['base_uri' => '{base}/'],
]);
echo $app->getClient()->get('cgi-bin/user/get')->getContent();`,
  wxjava: `var config = new WxMpDefaultConfigImpl();
config.setAppId("{appid}");
config.setSecret(System.getenv("WECHAT_SECRET"));
var host = "{base}";
config.setHostConfig(
    WxMpHostConfig.builder().apiHost(host).openHost(host).mpHost(host).build());
var service = new WxMpServiceImpl();
service.setWxMpConfigStorage(config);
System.out.println(service.getUserService().userList(null).getTotal());`,
  silenceper: `account := wechat.NewWechat().GetOfficialAccount(&config.Config{
    AppID:     "{appid}",
    AppSecret: os.Getenv("WECHAT_SECRET"),
    Cache:     cache.NewMemory(),
})
followers, err := account.GetUser().ListUserOpenIDs()`,
  powerwechat: `app, err := officialAccount.NewOfficialAccount(&officialAccount.UserConfig{
    AppID:  "{appid}",
    Secret: os.Getenv("WECHAT_SECRET"),
    Http:   officialAccount.Http{BaseURI: "{base}/"},
})`,
  senparc: `Senparc.Weixin.Config.ApiMpHost = "{base}";
Senparc.Weixin.Config.ApiMpFileHost = "{base}";
var secret = Environment.GetEnvironmentVariable("WECHAT_SECRET");
var token = await Senparc.Weixin.MP.CommonAPIs.CommonApi.GetTokenAsync("{appid}", secret);`,
  contract: `tupu-sim profile record call.txt > partner.yaml
tupu-sim profile check partner.yaml
tupu-sim contract run --target {base} --eid {eid} --mobile {mobile} --send
tupu-sim contract export --out contract`,
  commands: `tupu-sim exec -- npm test
tupu-sim --port 0 --print json
tupu-sim ready --wait 30s
tupu-sim exec --coverage a.json -- npm test
tupu-sim coverage a.json --min 80
tupu-sim proxy
tupu-sim ca --out ca.pem
tupu-sim check-config
tupu-sim check-push https://hr.example.com/wechat --token T`,
  file: `port: 8878
worlds:
  - name: default
    accounts: [{ key: acme, company: 晨光科技, review: time }]
    people: [{ key: wang, mobile: '13800138002', registered_with: [acme] }]
  - name: spring
    clock: { mode: frozen, now: '2026-03-02T01:00:00Z' }`,
  sandboxTemplate: `{{first.DATA}}
姓名：{{keyword1.DATA}}
公司：{{keyword2.DATA}}
时间：{{keyword3.DATA}}
{{remark.DATA}}`,
  tunnel: `cloudflared tunnel --url {origin}
TUNNEL=host-that-it-prints
npm start -- --public-url "https://$TUNNEL" --host 0.0.0.0`,
  connect: `APPID=wx0123456789abcdef SECRET=0123456789abcdef0123456789abcdef
curl "{origin}/_sim/v1/worlds/{world}/accounts"{auth} -d '{
  "key": "sandbox",
  "company": "晨光科技",
  "gateway": {
    "kind": "remote",
    "base_url": "https://api.weixin.qq.com",
    "appid": "'"$APPID"'",
    "app_secret": "'"$SECRET"'",
    "token": "tupuSandbox2026"
  }
}'

curl "{origin}/_sim/v1/worlds/{world}/accounts/sandbox"{auth}`,
  publish: `EID=sandbox-7f3k2m9q
curl -X POST "{origin}/_sim/v1/worlds/{world}/accounts/$EID/registration-page/publish"{auth}`,
  sendReally: `EID=sandbox-7f3k2m9q
curl "{base}/tupu/v1/messages" \\
  -d '{"eid":"'"$EID"'","mobile":"13800138000","message":"欢迎加入，请完成入职登记"}'`,
  ...containerSamples,
}
