import type { Topics } from './topic.ts'

/** The hand-written pages of the documentation in English. */
export const enTopics: Topics = {
  start: {
    title: 'Getting started',
    lead: 'From nothing to a message on a phone, in a minute.',
    parts: [
      {
        id: 'run',
        title: 'Start it',
        text: ['You read this, so it runs. Elsewhere, in a checkout:'],
        code: 'run',
        after: [
          'The start makes the demo world `default` and prints its environment block. Nothing leaves the machine: no network, no account at TUPU or WeChat, no real phone.',
        ],
      },
      {
        id: 'environment',
        title: 'Point your platform at it',
        text: [
          'A platform needs two values: where the partner API is, and the EID of its customer. Those of this world, and what else a test may want:',
        ],
        code: 'environment',
        after: [
          '`world.get` answers with the whole block, secrets included. Code that speaks to WeChat itself takes its base URL from `WECHAT_API_BASE`.',
        ],
      },
      {
        id: 'send',
        title: 'Send',
        text: [
          'The first call makes a candidate who follows the official account and has registered a mobile. The second one is what a platform sends, the mobile in another spelling:',
        ],
        code: 'send',
        after: [
          '`errcode` 0: WeChat has accepted the message. Anything else: the platform falls back to SMS or email. Which other, and what then, is on `/docs/handle`.',
        ],
      },
      {
        id: 'look',
        title: 'See it on the phone',
        text: ['Open `/phone`, or ask. The line is the message, the keywords are below it:'],
        code: 'look',
        after: [
          'When something did not arrive, `/docs/journal` tells where to look: every call is kept with the steps that led to its answer.',
        ],
      },
    ],
  },
  sending: {
    title: 'Sending a message',
    lead: 'One call to the partner API; its answer decides whether the platform falls back.',
    parts: [
      {
        id: 'call',
        title: 'The call',
        text: [
          '`message.send` takes `eid`, `mobile` and `message`. The rest is optional: `name` and `keywords` fill the template, `url` is where a tap leads, `email` belongs to the recipient.',
        ],
        code: 'message',
        after: [
          'TUPU finds the OpenID that registered the mobile, calls WeChat’s template-message API and passes WeChat’s answer back unchanged. The HTTP status is 200 for every business answer.',
        ],
      },
      {
        id: 'mobile',
        title: 'The mobile',
        text: [
          'Mobiles are compared as E.164, however they are spelled: blanks, dashes, brackets, full-width digits, with or without `+86`, `0086` or `86`. Without a country code a mobile is Chinese.',
        ],
      },
      {
        id: 'message',
        title: 'The message',
        text: [
          'At most 200 characters, counted as code points after NFC. Line breaks and tabs become one blank: the phone shows a single line. Control characters are 100016, a longer text is 100013.',
          'Keywords are those of the account’s template. What is left out is filled: name, company and time. An unknown one is 100014.',
        ],
      },
      {
        id: 'twice',
        title: 'Sending once',
        text: [
          'Give each message a `client_msg_id`. For 24 hours of the world’s clock the same id with the same body gets the first answer again, and nothing is sent twice; another body is 100015. A refused send is tried anew. So a platform may always repeat a call whose answer was lost.',
        ],
      },
      {
        id: 'answer',
        title: 'The answer',
        text: [
          '`msgid` has 19 digits. Where numbers are doubles, as in JavaScript, read `msgid_str`. Later, `message.get` and `message.find` tell what became of it:',
        ],
        code: 'find',
        after: [
          '`state` is sending, refused, accepted, delivered, failed or unknown. `fall_back` says whether the platform should reach the person another way; it is null while the message is being sent.',
        ],
      },
      {
        id: 'generated',
        title: 'A client that is generated',
        text: [
          '`/openapi.json` describes every call as OpenAPI 3.1: schemas with names (`MessageSendRequest`, `TupuMessage`), how each call proves who makes it, and examples. Types for TypeScript come from it so, and other generators take it alike:',
        ],
        code: 'generate',
        after: [
          'A refusal comes with HTTP status 200, so that a good answer and a `Refusal` are one type: tell them apart by `errcode`, or by a field that only the good one has.',
        ],
      },
    ],
  },
  handle: {
    title: 'What to handle',
    lead: 'The outcomes that a platform must be ready for, and how to bring about each of them.',
    parts: [
      {
        id: 'rule',
        title: 'The rule',
        text: [
          '`errcode` 0: WeChat has the message. Anything else: reach the person another way. A few outcomes deserve more care than that:',
        ],
        show: 'outcomes',
        after: [
          'A magic mobile needs no set-up; TUPU answers as its digits say, and no phone shows the message. A fault is posted to `fault.create` for a mobile of your own, and gone when its `times` are used up: `/docs/faults` has all that it may say.',
        ],
      },
      {
        id: 'answers',
        title: 'Retry, fall back, or both',
        text: ['What separates the cases is whether WeChat may have the message already:'],
        list: [
          'A refusal with a code: it was not sent. Falling back is safe.',
          '`-1` and 100018: not sent, and sending again soon may help. Repeat with the same `client_msg_id`, then fall back.',
          '100031 and 100032: TUPU does not know. The message may stand on the phone. Falling back may reach the person twice; not falling back may not reach them at all. For news that matter, fall back.',
          'No answer at all: repeat the call with the same `client_msg_id`. If the first one was accepted, you get its answer.',
        ],
      },
      {
        id: 'later',
        title: 'What comes later',
        text: [
          'Accepted is not delivered. WeChat tells TUPU afterwards; TUPU tells the platform by the account’s callback, signed like a call to the partner API, or when it is asked by `message.get`:',
        ],
        code: 'callback',
        after: [
          'Answer 2xx within 5 s. Else the same `event_id` comes again after 10 s, 1 min, 10 min, 1 h and 6 h of the world’s clock. Events may come twice: know them by `event_id`.',
          'Behind a remote gateway only the real WeChat knows what became of a message. Give the gateway of `account.update` the `token` and `aes_key` of the real account’s server configuration, and make `/w/{world}/tupu/wechat/{eid}` on this server its URL: the look at it is answered, and its receipts reach the callback.',
        ],
      },
    ],
  },
  registration: {
    title: 'Registration and web OAuth',
    lead: 'How a mobile gets its OpenID: on a page that the candidate opens in WeChat.',
    parts: [
      {
        id: 'phone',
        title: 'By thumb',
        text: [
          'Open `/phone`, choose a person, search the official account, follow it and tap its menu. `/register/{eid}` opens in that person’s WeChat, learns the OpenID by web OAuth and asks for name, mobile and email. `/apply/{eid}` is the page on which one applies for a job: whoever did finds the data instead of the form.',
          'Every button is a control call: `phone.follow`, `phone.tap`, `phone.allow`, `phone.subscribe`.',
        ],
      },
      {
        id: 'call',
        title: 'By call',
        text: [
          'Most tests need only the result. `association.create` makes a person who follows and is registered; `state` makes one who is not, or not any more:',
        ],
        code: 'registered',
        after: [
          'States: following, unfollowed, blocking, muted, never. One mobile has one OpenID per account; `rebind` of the account says what becomes of a mobile that somebody else has.',
        ],
      },
      {
        id: 'oauth',
        title: 'Your own page in WeChat',
        text: [
          'Send visitors to `/connect/oauth2/authorize`, as you would to open.weixin.qq.com, and exchange the code by `oauth.exchange`. Who is looking is said by the path `/as/{person}/`, the header `X-Sim-Person`, the query `sim_person`, or the phone that the browser opened last, in this order:',
        ],
        code: 'oauth',
        after: [
          'A browser that says nothing is told to open the link in WeChat, and people at the simulator may choose. On a server that others can reach, a name counts only with the control token, or signed as in the links of `phone.open`.',
          'WeChat now and then opens a redirect twice. `person.update` with `double_redirect` lets a person’s WeChat do so each time: with the same code (`same_code`), of which the second exchange is refused with 40163, or with a second one (`second_code`), unless the link has `connect_redirect=1`. The first opening is unseen, in a frame: it carries your cookies where your page and this server have one host name, whatever the ports.',
        ],
      },
      {
        id: 'jssdk',
        title: 'The JS-SDK in your page',
        text: [
          'Load `/open/js/jweixin-1.6.0.js` from this server instead of res.wx.qq.com, below `/w/{world}` in that world, and sign the page with the ticket of `ticket.get`. Opened in the phone’s web view, or in a browser whose User-Agent says MicroMessenger, `wx.config` is checked: `config:ok`, `config:invalid signature`, `config:invalid url domain` (`js_domains` of `official_account.update`). The journal says what was signed instead: the address with its fragment, a ticket that is too old.',
        ],
        list: [
          '`weixin-js-sdk` of npm takes over the script that the page has loaded before it.',
          '`wx.ready` is called after a refusal too, as WeChat’s own script does it; `wx.error` first.',
          'Names that WeChat does not know are overlooked in `jsApiList`; what is not in it answers `permission denied`.',
          'The phone has no camera, place or wallet: `chooseImage`, `getLocation` and the like answer `cancel`, as if the person had thought better of it. `closeWindow` closes the web view.',
        ],
      },
      {
        id: 'withdraw',
        title: 'Withdrawal',
        text: [
          'The candidate’s page and `association.withdraw` delete the association and what was said to the person: messages keep the fact alone, the journal blanks their calls. `privacy_notice.publish` gives an account a new notice to agree to.',
        ],
      },
    ],
  },
  signature: {
    title: 'Signed calls',
    lead: 'An account with a partner secret wants every call signed.',
    parts: [
      {
        id: 'headers',
        title: 'Three headers',
        text: [
          '`X-Tupu-Timestamp` (real Unix seconds, at most five minutes off), `X-Tupu-Nonce`, and `X-Tupu-Signature`: `sha256=` and the hex HMAC-SHA256, by the secret, of these five lines without a line break at the end: timestamp, nonce, method, path with query as sent (with `/w/{world}`, if it is there), and the hex SHA-256 of the body.',
        ],
        code: 'signed',
        after: [
          '`TUPU_PARTNER_SECRET` is the `partner_secret` of `world.get`. A nonce is good once per account, as long as its timestamp is: a repeated call is signed anew.',
          'After 100003 the decision in the journal says what was wrong and shows the text that we signed.',
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
    lead: 'Each test has a universe of its own, on one server, side by side.',
    parts: [
      {
        id: 'what',
        title: 'What a world is',
        text: [
          'Accounts, people, clock, journal and seed. People use `default`, the demo; tests make worlds, as `/docs/tests` shows:',
        ],
        code: 'world',
        after: [
          'The answer has its base URL, `/w/{world}` on this server, with EIDs, secrets and environment block. Every path of the open APIs and the pages exists below it, these pages too: their examples then name that world.',
        ],
      },
      {
        id: 'whose',
        title: 'Whose call it is',
        text: [
          'A call needs no extra header: its EID, appid, access token or openid names the world. Below `/w/{world}` the path wins: what belongs to another world is unknown there. A call that names none is in the journal of `_unattributed`.',
        ],
      },
      {
        id: 'same',
        title: 'The same every time',
        text: [
          'The same name and seed give the same ids on any server. On a frozen clock the same calls give the same answers, and exports that are equal byte by byte. `world.reset` makes a world as it was made: same ids and secrets, new tokens.',
          'A world ends two hours after its last call, unless `idle_ttl` says otherwise. A server has room for 1,000.',
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
        title: 'Moving it',
        text: [
          'Each world has a clock, running or frozen. It only goes forward, and what falls due on the way happens in order:',
        ],
        code: 'advance',
        after: [
          'Instead of `by`: `to` an instant, or `next` for the next thing that is due. The answer says what ran. `clock.timeline` lists what is due and what expires.',
        ],
      },
      {
        id: 'freeze',
        title: 'Holding it',
        text: ['A test that counts minutes wants a clock that stands:'],
        code: 'freeze',
        after: [
          'On a frozen clock nothing happens by itself: callbacks, receipts and reviews wait for `clock.advance`.',
        ],
      },
      {
        id: 'which',
        title: 'Which time counts where',
        text: [
          'The world’s clock rules whatever is stored or counted. Real time rules what meets another clock:',
        ],
        list: [
          'World: reviews, receipts, callback tries, token lives, quotas (days are Beijing’s), `minute_limit`, the 24 hours of a `client_msg_id`.',
          'Real: signature timestamps, browser sessions, time-outs, `wait`, delays of faults, and the two hours after which a world ends.',
        ],
      },
    ],
  },
  faults: {
    title: 'Faults and magic mobiles',
    lead: 'Make a call fail, slow down or break, as often as you say.',
    parts: [
      {
        id: 'magic',
        title: 'Magic mobiles',
        text: [
          '`19900` and a six-digit code is a mobile that answers with that code, without any set-up: `19900000000` is accepted and delivered, `19900043004` answers 43004, `19900100011` answers 100011, `19900999999` answers -1. WeChat’s codes come with WeChat’s text. `magic: off` ends it in a world.',
        ],
        code: 'magic',
        list: [
          '`19901` and six digits: accepted, and the answer comes so many milliseconds late, at most 60,000.',
          '`19902000001` to `19902000004`: accepted, and no answer comes; the connection is reset; it is closed without an answer; half of the answer comes. `message.find` tells that the message was delivered.',
          '`19903000001` to `19903000003`: accepted, then failed: user block, system failed, freq limit.',
          '`19904` and six digits: delivered; 43004 from so many days on after its first message.',
        ],
        after: [
          '`magic.list` has them all, with what each means. Never use them where a live SMS gateway listens: 199 is a real range.',
        ],
      },
      {
        id: 'fault',
        title: 'A fault',
        text: [
          'A fault is one flat object, posted to `fault.create`. This one answers the next two sends to a mobile with -1, and is gone:',
        ],
        code: 'busy',
        list: [
          'Which calls: `surface`, `endpoint` (an id of these pages, or `template.*`), `account`, `person`, `mobile`. All that are given must fit. Without `surface` it is the one whose table has the `errcode`, the partner API’s first; else `tupu`.',
          'When: `after` so many fitting calls, `times`, `probability` (drawn from the world’s seed), `until` an instant or a duration of the world’s clock.',
          'What: one of `errcode`, `answer`, `transport`, `delivery`, `sequence`; or `delay` alone. A `delay` of up to 60 s goes with any. `delivery` is for callbacks and pushes: `drop`, `twice`, `swap`, `bad_signature`, `old_timestamp`.',
        ],
      },
      {
        id: 'stage',
        title: 'Carried out, and the answer lost',
        text: [
          '`stage` is `before`, and the call does nothing; or `after`: it is carried out and kept, and only its answer is the fault’s. A call that is merely slow (`delay` alone, `drip`) is always carried out. So the hardest case is one line:',
        ],
        code: 'lost',
        after: [
          'The next send to the mobile stands on the phone, and the platform has seen a broken connection. What it does now decides whether the person hears twice.',
        ],
      },
      {
        id: 'sequence',
        title: 'One after another',
        text: [
          'A `sequence` gives each fitting call the next of its objects; `pass` lets one through:',
        ],
        code: 'sequence',
        after: [
          'The WeChat leg of a send is a call of `wechat` like any other. An errcode is passed on; `reset` and `empty` become 100031 at once, `hang`, `drip` and a long `delay` when the account’s `gateway_timeout` is over (5 s unless told); `truncate` and `garbage` become 100032.',
        ],
      },
      {
        id: 'hits',
        title: 'Whether it was met',
        text: [
          'Faults are asked in the order in which they were made, and the first that applies decides. `fault.list` shows `hits`, what is `left` and the `state`; with `unused=true` those that met nothing. `fault.delete` and `fault.clear` take them away:',
        ],
        code: 'faults',
        after: [
          'An answer that a fault made has the step `fault.applied` in its decision, and `explain.get` names it. A reset removes the faults that were made by call and keeps those of the world’s own body.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: ['In process a fault is a handle:'],
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
        title: 'Wait for something',
        text: [
          '`wait.run` answers as soon as it is there, with the newest that fits. It takes `message`, `exchange`, `registration`, `step`, `callback`, `push` or `contact`, each with the filters of its list:',
        ],
        code: 'wait',
        after: [
          '`timeout` is real time, 5 s unless told, at most 60 s. With `auto_advance` the clock jumps from due work to due work, at most so far, until the condition holds: a review of two weeks is waited for in a moment.',
          'What does not come is 409 `not_met`: `because` says whether the time was over, nothing was due any more or it lay too far ahead, `nearest` what came instead, `due` what is still to happen.',
        ],
      },
      {
        id: 'verify',
        title: 'Verify what was called',
        text: [
          '`verify.run` counts exchanges: `count` is a number or an object with `min` and `max`, and one at least when it is left out. Or it looks whether they came `in_order`, each after the one before:',
        ],
        code: 'verify',
        after: [
          'What does not hold is 409 `not_verified`, with a `reason` to read: what was expected, what came, where they differ.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: [
          '`w.message({ mobile })` waits 3 s for a message, `w.waitFor` for anything else. `w.verify` throws an error with the reason to read:',
        ],
        code: 'waitTest',
      },
    ],
  },
  sinks: {
    title: 'SMS, email and the audit',
    lead: 'Did the platform fall back? Point its SMS and email here as well, and ask.',
    parts: [
      {
        id: 'sms',
        title: 'SMS',
        text: ['The simplest sink takes two fields:'],
        code: 'sms',
        after: [
          'An unmodified `twilio` SDK works by its base URL (`/2010-04-01/Accounts/{sid}/Messages.json`), and so does Alibaba Cloud’s `SendSms` with this server as its endpoint: `sms.send`, `twilio.send_message`, `aliyun.send_sms`. Signatures and passwords of senders are not checked.',
        ],
      },
      {
        id: 'email',
        title: 'Email',
        text: [
          'By `email.send`, or by SMTP: `--smtp-port` turns it on, the environment block then has `TUPU_SMTP_URL`, and the user name is the world.',
        ],
        code: 'email',
        after: [
          'SMS and emails stand on the phone of whom they were for. Below `/w/{world}` a sink is that world’s, else the world `default` gets what comes. Faults of the surface `sink` make them fail.',
        ],
      },
      {
        id: 'contacts',
        title: 'What reached whom',
        text: [
          '`contact.list` has what was tried for a recipient, oldest first: WeChat, SMS and email. A recipient is a mobile; emails belong to the mobile whose send or registration names them.',
        ],
        code: 'contacts',
      },
      {
        id: 'audit',
        title: 'The audit',
        text: ['One question at the end of a test run, `audit.get`:'],
        code: 'audit',
        list: [
          '`lost`: WeChat refused it, failed later or did not tell, and nothing else came in time.',
          '`double`: WeChat accepted it and did not fail later, and an SMS or email came as well; or it was refused, and the same came twice.',
          '`late`: the fall-back came after `within`.',
          '`pending`: nothing came yet, and there is still time.',
        ],
        after: [
          '`ok` means that the first three are empty. `within` is time of the world’s clock, one minute unless told; of a message that failed later it counts from the receipt. One fall-back serves one send.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: ['In process `w.audit` throws when it is not ok, with a text to read:'],
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
        title: 'A bad day on call',
        text: [
          'A drill is a day with a name: faults and control calls that come by the world’s clock, seeded, so that it is the same day each time, and that end by themselves. `drill.start` begins it for the first account or the one you name, `drill.list` says how far it is, `drill.stop` ends it at once. Afterwards `audit.get` tells who was lost, told twice or told late:',
        ],
        code: 'drill',
        after: [
          'Let your platform send as on any day, and the world’s clock go on by `clock.advance`. The audit reads what went to the sinks: point SMS and email here first, as `/docs/sinks` says.',
        ],
      },
      {
        id: 'days',
        title: 'The bad days',
        text: [
          'A good platform is `ok` on each of them; another one has somebody in one of the audit’s lists:',
        ],
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
    lead: 'Set the stage once, and know what you have met.',
    parts: [
      {
        id: 'snapshots',
        title: 'Snapshots',
        text: [
          '`snapshot.create` keeps a world by a name while it runs, `snapshot.restore` leads it back, its clock too:',
        ],
        code: 'snapshot',
        after: [
          'Then its export is the same, byte by byte, and the same calls get the same ids again. Only who withdrew since stays erased. The journal is not kept; tokens die and waits end as with a reset. `snapshot.get` is a file, and `world.create` takes it as `snapshot` on another server.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: ['What all tests of a file need is made once:'],
        code: 'snapshotTest',
      },
      {
        id: 'coverage',
        title: 'Coverage',
        text: [
          '`coverage.get` says which outcomes your tests have met, and how often: errcodes, receipts, callback results, reviews, branches of OAuth. Each has a sentence on what a good platform does. `/coverage` is the same as a page, to hang on the wall:',
        ],
        code: 'coverage',
        after: [
          '`tupu-sim exec --coverage a.json` writes such a file at the end of a run; `tupu-sim coverage a.json b.json --min 80` adds up several, and ends with exit code 1 below 80 percent.',
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
        text: [
          '`explain.get` answers with a verdict and a sentence, for the latest send to a mobile:',
        ],
        code: 'explain',
        after: [
          '`verdict` is reached, refused, failed_later, pending, unknown, fault or never_asked. `fix` is the control call that would have let it pass, whole, ready to be sent, where there is one. The call takes `trace`, `msgid` or `client_msg_id` instead of the mobile as well, and answers in Chinese by `lang=zh`. For a send that never came it looks for what came instead: another EID, another path, another mobile.',
        ],
      },
      {
        id: 'process',
        title: 'In a test',
        text: [
          'The same as a value; the error of `w.message`, when nothing came, says the sentence by itself:',
        ],
        code: 'explainTest',
      },
      {
        id: 'check',
        title: 'Before the send',
        text: [
          '`message.check` says what would become of a message, and sends it to nobody: what TUPU and WeChat would refuse, cut or not show, and what an SMS of the same text would meet in China.',
        ],
        code: 'check',
        after: [
          'A finding has a `rule`, a `severity` (rejected, cut, ignored, risk), the `field` and `position` it is about, a sentence in both languages, its source, and how sure we are of it. `rejected` comes from the functions that decide a send, so that `ok` and a send never disagree; faults, limits and quotas are not asked. What WeChat shows differs by its rules: findings with `rules` 2023 are those of WeChat today. `keywords` is a JSON object; in process it is a value, as in `w.check({ message, keywords })`.',
        ],
      },
      {
        id: 'exchanges',
        title: 'Look',
        text: [
          'Every call is kept as an exchange: request, answer, and the decision, the steps by which the answer was reached. Newest first:',
        ],
        code: 'exchanges',
        after: [
          'A step that was passed is the name of its rule; the last one of a refusal says what was seen and what was wanted. `/docs/rules` has a sentence for each rule. Secrets are masked, mobiles shortened; `reveal` shows the rest.',
        ],
      },
      {
        id: 'trace',
        title: 'The whole story',
        text: [
          '`trace.get` tells one send from the platform’s call to the phone and back, with receipt, callbacks and fall-backs, each with its instant and real milliseconds: as JSON, as text for a terminal (`format=text`), or as a picture (`format=svg`). The header `X-Sim-Trace` of the answer names it, and so does `explain.get`:',
        ],
        code: 'trace',
      },
      {
        id: 'stream',
        title: 'Live, and for other tools',
        text: [
          '`exchange.stream` sends the journal as server-sent events, with the filters of `exchange.list`; without `follow=false` it goes on with what comes:',
        ],
        code: 'stream',
        list: [
          '`exchange.get` with `format=curl` is the command that makes the call again, with `format=http` what went over the wire.',
          '`exchange.list` with `format=har` is an archive for a browser’s tools.',
        ],
        after: [
          'Kept are 100,000 exchanges or 256 MB a world; then the oldest tenth goes, and the list says so. Messages stay.',
        ],
      },
    ],
  },
  rules: {
    title: 'Rules of decisions',
    lead: 'Every step of a decision is the name of a rule: what holds where it is passed.',
    parts: [{ id: 'rules', title: 'Rules', text: [], show: 'rules' }],
  },
  errors: {
    title: 'Codes and problems',
    lead: 'Everything that is ever refused, with its exact text.',
    parts: [
      {
        id: 'fidelity',
        title: 'How sure we are',
        text: [
          'TUPU’s API is not public, WeChat’s is told in many places. Endpoints and codes carry a label:',
        ],
        show: 'fidelity',
      },
      {
        id: 'tupu',
        title: 'TUPU’s codes',
        text: ['What the partner API itself refuses with. WeChat’s codes are passed on.'],
        show: 'tupu',
      },
      {
        id: 'wechat',
        title: 'WeChat’s codes',
        text: [
          'All that magic mobiles and faults can answer with; the page of an endpoint lists those of its own checks. On the wire the text ends in a `rid`.',
        ],
        show: 'wechat',
      },
      {
        id: 'sink',
        title: 'Codes of sinks',
        text: [
          'Our own calls answer with the HTTP status and a problem, Twilio’s with its code and text. Alibaba Cloud names its errors and has no numbers: those from 901 on are ours, for faults and for the journal.',
        ],
        show: 'sink',
      },
      {
        id: 'problems',
        title: 'Problems of the control API',
        text: [
          'RFC 9457: `type`, `title`, `status`, `field`, `reason` and `fix`. What a path names and is not there is 404; what a body or query names is 422 at its field, and `fix` lists what there is.',
        ],
        show: 'problems',
      },
    ],
  },
  sdk: {
    title: 'WeChat SDKs',
    lead: 'An SDK works unmodified, once its base URL is this server’s.',
    parts: [
      {
        id: 'base',
        title: 'By its base URL',
        text: [
          'Wherever a client lets you set `https://api.weixin.qq.com`, set `WECHAT_API_BASE` instead. With `co-wechat-api`:',
        ],
        code: 'sdk',
      },
      {
        id: 'host',
        title: 'By a host in the path',
        text: [
          'A client that can only change the host keeps WeChat’s as the first part of the path; `open.weixin.qq.com` and `mp.weixin.qq.com` as well:',
        ],
        code: 'hosts',
      },
      {
        id: 'tested',
        title: 'What is tested',
        text: [
          'Our tests run `co-wechat-api`, `wechat-oauth` and `passport-wechat` against it, with WeChat’s answers, order of checks, codes and `rid`. `/docs/wechat` lists the calls that are built; `/docs/recipes` has other SDKs, and hosts that stand in the code.',
        ],
      },
    ],
  },
  recipes: {
    title: 'Recipes for SDKs',
    lead: 'Any client reaches this server: by a base URL, by a proxy, or by WeChat’s own host names.',
    parts: [
      {
        id: 'way',
        title: 'Which way',
        text: ['Take the first one that your client has:'],
        list: [
          'A base URL or host of its own: set `WECHAT_API_BASE`, and nothing else has to be trusted or opened.',
          'A proxy, for hosts that stand in the code: `tupu-sim proxy`, or `--proxy-port` with `serve` and `exec`.',
          'HTTPS under WeChat’s host names, for what knows neither: `--https-port`.',
        ],
        after: [
          'Each leads to the same calls, in the world that an appid, secret or token names. The last two speak HTTPS by a CA of this server’s own, which may vouch for WeChat’s hosts and this machine alone; its key never leaves the folder of the data.',
        ],
      },
      {
        id: 'ca',
        title: 'Trust its CA',
        text: [
          'A server that speaks HTTPS names the file in `TUPU_CA_FILE`, and hands it out; `tupu-sim ca` does the same without a running server. For Java it is a key store with the password `changeit`:',
        ],
        code: 'ca',
        after: [
          'A CA is made once, beside the data; of a simulator in memory it ends with the process. It is made anew when it cannot vouch for a host that you add by `--public-url`, `--allowed-hosts` or `--host`, and the log says so.',
        ],
      },
      {
        id: 'proxy',
        title: 'By the proxy',
        text: [
          'Most clients read the proxy and what they trust from their environment: Node, Python, Go, .NET, curl, and PHP by curl:',
        ],
        code: 'proxied',
        list: [
          'Node reads `NODE_USE_ENV_PROXY` from 24.5 on; what makes agents of its own needs `proxyEnv`, as `co-wechat-api` below.',
          'Java: `-Dhttps.proxyHost=localhost -Dhttps.proxyPort=8879 -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit`.',
          'PHP: `php -d curl.cainfo=$TUPU_CA_FILE -d openssl.cafile=$TUPU_CA_FILE`.',
        ],
        after: [
          'The proxy answers for WeChat’s hosts on their usual ports, and refuses all others with 403: name these in `NO_PROXY`. Nothing is ever passed on.',
        ],
      },
      {
        id: 'hosts-file',
        title: 'By WeChat’s host names',
        text: [
          'A hosts file leads the names here, or in containers an alias of the network. `https` without a port is 443:',
        ],
        code: 'hostsFile',
      },
      {
        id: 'co-wechat-api',
        title: 'co-wechat-api (Node)',
        text: ['By its prefix, or by the proxy with an agent:'],
        code: 'coWechatApi',
      },
      {
        id: 'wechat-api',
        title: 'wechat-api (Node)',
        text: ['By its endpoint:'],
        code: 'wechatApi',
      },
      {
        id: 'node-easywechat',
        title: 'node-easywechat (Node)',
        text: [
          'By the base URL of its HTTP client, or unchanged by the proxy, which it finds in `HTTPS_PROXY`. Version 3.6 needs `node-socialite` 1.4: with a later one it does not load.',
        ],
        code: 'nodeEasywechat',
      },
      {
        id: 'wechatpy',
        title: 'wechatpy (Python)',
        text: [
          'By the proxy: the address of the token stands in its code. Nothing changes but the environment:',
        ],
        code: 'wechatpy',
      },
      {
        id: 'werobot',
        title: 'WeRoBot (Python)',
        text: ['By the proxy: all addresses stand in its code.'],
        code: 'werobot',
      },
      {
        id: 'easywechat',
        title: 'EasyWeChat (PHP)',
        text: [
          'By the base URI of its HTTP client, here in version 6; version 5 has the same setting. Paths begin without a slash, so that a world in the base stays:',
        ],
        code: 'easywechat',
      },
      {
        id: 'wxjava',
        title: 'WxJava (Java)',
        text: [
          'By `WxMpHostConfig`; or by the proxy, with `setHttpProxyHost` and `setHttpProxyPort` of the configuration:',
        ],
        code: 'wxjava',
      },
      {
        id: 'silenceper',
        title: 'silenceper/wechat (Go)',
        text: [
          'By the proxy: its addresses stand in its code, and it goes by `http.DefaultClient`, which reads the environment. On Linux so does `SSL_CERT_FILE`; elsewhere the CA goes into the system’s store.',
        ],
        code: 'silenceper',
      },
      {
        id: 'powerwechat',
        title: 'PowerWeChat (Go)',
        text: ['By the base URI of its HTTP client:'],
        code: 'powerwechat',
      },
      {
        id: 'senparc',
        title: 'Senparc.Weixin (.NET)',
        text: ['By its hosts, before the first call:'],
        code: 'senparc',
      },
      {
        id: 'tested',
        title: 'What is tested',
        text: [
          'Our tests run `co-wechat-api` and `node-easywechat` as they stand here, by both ways; where Python, PHP and Java are installed, they go through the proxy by the client that the SDK uses: `requests`, curl, and Java’s own. The SDKs of Python run in them where they are installed. What is said of PHP, Java, Go and .NET is taken from the sources of the SDKs.',
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
          'Where a field stands: a JSON pointer (`/to/phone`), `query:name`, `header:name`, `user` (the user name of HTTP Basic, or the client of a token), `host` (the first label of the host). `*` in a pointer is each item of a list: `/Messages/*/OldCode` sends one message for each, and each stands in the journal by itself.',
          'How it is written: a mobile as `e164`, `digits` or `national`, or an `openid`; a text with a longest length (`max`, 200 unless told) that is refused or cut (`cut`) beyond it; keywords as a map, as name/value pairs or in WeChat’s shape, where `take` says which of the values are the text, the name or the link.',
          'Who calls: our signature, a key in a header or in the query, a bearer, HTTP Basic with the secret or its hash, an HMAC or hash over parts that you name, with timestamp and nonce, OAuth2 client credentials, or none.',
          'From where: `allowed_ips`, addresses and networks; others get 100006. Behind a proxy, start with `--trust-proxy`: the last address of `X-Forwarded-For` counts.',
          'What a `client_msg_id` gets that came before: `duplicates: same_answer`, `refuse` (100021) or `send`, a second message.',
          'When WeChat’s result is told: `result: callback` accepts a send at once, with an id of the partner’s own in `{msgid_str}`; the callback says `message.accepted`, `message.refused` or `message.unknown` with `{errcode}` and `{errmsg}`, then what became of it. What TUPU itself refuses is refused at once.',
          'The body: JSON, form or XML; `constants` that must be there besides. `null` in place of an endpoint: the partner has no such call.',
          'The answer: status, headers, type and body of a success, of each errcode, of any other refusal, for all endpoints or for one. `{errcode}` and the other members of the canonical answer stand for their values, so do `{wechat}` (WeChat’s own answer, `{wechat:text}` as JSON in a text), `{now:unix}`, `{request_id:uuid}`, `{sent.mobile}`, `{rows}`; of an account with a limit also `{minute_limit}`, `{minute_left}`, `{minute_reset_s}` and, where it is reached (100018), `{retry_after_s}`; the answer may be signed.',
          'What the platform is told: `callback`, with its body for each state, its headers and signature, when it is tried, and which answer acknowledges it.',
          'What success is: `when`, by place the values that mean it. `tupu-sim contract run` goes by it.',
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
    lead: 'Flag before environment before configuration file before default.',
    parts: [
      {
        id: 'commands',
        title: 'Commands',
        text: ['In a checkout `tupu-sim` is `node dist/main.js`, after `npm run build`.'],
        code: 'commands',
        list: [
          '`exec` runs a program against a simulator of its own: free port, in memory, environment set, exit code passed on.',
          '`--port 0` takes a free port; `--print json` prints one line on stdout, and logs go to stderr.',
          '`ready` ends with exit code 0 once a simulator answers.',
          '`check-config` names each fault of a configuration file by its line.',
          '`bundle` writes one file for a bug report: a world with its calls, and neither names, mobiles, emails, secrets nor tokens in it. A name that stands in a text alone, or there in part, may be left: look through the texts first. `replay` makes its calls again and names each answer that differs.',
          '`check-push` sends your handler of WeChat’s pushes what WeChat sends, and what an attacker does: wrong signatures, old and doubled messages, events before what caused them, 10 MB, entities, cipher text that is none. Each check is a line, `ok`, `FAIL` or `warn`, with what was sent, expected and came; `--json` is for machines. The people and ids in it are made up.',
        ],
      },
      {
        id: 'file',
        title: 'The file',
        text: [
          '`tupu-sim.config.yaml` or `.json` of the working directory. It also holds worlds, each as `world.create` takes it: those that are not there yet are made at the start, and none is changed. Its JSON Schema is at `/config.schema.json`.',
        ],
        code: 'file',
      },
      {
        id: 'settings',
        title: 'Settings',
        text: [
          'A setting that cannot be used is an error that names it. A switch has a second form, `--no-demo`.',
        ],
        show: 'settings',
      },
      {
        id: 'exposed',
        title: 'When others can reach it',
        text: [
          'It listens on loopback until `--host` says otherwise. Then control API, pages and `/metrics` want the control token as `Authorization: Bearer`, a browser gives it once on `/sign-in`, and new accounts get a partner secret. Candidates’ pages and web OAuth need none.',
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
          'A checkout has a `Dockerfile`. Its base is an argument, for whoever has a registry of their own: any Linux with Node 22.14 or later and npm will do.',
        ],
        code: 'image',
        after: [
          'It runs as user 1000 and writes below `/data` alone, so that the root file system may be read-only. It listens on every network of its container: control API and pages want the control token, `/docs/configuration#exposed`.',
        ],
      },
      {
        id: 'settings',
        title: 'Token, worlds, data',
        text: [
          'The token comes from a file, a configuration file lies in `/config`, and every setting has its variable. What is behind the image is a command of `tupu-sim`:',
        ],
        code: 'imageRun',
        after: [
          'Without a token of yours one is made and kept in `/data/control-token`. Folders that you bind at `/data` belong to user 1000. `HEALTHCHECK` asks `tupu-sim ready`.',
        ],
      },
      {
        id: 'compose',
        title: 'With PostgreSQL and a platform',
        text: [
          '`compose.yaml` starts the simulator on PostgreSQL, and a sample platform that notifies two people: one is reached by WeChat, for the other it falls back to SMS. Put your own platform in its place.',
        ],
        code: 'compose',
      },
      {
        id: 'testcontainers',
        title: 'From a test: Testcontainers',
        text: [
          'A test makes a world of its own and gives its environment block to the platform. In Node:',
        ],
        code: 'containersNode',
      },
      {
        id: 'testcontainers-python',
        title: 'In Python',
        text: ['With pytest; for Java and JUnit 5 see `/docs/tests#junit`:'],
        code: 'containersPython',
        after: [
          'Where no daemon runs, `tupu-sim exec -- npm test` and `createSimulator` do the same without a container: `/docs/tests`. Our tests read these two recipes and do not run them; the image itself is built and run by `scripts/image-test.sh`.',
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
