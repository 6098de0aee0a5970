import type { Topics } from './topic.ts'

/** The hand-written pages of the documentation in English. */
export const enTopics: Topics = {
  start: {
    title: 'Getting started',
    lead: 'From a fresh start to a message on a phone, in a minute.',
    parts: [
      {
        id: 'run',
        title: 'Start it',
        text: ['You are reading this, so it is already running. Elsewhere, in a checkout:'],
        code: 'run',
        after: [
          'On start, it creates the demo world `default` and prints its environment block. Nothing leaves the machine: no network, no account at TUPU or WeChat, no real phone.',
        ],
      },
      {
        id: 'environment',
        title: 'Point your platform at it',
        text: [
          'A platform needs two values: the base URL of the partner API, and the EID of its customer. For this world, along with other values that tests may need:',
        ],
        code: 'environment',
        after: [
          '`world.get` returns the whole block, secrets included. Code that calls WeChat directly takes its base URL from `WECHAT_API_BASE`.',
        ],
      },
      {
        id: 'send',
        title: 'Send',
        text: [
          'The first call creates a candidate who follows the official account and has registered a mobile. The second is what a platform sends, with the mobile spelled differently:',
        ],
        code: 'send',
        after: [
          '`errcode` 0: WeChat has accepted the message. Anything else: the platform falls back to SMS or email. `/docs/handle` lists the other codes and what to do about each.',
        ],
      },
      {
        id: 'look',
        title: 'See it on the phone',
        text: [
          'Open `/phone`, or ask the API. The line is the message; the keywords are shown below it:',
        ],
        code: 'look',
        after: [
          'If a message did not arrive, `/docs/journal` says where to look: every call is recorded with the steps that led to its answer.',
        ],
      },
    ],
  },
  sending: {
    title: 'Sending a message',
    lead: 'One call to the partner API. The answer decides whether the platform falls back.',
    parts: [
      {
        id: 'call',
        title: 'The call',
        text: [
          '`message.send` takes `eid`, `mobile` and `message`. The rest is optional: `name` and `keywords` fill the template, `url` is the page that a tap opens, `email` is the recipient’s address.',
        ],
        code: 'message',
        after: [
          'TUPU looks up the OpenID registered for the mobile, calls WeChat’s template-message API and passes WeChat’s answer back unchanged. The HTTP status is 200 for every business answer.',
        ],
      },
      {
        id: 'mobile',
        title: 'The mobile',
        text: [
          'Mobiles are compared as E.164, however they are written: with spaces, dashes, brackets or full-width digits, with or without `+86`, `0086` or `86`. A mobile without a country code is treated as Chinese.',
        ],
      },
      {
        id: 'message',
        title: 'The message',
        text: [
          'At most 200 characters, counted as code points after NFC. Line breaks and tabs become a single space, because the phone shows one line. Control characters are refused with 100016, longer texts with 100013.',
          'Keywords are those of the account’s template. Omitted ones are filled in: name, company and time. An unknown keyword is refused with 100014.',
        ],
      },
      {
        id: 'twice',
        title: 'Sending once',
        text: [
          'Give each message a `client_msg_id`. For 24 hours of the world’s clock, the same id with the same body gets the first answer again, and nothing is sent twice. The same id with a different body is refused with 100015. A refused send is tried again. A platform can therefore always repeat a call if the answer was lost.',
        ],
      },
      {
        id: 'answer',
        title: 'The answer',
        text: [
          '`msgid` has 19 digits. Where numbers are doubles, as in JavaScript, read `msgid_str`. `message.get` and `message.find` later return the outcome:',
        ],
        code: 'find',
        after: [
          '`state` is sending, refused, accepted, delivered, failed or unknown. `fall_back` says whether the platform should reach the person another way; it is null while the message is being sent.',
        ],
      },
      {
        id: 'generated',
        title: 'Generated clients',
        text: [
          '`/openapi.json` describes every call as OpenAPI 3.1: schemas with names (`MessageSendRequest`, `TupuMessage`), how each call is authenticated, and examples. To generate TypeScript types (other generators work the same way):',
        ],
        code: 'generate',
        after: [
          'A refusal also has HTTP status 200, so a successful answer and a `Refusal` share one response type. Tell them apart by `errcode`, or by a field that only a successful answer has.',
        ],
      },
    ],
  },
  handle: {
    title: 'What to handle',
    lead: 'The outcomes that a platform must handle, and how to trigger each of them.',
    parts: [
      {
        id: 'rule',
        title: 'The rule',
        text: [
          '`errcode` 0: WeChat has the message. Anything else: reach the person another way. A few outcomes need more care:',
        ],
        show: 'outcomes',
        after: [
          'A magic mobile needs no setup: its digits determine TUPU’s answer, and no phone shows the message. For a mobile of your own, post a fault to `fault.create`; it ends after `times` calls. `/docs/faults` lists all options.',
        ],
      },
      {
        id: 'answers',
        title: 'Retry, fall back, or both',
        text: ['What matters is whether WeChat may already have the message:'],
        list: [
          'A refusal with a code: the message was not sent. Falling back is safe.',
          '`-1` and 100018: the message was not sent, and retrying soon may help. Repeat with the same `client_msg_id`, then fall back.',
          '100031 and 100032: TUPU does not know. The message may be on the phone. If you fall back, the person may hear twice; if you do not, they may not hear at all. For important messages, fall back.',
          'No answer at all: repeat the call with the same `client_msg_id`. If the first call was accepted, you get the same answer.',
        ],
      },
      {
        id: 'later',
        title: 'What comes later',
        text: [
          'Accepted does not mean delivered. WeChat reports the outcome to TUPU later. TUPU passes it on through the account’s callback, signed like a call to the partner API, or when you call `message.get`:',
        ],
        code: 'callback',
        after: [
          'Answer with 2xx within 5 s. Otherwise the same `event_id` is sent again after 10 s, 1 min, 10 min, 1 h and 6 h of the world’s clock. Events may arrive twice: deduplicate them by `event_id`.',
          'Behind a remote gateway, only the real WeChat knows the outcome of a message. With `account.update`, give the gateway the `token` and `aes_key` of the real account’s server configuration, and enter `/w/{world}/tupu/wechat/{eid}` on this server as the URL there. The server then answers WeChat’s verification of the URL, and receipts reach the callback.',
        ],
      },
    ],
  },
  registration: {
    title: 'Registration and web OAuth',
    lead: 'How a mobile is linked to an OpenID: on a page that the candidate opens in WeChat.',
    parts: [
      {
        id: 'phone',
        title: 'On the phone',
        text: [
          'Open `/phone`, choose a person, search the official account, follow it and tap its menu. `/register/{eid}` opens in that person’s WeChat, learns the OpenID by web OAuth and asks for name, mobile and email. `/apply/{eid}` is the page for job applications: whoever has already applied sees the data instead of the form.',
          'Every button is a control call: `phone.follow`, `phone.tap`, `phone.allow`, `phone.subscribe`.',
        ],
      },
      {
        id: 'call',
        title: 'By API',
        text: [
          'Most tests need only the result. `association.create` creates a person who follows the account and is registered. Set `state` for one who never followed, or no longer does:',
        ],
        code: 'registered',
        after: [
          'States: following, unfollowed, blocking, muted, never. One mobile has one OpenID per account; `rebind` of the account decides what happens when somebody registers a mobile that another person has registered.',
        ],
      },
      {
        id: 'oauth',
        title: 'Your own page in WeChat',
        text: [
          'Send visitors to `/connect/oauth2/authorize`, as you would to open.weixin.qq.com, and exchange the code with `oauth.exchange`. The person is determined by the path `/as/{person}/`, the header `X-Sim-Person`, the query parameter `sim_person`, or the phone that the browser opened last, in this order:',
        ],
        code: 'oauth',
        after: [
          'If none of these is given, the page asks the visitor to open the link in WeChat and, on the simulator, offers a choice of people. On a server that others can reach, the name of a person is accepted only with the control token, or signed as in the links of `phone.open`.',
          'WeChat sometimes opens a redirect twice. `person.update` with `double_redirect` makes a person’s WeChat do so every time, unless the link has `connect_redirect=1`: with the same code (`same_code`), so that the second exchange is refused with 40163, or with a second code (`second_code`). The first request is made in a hidden frame. It carries your cookies if your page and this server have the same host name, whatever the ports.',
        ],
      },
      {
        id: 'jssdk',
        title: 'The JS-SDK in your page',
        text: [
          'Load `/open/js/jweixin-1.6.0.js` from this server instead of res.wx.qq.com, with `/w/{world}` in front for that world, and sign the page with the ticket from `ticket.get`. In the phone’s web view, or in a browser with MicroMessenger in its User-Agent, `wx.config` is checked: `config:ok`, `config:invalid signature`, `config:invalid url domain` (`js_domains` of `official_account.update`). The journal says what was wrongly signed, such as the address with its fragment, or an expired ticket.',
        ],
        list: [
          '`weixin-js-sdk` from npm uses the script that the page has already loaded.',
          'After a refusal, `wx.error` is called and then `wx.ready`, as in WeChat’s own script.',
          'Unknown names in `jsApiList` are ignored. A function that is not listed answers `permission denied`.',
          'The phone has no camera, location or wallet: `chooseImage`, `getLocation` and similar functions answer `cancel`, as if the person had cancelled. `closeWindow` closes the web view.',
        ],
      },
      {
        id: 'withdraw',
        title: 'Withdrawal',
        text: [
          'Withdrawal, on the candidate’s page or with `association.withdraw`, deletes the association and the content sent to the person: only the fact of each message remains, and the journal blanks the person’s calls. `privacy_notice.publish` gives an account a new notice to agree to.',
        ],
      },
    ],
  },
  signature: {
    title: 'Signed calls',
    lead: 'An account with a partner secret requires every call to be signed.',
    parts: [
      {
        id: 'headers',
        title: 'Three headers',
        text: [
          '`X-Tupu-Timestamp` (real Unix seconds, at most five minutes off), `X-Tupu-Nonce`, and `X-Tupu-Signature`: `sha256=` followed by the hex HMAC-SHA256, keyed with the secret, of these five lines with no line break at the end: timestamp, nonce, method, path with query as sent (including `/w/{world}`, if present), and the hex SHA-256 of the body.',
        ],
        code: 'signed',
        after: [
          '`TUPU_PARTNER_SECRET` is the `partner_secret` of `world.get`. Each account accepts a nonce only once while the timestamp is valid, so sign a repeated call again.',
          'After 100003, the decision in the journal says what was wrong and shows the text that the server signed.',
        ],
      },
    ],
  },
  tests: {
    title: 'In your tests',
    lead: 'Each test has its own world, and a failed test says what happened to its messages.',
    parts: [
      {
        id: 'vitest',
        title: 'Vitest',
        text: [
          '`world` is named after the test, so its ids are the same in every run. `sim` listens on a free port and is shared by all tests of a worker. Requires Vitest 4 or newer:',
        ],
        code: 'vitestTest',
        after: [
          "A failed test prints the story of its latest sends, step by step. If there were none, it lists the calls that reached no endpoint. `worldInput` takes the input of `world.create`, `simulatorOptions` that of `createSimulator`; the latter needs `{ scope: 'worker' }`.",
        ],
      },
      {
        id: 'node-test',
        title: 'node:test',
        text: ['The same for Node’s own test runner:'],
        code: 'nodeTest',
        after: ['`it.extend({ worldInput, simulatorOptions })` returns another `it`.'],
      },
      {
        id: 'test',
        title: 'Anything else in Node',
        text: ['In process, without a server to start:'],
        code: 'test',
        after: [
          'For verbs without a method of their own, use `w.call(id, input)` with the ids of these pages.',
        ],
      },
      {
        id: 'pytest',
        title: 'pytest',
        text: [
          '`tupu-sim exec` starts a simulator for the tests and stops it after them. The fixture only needs Python, and adds the story of its sends to the report of a failed test:',
        ],
        code: 'pytestFixture',
      },
      {
        id: 'pytest-test',
        title: 'A test with pytest',
        text: ['It waits for what it expects and never sleeps:'],
        code: 'pytestTest',
      },
      {
        id: 'pytest-run',
        title: 'Running pytest',
        text: ['The exit code is pytest’s:'],
        code: 'pytestRun',
      },
      {
        id: 'junit',
        title: 'JUnit 5 and Testcontainers',
        text: [
          'One container of the image in `/docs/docker` per class, one world per test. Other machines can reach such a server, so control calls need the token:',
        ],
        code: 'junit',
        after: [
          'Without Docker, the same class calls the server of `tupu-sim exec -- mvn test`, whose address is `TUPU_SIM_URL`.',
        ],
      },
      {
        id: 'tested',
        title: 'What is tested',
        text: [
          'Our tests run the examples for Vitest and node:test against the packed package, and those for pytest where it is installed. The JUnit class was compiled and run by hand, against a server without a container.',
        ],
      },
    ],
  },
  worlds: {
    title: 'Worlds and isolation',
    lead: 'Each test has its own universe, side by side on one server.',
    parts: [
      {
        id: 'what',
        title: 'What a world is',
        text: [
          'Accounts, people, clock, journal and seed. For manual use there is `default`, the demo. Tests create worlds of their own, as `/docs/tests` shows:',
        ],
        code: 'world',
        after: [
          'The answer contains the base URL of the world, `/w/{world}` on this server, and the EIDs, secrets and environment block. Every path of the open APIs and pages also exists below it, including these pages, which then use that world in their examples.',
        ],
      },
      {
        id: 'whose',
        title: 'Which world a call belongs to',
        text: [
          'A call needs no extra header: its EID, appid, access token or OpenID identifies the world. Below `/w/{world}` the path wins, and credentials of another world are unknown. A call that identifies no world is recorded in the journal of `_unattributed`.',
        ],
      },
      {
        id: 'same',
        title: 'Repeatable results',
        text: [
          'The same name and seed give the same ids on any server. On a frozen clock, the same calls give the same answers and byte-for-byte identical exports. `world.reset` returns a world to its initial state: same ids and secrets, new tokens.',
          'A world ends two hours after its last call, unless `idle_ttl` says otherwise. A server can hold 1,000 worlds.',
        ],
      },
    ],
  },
  clock: {
    title: 'Time and clock',
    lead: 'Two weeks of review pass in one call.',
    parts: [
      {
        id: 'advance',
        title: 'Advance the clock',
        text: [
          'Each world has a clock, running or frozen. It only moves forward, and whatever falls due on the way happens in order:',
        ],
        code: 'advance',
        after: [
          'Instead of `by`, use `to` with an instant, or `next` for the next due event. The answer says what ran. `clock.timeline` lists what is due and what expires.',
        ],
      },
      {
        id: 'freeze',
        title: 'Freeze the clock',
        text: ['A test that depends on exact times needs a frozen clock:'],
        code: 'freeze',
        after: [
          'On a frozen clock, nothing happens by itself: callbacks, receipts and reviews wait for `clock.advance`.',
        ],
      },
      {
        id: 'which',
        title: 'Which clock applies where',
        text: [
          'The world’s clock governs everything that is stored or counted. Real time governs everything that involves another clock:',
        ],
        list: [
          'World clock: reviews, receipts, callback attempts, token lifetimes, quotas (days in Beijing time), `minute_limit`, the 24 hours of a `client_msg_id`.',
          'Real time: signature timestamps, browser sessions, timeouts, `wait`, delays of faults, and the two hours after which a world ends.',
        ],
      },
    ],
  },
  faults: {
    title: 'Faults and magic mobiles',
    lead: 'Make calls fail, slow down or break, as often as you need.',
    parts: [
      {
        id: 'magic',
        title: 'Magic mobiles',
        text: [
          '`19900` followed by a six-digit code is a mobile that answers with that code, without any setup: `19900000000` is accepted and delivered, `19900043004` answers 43004, `19900100011` answers 100011, `19900999999` answers -1. WeChat’s codes come with WeChat’s text. `magic: off` turns magic mobiles off in a world.',
        ],
        code: 'magic',
        list: [
          '`19901` and six digits: accepted, and the answer is delayed by that many milliseconds, at most 60,000.',
          '`19902000001` to `19902000004`: accepted, but no answer comes, the connection is reset, the connection is closed without an answer, or only half of the answer comes. `message.find` shows that the message was delivered.',
          '`19903000001` to `19903000003`: accepted, then failed: user block, system failed, freq limit.',
          '`19904` and six digits: delivered at first; answers 43004 from that many days after the first message on.',
        ],
        after: [
          '`magic.list` lists all of them with their meanings. Never use them where a live SMS gateway is connected: 199 is a real number range.',
        ],
      },
      {
        id: 'fault',
        title: 'A fault',
        text: [
          'A fault is one flat object, posted to `fault.create`. This one answers the next two sends to a mobile with -1, then ends:',
        ],
        code: 'busy',
        list: [
          'Which calls: `surface`, `endpoint` (an id of these pages, or `template.*`), `account`, `person`, `mobile`. A call must match all that are given. Without `surface`, the first surface that has the `errcode` is used, beginning with the partner API; otherwise `tupu`.',
          'When: `after` (how many matching calls to let through first), `times`, `probability` (drawn from the world’s seed), `until` (an instant or a duration of the world’s clock).',
          'What: one of `errcode`, `answer`, `transport`, `delivery`, `sequence`; or only `delay`. A `delay` of up to 60 s can be combined with any of them. `delivery` is for callbacks and pushes: `drop`, `twice`, `swap`, `bad_signature`, `old_timestamp`.',
        ],
      },
      {
        id: 'stage',
        title: 'Carried out, but the answer is lost',
        text: [
          'With the `stage` `before`, the call has no effect. With `after`, it is carried out, and only the answer is replaced by the fault. A call that is merely slow (only `delay`, or `drip`) is always carried out. The hardest case is therefore one line:',
        ],
        code: 'lost',
        after: [
          'The next message to the mobile appears on the phone, but the platform sees a broken connection. What the platform does now decides whether the person hears twice.',
        ],
      },
      {
        id: 'sequence',
        title: 'One after another',
        text: [
          'A `sequence` applies the next object to each matching call; `pass` lets a call through:',
        ],
        code: 'sequence',
        after: [
          'The call to WeChat within a send is a call of the surface `wechat` like any other. An errcode is passed on; `reset` and `empty` become 100031 at once, `hang`, `drip` and a long `delay` once the account’s `gateway_timeout` has passed (5 s by default); `truncate` and `garbage` become 100032.',
        ],
      },
      {
        id: 'hits',
        title: 'Did it apply?',
        text: [
          'Faults are checked in the order in which they were created, and the first that applies decides. `fault.list` shows `hits`, how many are `left`, and the `state`; with `unused=true`, it lists the faults that never applied. `fault.delete` and `fault.clear` remove them:',
        ],
        code: 'faults',
        after: [
          'If a fault made the answer, the decision has the step `fault.applied`, and `explain.get` names the fault. A reset removes faults created by a call, and keeps those given to `world.create`.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: ['In process, a fault is a handle:'],
        code: 'faultTest',
      },
    ],
  },
  wait: {
    title: 'Waiting and verifying',
    lead: 'Tests that neither sleep nor poll.',
    parts: [
      {
        id: 'wait',
        title: 'Wait for an event',
        text: [
          '`wait.run` answers as soon as a match exists, with the newest one. It takes `message`, `exchange`, `registration`, `step`, `callback`, `push` or `contact`, each with the filters of its list:',
        ],
        code: 'wait',
        after: [
          '`timeout` is real time, 5 s by default, at most 60 s. With `auto_advance`, the clock jumps from one due event to the next, up to the given duration, until the condition holds: a two-week review then takes a moment.',
          'If the condition is not met, the answer is 409 `not_met`: `because` says whether the timeout passed, nothing more was due, or the next due event was too far ahead; `nearest` shows what came instead, `due` what is still to happen.',
        ],
      },
      {
        id: 'verify',
        title: 'Verify what was called',
        text: [
          '`verify.run` counts exchanges: `count` is a number or an object with `min` and `max`; by default, at least one is required. It can also check whether exchanges came `in_order`, each after the one before:',
        ],
        code: 'verify',
        after: [
          'If the check fails, the answer is 409 `not_verified` with a readable `reason`: what was expected, what came, and where they differ.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: [
          '`w.message({ mobile })` waits up to 3 s for a message, `w.waitFor` for anything else. `w.verify` throws an error with a readable reason:',
        ],
        code: 'waitTest',
      },
    ],
  },
  sinks: {
    title: 'SMS, email and the audit',
    lead: 'Did the platform fall back? Point its SMS and email at this server as well, and find out.',
    parts: [
      {
        id: 'sms',
        title: 'SMS',
        text: ['The simplest sink takes two fields:'],
        code: 'sms',
        after: [
          'An unmodified `twilio` SDK works with this server as its base URL (`/2010-04-01/Accounts/{sid}/Messages.json`), and Alibaba Cloud’s `SendSms` with this server as its endpoint: `sms.send`, `twilio.send_message`, `aliyun.send_sms`. The signatures and passwords of senders are not checked.',
        ],
      },
      {
        id: 'email',
        title: 'Email',
        text: [
          'Use `email.send`, or SMTP: `--smtp-port` turns it on, the environment block then contains `TUPU_SMTP_URL`, and the user name is the world.',
        ],
        code: 'email',
        after: [
          'SMS and emails appear on the recipient’s phone. Sinks below `/w/{world}` belong to that world; otherwise the messages go to the world `default`. Faults of the surface `sink` make them fail.',
        ],
      },
      {
        id: 'contacts',
        title: 'What reached whom',
        text: [
          '`contact.list` lists every attempt to reach a recipient, oldest first: WeChat, SMS and email. A recipient is a mobile; an email address belongs to the mobile that a send or registration gave with it.',
        ],
        code: 'contacts',
      },
      {
        id: 'audit',
        title: 'The audit',
        text: ['One question at the end of a test run, `audit.get`:'],
        code: 'audit',
        list: [
          '`lost`: WeChat refused the message, failed later or sent no receipt, and nothing else came in time.',
          '`double`: WeChat accepted the message and did not fail later, but an SMS or email came as well; or WeChat refused it, and the fallback came twice.',
          '`late`: the fallback came after `within`.',
          '`pending`: nothing has come yet, and there is still time.',
        ],
        after: [
          '`ok` means that the first three are empty. `within` is a duration of the world’s clock, one minute by default. If a message failed later, it counts from the receipt. One fallback covers one send.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: [
          'In process, `w.audit` throws an error with a readable message if the audit is not ok:',
        ],
        code: 'auditTest',
      },
    ],
  },
  drills: {
    title: 'Drills',
    lead: 'Rehearse a bad day, and let the audit judge it.',
    parts: [
      {
        id: 'start',
        title: 'A bad day on demand',
        text: [
          'A drill is a named series of faults and control calls on the world’s clock. It is seeded, so it is the same every time, and it ends by itself. `drill.start` starts it for the first account or the one you name, `drill.list` shows the progress, `drill.stop` ends it at once. Afterwards, `audit.get` says which messages were lost, sent twice or late:',
        ],
        code: 'drill',
        after: [
          'Let your platform send as usual, and move the world’s clock with `clock.advance`. The audit reads what reached the sinks: point SMS and email at this server first, as `/docs/sinks` explains.',
        ],
      },
      {
        id: 'days',
        title: 'The bad days',
        text: ['A good platform is `ok` on each of them; for any other, the audit lists somebody:'],
        show: 'drills',
      },
      {
        id: 'process',
        title: 'In a test',
        text: ['In process:'],
        code: 'drillTest',
      },
    ],
  },
  snapshots: {
    title: 'Snapshots and coverage',
    lead: 'Set up once, and see which outcomes your tests have met.',
    parts: [
      {
        id: 'snapshots',
        title: 'Snapshots',
        text: [
          '`snapshot.create` saves a world under a name while it runs. `snapshot.restore` brings that state back, including the clock:',
        ],
        code: 'snapshot',
        after: [
          'The export is then the same, byte for byte, and the same calls get the same ids again. Only people who have withdrawn since stay erased. The journal is not saved; tokens become invalid and waits end, as with a reset. `snapshot.get` returns a file, which `world.create` on another server takes as `snapshot`.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: ['Set up once what all tests of a file need:'],
        code: 'snapshotTest',
      },
      {
        id: 'coverage',
        title: 'Coverage',
        text: [
          '`coverage.get` says which outcomes your tests have met, and how often: errcodes, receipts, callback results, reviews, OAuth branches. Each comes with a sentence on what a good platform does. `/coverage` shows the same as a page:',
        ],
        code: 'coverage',
        after: [
          '`tupu-sim exec --coverage a.json` writes such a file at the end of a run; `tupu-sim coverage a.json b.json --min 80` adds up several runs, and exits with code 1 below 80 percent.',
        ],
      },
    ],
  },
  journal: {
    title: 'Journal and explain',
    lead: 'Why did this message not arrive?',
    parts: [
      {
        id: 'explain',
        title: 'Ask',
        text: ['`explain.get` returns a verdict and a sentence for the latest send to a mobile:'],
        code: 'explain',
        after: [
          '`verdict` is reached, refused, failed_later, pending, unknown, fault or never_asked. `fix`, if there is one, is the complete control call that would have let the send pass, ready to be sent. Instead of the mobile, the call also takes `trace`, `msgid` or `client_msg_id`; `lang=zh` returns Chinese. If no such send arrived, it looks for what came instead: another EID, another path, another mobile.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: [
          'The same as a value. If no message came, the error of `w.message` already contains the sentence:',
        ],
        code: 'explainTest',
      },
      {
        id: 'check',
        title: 'Before the send',
        text: [
          '`message.check` checks a message without sending it: what TUPU and WeChat would refuse, cut or not show, and which rules an SMS with the same text would meet in China.',
        ],
        code: 'check',
        after: [
          'A finding has a `rule`, a `severity` (rejected, cut, ignored, risk), the `field` and `position` it concerns, a sentence in both languages, a source, and how sure we are of it. `rejected` comes from the functions that decide a send, so `ok` and a send never disagree; faults, limits and quotas are not considered. What WeChat shows depends on the version of the rules: findings with `rules` 2023 apply to WeChat today. `keywords` is a JSON object; in process, it is a value, as in `w.check({ message, keywords })`.',
        ],
      },
      {
        id: 'exchanges',
        title: 'Look',
        text: [
          'Every call is recorded as an exchange: request, answer, and decision, that is, the steps that led to the answer. Newest first:',
        ],
        code: 'exchanges',
        after: [
          'A passed step is just the name of its rule. The last step of a refusal gives the actual and the expected value. `/docs/rules` has a sentence for each rule. Secrets are masked, mobiles and email addresses shortened; `reveal` shows the latter two in full.',
        ],
      },
      {
        id: 'trace',
        title: 'The whole story',
        text: [
          '`trace.get` follows one send from the platform’s call to the phone and back, with receipt, callbacks and fallbacks, each with its time and duration: as JSON, as text for a terminal (`format=text`), or as a picture (`format=svg`). The trace id is in the header `X-Sim-Trace` of the answer, and in the answer of `explain.get`:',
        ],
        code: 'trace',
      },
      {
        id: 'stream',
        title: 'Live, and for other tools',
        text: [
          '`exchange.stream` sends the journal as server-sent events, with the filters of `exchange.list`; unless `follow=false`, it continues with new exchanges:',
        ],
        code: 'stream',
        list: [
          '`exchange.get` with `format=curl` returns a command that makes the call again; with `format=http`, what went over the wire.',
          '`exchange.list` with `format=har` returns an archive for browser developer tools.',
        ],
        after: [
          'Each world keeps up to 100,000 exchanges or 256 MB. Beyond that, the oldest tenth is deleted, and the list says so. Messages stay.',
        ],
      },
    ],
  },
  rules: {
    title: 'Rules of decisions',
    lead: 'Every step of a decision names a rule. A passed step means that the sentence is true.',
    parts: [{ id: 'rules', title: 'Rules', text: [], show: 'rules' }],
  },
  errors: {
    title: 'Codes and problems',
    lead: 'Every refusal, with its exact text.',
    parts: [
      {
        id: 'fidelity',
        title: 'How sure we are',
        text: [
          'TUPU’s API is not public; WeChat’s is described in many places. Endpoints and codes therefore carry a label:',
        ],
        show: 'fidelity',
      },
      {
        id: 'tupu',
        title: 'TUPU’s codes',
        text: ['The partner API’s own refusals. WeChat’s codes are passed on.'],
        show: 'tupu',
      },
      {
        id: 'wechat',
        title: 'WeChat’s codes',
        text: [
          'All codes that magic mobiles and faults can answer with. The page of an endpoint lists the codes of its own checks. On the wire, the text ends with a `rid`.',
        ],
        show: 'wechat',
      },
      {
        id: 'sink',
        title: 'Codes of sinks',
        text: [
          'Our own calls answer with an HTTP status and a problem, Twilio’s with Twilio’s code and text. Alibaba Cloud’s errors have names but no numbers: those from 901 on are ours, for faults and the journal.',
        ],
        show: 'sink',
      },
      {
        id: 'problems',
        title: 'Problems of the control API',
        text: [
          'RFC 9457: `type`, `title`, `status`, `field`, `reason` and `fix`. An unknown name in a path is 404. An unknown name in a body or query is 422 at that field, and `fix` lists the existing names.',
        ],
        show: 'problems',
      },
    ],
  },
  sdk: {
    title: 'WeChat SDKs',
    lead: 'An SDK works unmodified once its base URL points to this server.',
    parts: [
      {
        id: 'base',
        title: 'With a base URL',
        text: [
          'Wherever a client lets you set `https://api.weixin.qq.com`, set `WECHAT_API_BASE` instead. With `co-wechat-api`:',
        ],
        code: 'sdk',
      },
      {
        id: 'host',
        title: 'With a host in the path',
        text: [
          'For a client that can only change the host, put WeChat’s host in front of the path; this also works for `open.weixin.qq.com` and `mp.weixin.qq.com`:',
        ],
        code: 'hosts',
      },
      {
        id: 'tested',
        title: 'What is tested',
        text: [
          'Our tests run `co-wechat-api`, `wechat-oauth` and `passport-wechat` against it, with WeChat’s answers, order of checks, codes and `rid`. `/docs/wechat` lists the supported calls. `/docs/recipes` covers other SDKs and clients with hard-coded hosts.',
        ],
      },
    ],
  },
  recipes: {
    title: 'Recipes for SDKs',
    lead: 'Any client can reach this server: through a base URL, a proxy, or WeChat’s own host names.',
    parts: [
      {
        id: 'way',
        title: 'Which way',
        text: ['Use the first one that your client supports:'],
        list: [
          'A base URL or host setting: set it to `WECHAT_API_BASE`. There is nothing else to trust or open.',
          'A proxy, for hard-coded hosts: `tupu-sim proxy`, or `--proxy-port` with `serve` and `exec`.',
          'HTTPS under WeChat’s host names, for clients that support neither: `--https-port`.',
        ],
        after: [
          'Each leads to the same calls, in the world that the appid, secret or token belongs to. The last two use HTTPS with this server’s own CA, which can vouch only for WeChat’s hosts and this machine. Its key never leaves the data folder.',
        ],
      },
      {
        id: 'ca',
        title: 'Trust its CA',
        text: [
          'A server with HTTPS gives the path of the certificate in `TUPU_CA_FILE`, and serves it for download; `tupu-sim ca` prints it without a running server. For Java, it is a key store with the password `changeit`:',
        ],
        code: 'ca',
        after: [
          'The CA is created once, beside the data; for a simulator in memory, it ends with the process. It is created again if it cannot vouch for a host that you add with `--public-url`, `--allowed-hosts` or `--host`, and the log says so.',
        ],
      },
      {
        id: 'proxy',
        title: 'Through the proxy',
        text: [
          'Most clients read the proxy and the trusted CA from their environment: Node, Python, Go, .NET, curl, and PHP with curl:',
        ],
        code: 'proxied',
        list: [
          'Node reads `NODE_USE_ENV_PROXY` from 24.5 on. Clients that create their own agents need `proxyEnv`, as with `co-wechat-api` below.',
          'Java: `-Dhttps.proxyHost=localhost -Dhttps.proxyPort=8879 -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit`.',
          'PHP: `php -d curl.cainfo=$TUPU_CA_FILE -d openssl.cafile=$TUPU_CA_FILE`.',
        ],
        after: [
          'The proxy answers for WeChat’s hosts on their usual ports, and refuses all other hosts with 403: list those in `NO_PROXY`. Nothing is ever forwarded.',
        ],
      },
      {
        id: 'hosts-file',
        title: 'Under WeChat’s host names',
        text: [
          'A hosts file points the names to this server; in containers, a network alias does. `https` without a port means 443:',
        ],
        code: 'hostsFile',
      },
      {
        id: 'co-wechat-api',
        title: 'co-wechat-api (Node)',
        text: ['With its prefix, or through the proxy with an agent:'],
        code: 'coWechatApi',
      },
      {
        id: 'wechat-api',
        title: 'wechat-api (Node)',
        text: ['With its endpoint:'],
        code: 'wechatApi',
      },
      {
        id: 'node-easywechat',
        title: 'node-easywechat (Node)',
        text: [
          'With the base URL of its HTTP client, or unchanged through the proxy, which it finds in `HTTPS_PROXY`. Version 3.6 needs `node-socialite` 1.4: it does not load with a later one.',
        ],
        code: 'nodeEasywechat',
      },
      {
        id: 'wechatpy',
        title: 'wechatpy (Python)',
        text: [
          'Through the proxy, because the address of the token is hard-coded. Only the environment changes:',
        ],
        code: 'wechatpy',
      },
      {
        id: 'werobot',
        title: 'WeRoBot (Python)',
        text: ['Through the proxy, because all addresses are hard-coded.'],
        code: 'werobot',
      },
      {
        id: 'easywechat',
        title: 'EasyWeChat (PHP)',
        text: [
          'With the base URI of its HTTP client, here in version 6; version 5 has the same setting. Begin paths without a slash, so that a world in the base URI is kept:',
        ],
        code: 'easywechat',
      },
      {
        id: 'wxjava',
        title: 'WxJava (Java)',
        text: [
          'With `WxMpHostConfig`; or through the proxy, with `setHttpProxyHost` and `setHttpProxyPort` of the configuration:',
        ],
        code: 'wxjava',
      },
      {
        id: 'silenceper',
        title: 'silenceper/wechat (Go)',
        text: [
          'Through the proxy: its addresses are hard-coded, and it uses `http.DefaultClient`, which reads the environment. On Linux, `SSL_CERT_FILE` is read as well; elsewhere, add the CA to the system’s store.',
        ],
        code: 'silenceper',
      },
      {
        id: 'powerwechat',
        title: 'PowerWeChat (Go)',
        text: ['With the base URI of its HTTP client:'],
        code: 'powerwechat',
      },
      {
        id: 'senparc',
        title: 'Senparc.Weixin (.NET)',
        text: ['With its host settings, before the first call:'],
        code: 'senparc',
      },
      {
        id: 'tested',
        title: 'What is tested',
        text: [
          'Our tests run `co-wechat-api` and `node-easywechat` as shown here, both ways. Where Python, PHP and Java are installed, they go through the proxy with the client that the SDK uses: `requests`, curl, and Java’s own. The Python SDKs are run where they are installed. The recipes for PHP, Java, Go and .NET are taken from the sources of the SDKs.',
        ],
      },
    ],
  },
  profiles: {
    title: 'Partner profiles',
    lead: 'Make the partner API match your contract with TUPU.',
    parts: [
      {
        id: 'profiles',
        title: 'A profile is data',
        text: [
          'TUPU’s real API is not public, so this documentation describes our own contract. A profile changes its form: base path, methods and paths, the place of each field, authentication, and responses. Define profiles in the configuration file under `profiles`, or pass them to `createSimulator({ profiles })`. An account selects one by name.',
          'This profile accepts `POST /partner/v2/notify` with the mobile under `to` and a bearer key, and refuses with HTTP statuses:',
        ],
        show: 'profile',
      },
      {
        id: 'language',
        title: 'What a profile can say',
        text: [],
        list: [
          'Where a field is: a JSON pointer (`/to/phone`), `query:name`, `header:name`, `user` (the user name of HTTP Basic, or the client of a token), `host` (the first label of the host). `*` in a pointer means each item of a list: `/Messages/*/OldCode` sends one message per item, and each has its own entry in the journal.',
          'How it is written: a mobile as `e164`, `digits` or `national`, or an `openid`; a text with a maximum length (`max`, 200 by default), beyond which it is refused or cut (`cut`); keywords as a map, as name/value pairs or in WeChat’s format, where `take` says which values are the text, the name or the link.',
          'How calls are authenticated: our signature, a key in a header or in the query, a bearer token, HTTP Basic with the secret or its hash, an HMAC or hash over parts that you name, with timestamp and nonce, OAuth2 client credentials, or none.',
          'Where calls may come from: `allowed_ips`, addresses and networks; others get 100006. Behind a proxy, start with `--trust-proxy`: the last address of `X-Forwarded-For` counts.',
          'What happens to a repeated `client_msg_id`: `duplicates: same_answer`, `refuse` (100021), or `send` for a second message.',
          'When WeChat’s result is reported: `result: callback` accepts a send at once, with an id of the partner’s own in `{msgid_str}`. The callback says `message.accepted`, `message.refused` or `message.unknown` with `{errcode}` and `{errmsg}`, then the outcome. TUPU’s own refusals are returned at once.',
          'The body: JSON, form or XML; `constants` lists further values that must be present. `null` in place of an endpoint: the partner has no such call.',
          'The answer: status, headers, type and body of a success, of each errcode, of any other refusal, for all endpoints or for one. `{errcode}` and the other members of the canonical answer are replaced by their values, and so are `{wechat}` (WeChat’s own answer, `{wechat:text}` as JSON in a text), `{now:unix}`, `{request_id:uuid}`, `{sent.mobile}`, `{rows}`; for an account with a limit also `{minute_limit}`, `{minute_left}`, `{minute_reset_s}` and, when the limit is reached (100018), `{retry_after_s}`. The answer may be signed.',
          'What the platform receives: `callback`, with the body for each state, headers and signature, when it is tried, and which answer acknowledges it.',
          'What counts as success: `when`, the values at each place that mean it. `tupu-sim contract run` uses it.',
        ],
        after: [
          '`tupu-sim profile record FILE` drafts a profile from one request and its response (cURL, HAR or raw HTTP), and lists in comments what it could not map. `tupu-sim profile check FILE` reports every fault with its place, reason and fix.',
        ],
      },
      {
        id: 'partners',
        title: 'Profiles that come with the package',
        text: [
          'Each imitates the public documentation of a comparable partner for sending a WeChat message, closely enough for a client written for that documentation. Use its name in place of a profile, `profiles: [bird]` in the configuration file, and assign it to an account. None of them is TUPU’s own. Each lists its assumptions.',
        ],
        show: 'partners',
      },
      {
        id: 'contract',
        title: 'Does a partner keep the contract?',
        text: [
          '`contract run` checks the real partner, a second simulator or your own stand-in for the same promises that our tests check here, through its profile. Without `--send`, it only reads. With it, messages go to the first mobile that you name and to no other.',
        ],
        code: 'contract',
        list: [
          'Each promise has an id (`send.repeated`, `proof.replayed`) and one line: it holds, it differs (with what was expected and received), or it was not tried (with the reason).',
          '`--unbound` is a mobile of yours that is not registered anywhere. `--format` is `text`, `json` or `junit`. The exit code is 1 if something differs.',
          'Provide the secret in `TUPU_SIM_PARTNER_SECRET` or `--partner-secret-file`. It is never shown.',
          '`contract export` writes the same for other tools: JSON Schemas, examples, OpenAPI, the promises and a Pact file (version 3).',
        ],
      },
    ],
  },
  configuration: {
    title: 'Configuration and command line',
    lead: 'A flag overrides the environment, the environment the configuration file, and the file the default.',
    parts: [
      {
        id: 'commands',
        title: 'Commands',
        text: ['In a checkout `tupu-sim` is `node dist/main.js`, after `npm run build`.'],
        code: 'commands',
        list: [
          '`exec` runs a program against its own simulator: free port, in memory, environment set, exit code passed on.',
          '`--port 0` takes a free port; `--print json` prints one line on stdout, and logs go to stderr.',
          '`ready` exits with code 0 once a simulator answers.',
          '`check-config` reports each error in a configuration file with its line.',
          '`bundle` writes one file for a bug report: a world with its calls, without names, mobiles, emails, secrets or tokens. A name that occurs only inside a text, or only in part, may remain: review the texts first. `replay` makes the calls again and reports each answer that differs.',
          '`check-push` sends your handler of WeChat’s pushes what WeChat sends, and what an attacker might send: wrong signatures, old and duplicate messages, events out of order, 10 MB, XML entities, invalid ciphertext. Each check prints a line, `ok`, `FAIL` or `warn`, with what was sent, expected and received; `--json` is for machines. The people and ids in these pushes are invented.',
        ],
      },
      {
        id: 'file',
        title: 'The file',
        text: [
          '`tupu-sim.config.yaml` or `.json` in the working directory. It also holds worlds, each in the form that `world.create` takes: those that do not exist yet are created at the start, and existing ones are left unchanged. The JSON Schema is at `/config.schema.json`.',
        ],
        code: 'file',
      },
      {
        id: 'settings',
        title: 'Settings',
        text: [
          'An invalid setting is reported by name. A switch has an opposite form, as in `--no-demo`.',
        ],
        show: 'settings',
      },
      {
        id: 'exposed',
        title: 'When others can reach it',
        text: [
          'The server listens on loopback unless `--host` says otherwise. When others can reach it, the control API, pages and `/metrics` require the control token as `Authorization: Bearer`, browsers sign in once at `/sign-in`, and new accounts get a partner secret. Candidates’ pages and web OAuth need no token.',
        ],
      },
    ],
  },
  docker: {
    title: 'Docker and Testcontainers',
    lead: 'The simulator as an image: by hand, with a database, or from a test.',
    parts: [
      {
        id: 'image',
        title: 'Build and run it',
        text: [
          'A checkout has a `Dockerfile`. The base image is a build argument, so you can use your own registry: any Linux with Node 22.14 or later and npm will do.',
        ],
        code: 'image',
        after: [
          'It runs as user 1000 and writes only below `/data`, so the root file system may be read-only. It listens on every network of its container, so the control API and the pages require the control token: see `/docs/configuration#exposed`.',
        ],
      },
      {
        id: 'settings',
        title: 'Token, worlds, data',
        text: [
          'The token comes from a file, a configuration file can be mounted in `/config`, and every setting has an environment variable. Whatever follows the image name is a command of `tupu-sim`:',
        ],
        code: 'imageRun',
        after: [
          'If you provide no token, one is generated and kept in `/data/control-token`. A folder that you mount at `/data` must belong to user 1000. `HEALTHCHECK` runs `tupu-sim ready`.',
        ],
      },
      {
        id: 'compose',
        title: 'With PostgreSQL and a platform',
        text: [
          '`compose.yaml` starts the simulator on PostgreSQL, and a sample platform that notifies two people: one is reached by WeChat, and for the other it falls back to SMS. Replace it with your own platform.',
        ],
        code: 'compose',
      },
      {
        id: 'testcontainers',
        title: 'From a test: Testcontainers',
        text: [
          'A test creates its own world and passes the environment block to the platform. In Node:',
        ],
        code: 'containersNode',
      },
      {
        id: 'testcontainers-python',
        title: 'In Python',
        text: ['With pytest; for Java and JUnit 5 see `/docs/tests#junit`:'],
        code: 'containersPython',
        after: [
          'Without a Docker daemon, `tupu-sim exec -- npm test` and `createSimulator` do the same without a container: see `/docs/tests`. Our tests check these two recipes but do not run them; the image itself is built and run by `scripts/image-test.sh`.',
        ],
      },
    ],
  },
  sandbox: {
    title: 'WeChat’s sandbox',
    lead: 'TUPU in front of the real WeChat: a test account (测试号), a tunnel, and your own phone.',
    parts: [
      {
        id: 'account',
        title: '1. Get a test account',
        text: [
          'Open `mp.weixin.qq.com/debug/cgi-bin/sandbox?t=sandbox/login` and scan the code with WeChat. The page shows the appID and the appsecret of your own test account, which requires no company and no review. Scan its QR code to follow it: it can only reach followers.',
          'Under 模板消息接口, add a template with any title and this content. `first` shows the message. Without `first`, the first keyword does:',
        ],
        code: 'sandboxTemplate',
      },
      {
        id: 'tunnel',
        title: '2. Let WeChat reach this server',
        text: [
          'WeChat and your phone connect by HTTPS on port 443. Use any tunnel or reverse proxy to port 8878. Its address is the public URL:',
        ],
        code: 'tunnel',
        after: [
          'Do not leave out `--host 0.0.0.0`: with it, the control API and the pages require the control token. Without it, the server assumes that only this machine can reach it, and anyone who knows the address of the tunnel can read and change everything; the log warns of this. Keep the clock of the world running, because the real WeChat uses real time.',
        ],
      },
      {
        id: 'connect',
        title: '3. Put TUPU in front of it',
        text: [
          '`account.create` creates an account that sends through WeChat, with the appID and appsecret of that page and a token of your choice (3 to 32 letters and digits). `account.get` then asks WeChat for the state of the account. Once connected, it is live as soon as it has a template, because a sandbox has no industries.',
        ],
        code: 'connect',
        list: [
          '`template_id` of the gateway selects one of several templates. By default, the first is used.',
          'Tokens are fetched with `stable_token`, which does not invalidate those of other systems. To share a token with other systems, set `access_token_url`: a GET that returns `{"access_token":"…"}`.',
          'If WeChat refuses a token (40001, 42001), a new one is fetched and the call is repeated once.',
        ],
      },
      {
        id: 'server',
        title: '4. Receive delivery receipts',
        text: [
          'Under 接口配置信息, enter this URL with the EID returned by `account.create`, and the token. WeChat verifies the URL immediately:',
          '`https://{host}/w/{world}/tupu/wechat/{eid}`',
          'From then on, receipts mark messages as `delivered` or `failed`. The response to a refused push says why, and the journal lists it under the surface `gateway`. If a service account encrypts its pushes, also give the gateway its `aes_key`.',
        ],
      },
      {
        id: 'menu',
        title: '5. Web OAuth and the menu',
        text: [
          'In the table of interfaces, at 网页授权获取用户基本信息, enter the public host without `https://` or a path. Then let TUPU add the registration page to the menu, next to the existing items:',
        ],
        code: 'publish',
        after: [
          'Unfollow and follow the account to see the menu immediately. Its item opens the registration page in your WeChat, which provides your OpenID. Register your mobile there.',
        ],
      },
      {
        id: 'send',
        title: '6. Send',
        text: [
          'The account has a partner secret because the server is exposed. Sign the call as shown in `/docs/signature`, or start the server with `--partner-open`. The message appears on your phone, and `message.get` returns its outcome:',
        ],
        code: 'sendReally',
      },
      {
        id: 'differs',
        title: 'What differs from the simulator',
        text: ['The real WeChat decides, and its answers are passed on unchanged:'],
        list: [
          'A sandbox can fetch 200 tokens a day. It does not check the types of values (`thing1`, `time2`), which a real account refuses with 47003.',
          'If it refuses `stable_token`, use the older call as `access_token_url`: `https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=…&secret=…`. It invalidates the token of any other system that uses the account.',
          'Faults and drills of the world also apply to these calls. Magic mobiles never leave TUPU, but 199 is a real number range.',
          'A real service account works the same way, with its own industries, reviewed templates, and an IP allowlist for fetching tokens (40164): add the address of this server.',
        ],
        after: [
          'Our tests carry out all of these steps against a second simulator, over HTTPS, with its strict rules and the sandbox’s own rules. The pages of WeChat’s console are described from reports.',
        ],
      },
    ],
  },
}
