import type { Topics } from './topic.ts'

/** The hand-written pages of the documentation in Chinese. */
export const zhTopics: Topics = {
  start: {
    title: '快速开始',
    lead: '一分钟，从零到手机上的一条消息。',
    parts: [
      {
        id: 'run',
        title: '启动',
        text: ['能看到这一页，说明它已经在运行。在别处，从代码目录启动：'],
        code: 'run',
        after: [
          '启动时会建立演示世界 `default`，并打印它的环境变量。一切都在本机：不需要网络，不需要 TUPU 或微信的账号，也不会发到真实手机。',
        ],
      },
      {
        id: 'environment',
        title: '让平台指向它',
        text: [
          '平台只需要两个值：伙伴接口在哪里，客户的 EID 是什么。下面是这个世界的，以及测试可能用到的其他值：',
        ],
        code: 'environment',
        after: [
          '`world.get` 给出全部环境变量，包括密钥。直接调用微信的代码，把基础地址换成 `WECHAT_API_BASE`。',
        ],
      },
      {
        id: 'send',
        title: '发送',
        text: [
          '第一个调用造出一位已关注公众号、已登记手机号的候选人。第二个就是平台要发的，手机号换了一种写法：',
        ],
        code: 'send',
        after: [
          '`errcode` 为 0：微信已受理。其他值：平台改发短信或邮件。还有哪些情况、各该怎么办，见 `/docs/handle`。',
        ],
      },
      {
        id: 'look',
        title: '在手机上看',
        text: ['打开 `/phone`，或者直接问。一行是消息正文，下面是关键词：'],
        code: 'look',
        after: [
          '没有送到时，`/docs/journal` 说明到哪里去看：每次调用都连同得出应答的步骤一起保存。',
        ],
      },
    ],
  },
  sending: {
    title: '发送消息',
    lead: '调用一次伙伴接口，它的应答决定平台要不要改用别的方式。',
    parts: [
      {
        id: 'call',
        title: '调用',
        text: [
          '`message.send` 需要 `eid`、`mobile` 和 `message`。其余可选：`name` 和 `keywords` 填进模板，`url` 是点开后的页面，`email` 是收件人的邮箱。',
        ],
        code: 'message',
        after: [
          'TUPU 找到登记过该手机号的 OpenID，调用微信的模板消息接口，把微信的应答原样转交。业务应答的 HTTP 状态码一律是 200。',
        ],
      },
      {
        id: 'mobile',
        title: '手机号',
        text: [
          '手机号按 E.164 比较，写法不限：空格、连字符、括号、全角数字，带不带 `+86`、`0086`、`86` 都可以。没有国家码的按中国号码处理。',
        ],
      },
      {
        id: 'message',
        title: '正文',
        text: [
          '最多 200 个字符，按 NFC 规范化后的码点计。换行和制表符合并成一个空格：手机上只显示一行。含控制字符得 100016，太长得 100013。',
          '关键词是账号模板里的那些。没有给的会自动填上：姓名、公司和时间。不认识的得 100014。',
        ],
      },
      {
        id: 'twice',
        title: '只发一次',
        text: [
          '给每条消息一个 `client_msg_id`。在世界时钟的 24 小时内，同一个标识加同样的内容，得到的是第一次的应答，不会再发；内容不同得 100015。被拒绝的发送会重新尝试。所以应答丢失时，平台总可以放心地再调用一次。',
        ],
      },
      {
        id: 'answer',
        title: '应答',
        text: [
          '`msgid` 有 19 位。数字是双精度的语言（如 JavaScript）请读 `msgid_str`。之后可用 `message.get` 和 `message.find` 查它的下落：',
        ],
        code: 'find',
        after: [
          '`state` 是 sending、refused、accepted、delivered、failed 或 unknown。`fall_back` 说明平台要不要用别的方式通知；还在发送时为 null。',
        ],
      },
      {
        id: 'generated',
        title: '自动生成客户端',
        text: [
          '`/openapi.json` 以 OpenAPI 3.1 描述每个接口：有名称的数据结构（`MessageSendRequest`、`TupuMessage`）、调用方如何证明身份，以及示例。TypeScript 类型可以这样生成，其他生成器也可以使用它：',
        ],
        code: 'generate',
        after: [
          '拒绝也以 HTTP 状态码 200 返回，因此成功的应答与 `Refusal` 合为一个类型：按 `errcode`，或按成功应答独有的字段来区分。',
        ],
      },
    ],
  },
  handle: {
    title: '平台要处理的情况',
    lead: '平台必须准备好的各种结果，以及怎样逐一造出来。',
    parts: [
      {
        id: 'rule',
        title: '总的规则',
        text: ['`errcode` 为 0：微信已收下消息。其他值：换一种方式通知。有几种情况要更细心一些：'],
        show: 'outcomes',
        after: [
          '魔法手机号不用准备，TUPU 按号码应答，消息不会显示在任何手机上。故障交给 `fault.create`，针对自己的手机号，`times` 用完就消失；它能说的一切见 `/docs/faults`。',
        ],
      },
      {
        id: 'answers',
        title: '重试，还是改用别的方式',
        text: ['区别在于微信是否可能已经收到这条消息：'],
        list: [
          '带错误码的拒绝：没有发出，改发短信或邮件是安全的。',
          '`-1` 和 100018：没有发出，过一会儿重试可能成功。用同一个 `client_msg_id` 重试，再不行就改用别的方式。',
          '100031 和 100032：TUPU 也不知道，消息可能已在手机上。改发，对方可能收到两次；不改发，可能一次也收不到。要紧的消息请改发。',
          '完全没有应答：用同一个 `client_msg_id` 再调用一次。如果第一次已受理，得到的就是那次的应答。',
        ],
      },
      {
        id: 'later',
        title: '之后才知道的',
        text: [
          '受理不等于送达。微信随后告诉 TUPU；TUPU 通过账号的回调告诉平台（签名方式与伙伴接口相同），平台也可以用 `message.get` 来问：',
        ],
        code: 'callback',
        after: [
          '请在 5 秒内应答 2xx。否则同一个 `event_id` 会在世界时钟的 10 秒、1 分钟、10 分钟、1 小时、6 小时之后再来。事件可能来两次：用 `event_id` 辨认。',
          '使用远端网关时，只有真实的微信知道消息的结果。请在 `account.update` 的网关里填上真实公众号服务器配置的 `token` 和 `aes_key`，并把它的 URL 设为本服务器的 `/w/{world}/tupu/wechat/{eid}`：接入验证会得到应答，发送结果会传到回调。',
        ],
      },
    ],
  },
  registration: {
    title: '登记与网页授权',
    lead: '手机号怎样对上 OpenID：在候选人于微信里打开的页面上。',
    parts: [
      {
        id: 'phone',
        title: '用手指点',
        text: [
          '打开 `/phone`，选一个人，搜索公众号，关注，点菜单。`/register/{eid}` 在这个人的微信里打开，通过网页授权得知 OpenID，请他填写姓名、手机号和邮箱。`/apply/{eid}` 是申请职位的页面：申请过的人看到的是资料，而不是表单。',
          '每个按钮都是一个控制调用：`phone.follow`、`phone.tap`、`phone.allow`、`phone.subscribe`。',
        ],
      },
      {
        id: 'call',
        title: '用调用',
        text: [
          '多数测试只要结果。`association.create` 造出一个已关注、已登记的人；`state` 可以造出没有关注或不再关注的：',
        ],
        code: 'registered',
        after: [
          '状态有 following、unfollowed、blocking、muted、never。一个手机号在一个账号里只对应一个 OpenID；号码已被别人登记时怎么办，由账号的 `rebind` 决定。',
        ],
      },
      {
        id: 'oauth',
        title: '微信里自己的页面',
        text: [
          '像去 open.weixin.qq.com 那样，把访问者带到 `/connect/oauth2/authorize`，再用 `oauth.exchange` 换取令牌。是谁在看，依次由路径 `/as/{person}/`、请求头 `X-Sim-Person`、查询参数 `sim_person` 和浏览器最近打开的手机决定：',
        ],
        code: 'oauth',
        after: [
          '什么都没说的浏览器会被告知请在微信里打开，使用模拟器的人可以自己选。在他人可访问的服务器上，只有带控制令牌，或使用 `phone.open` 链接里签过名的名字，才算数。',
          '微信偶尔会把跳转打开两次。`person.update` 的 `double_redirect` 让某人的微信每次都这样：用同一个 code（`same_code`），第二次换取会得到 40163；或第二次用新的 code（`second_code`），链接带 `connect_redirect=1` 时除外。第一次在看不见的框架里打开：页面与这台服务器主机名相同（端口不限）时，会带上你的 cookie。',
        ],
      },
      {
        id: 'jssdk',
        title: '页面里的 JS-SDK',
        text: [
          '把 res.wx.qq.com 的脚本换成这台服务器的 `/open/js/jweixin-1.6.0.js`（某个世界用 `/w/{world}` 之下的），用 `ticket.get` 的 ticket 给页面签名。在手机的网页里，或在 User-Agent 含 MicroMessenger 的浏览器里打开时，`wx.config` 会被检查：`config:ok`、`config:invalid signature`、`config:invalid url domain`（`official_account.update` 的 `js_domains`）。日志会说明实际签的是什么：带 # 片段的地址、过期的 ticket 等。',
        ],
        list: [
          'npm 的 `weixin-js-sdk` 会沿用页面此前加载的脚本。',
          '与微信自己的脚本一样，被拒后也会调用 `wx.ready`，先调用 `wx.error`。',
          '`jsApiList` 里微信不认识的名字会被忽略；没有列入的接口返回 `permission denied`。',
          '手机没有相机、定位和钱包：`chooseImage`、`getLocation` 等返回 `cancel`，如同用户取消。`closeWindow` 会关闭网页。',
        ],
      },
      {
        id: 'withdraw',
        title: '撤回',
        text: [
          '候选人的页面和 `association.withdraw` 会删除登记，以及对此人说过的话：消息只留下发过的事实，日志清空相关调用。`privacy_notice.publish` 为账号发布新的隐私说明。',
        ],
      },
    ],
  },
  signature: {
    title: '签名',
    lead: '设有伙伴密钥的账号，要求每次调用都签名。',
    parts: [
      {
        id: 'headers',
        title: '三个请求头',
        text: [
          '`X-Tupu-Timestamp`（真实的 Unix 秒，误差不超过五分钟）、`X-Tupu-Nonce` 和 `X-Tupu-Signature`：`sha256=` 加上以密钥对下面五行计算的 HMAC-SHA256 十六进制值，末尾没有换行：时间戳、随机串、请求方法、原样的路径和查询串（如有 `/w/{world}` 也包括在内）、请求体的 SHA-256 十六进制值。',
        ],
        code: 'signed',
        after: [
          '`TUPU_PARTNER_SECRET` 就是 `world.get` 里的 `partner_secret`。每个账号的随机串在时间戳有效期内只能用一次：重试的调用要重新签名。',
          '得到 100003 之后，日志中的判定会说明错在哪里，并给出我们所签的文本。',
        ],
      },
    ],
  },
  tests: {
    title: '在你的测试里',
    lead: '每个测试有自己的世界；失败的测试会说出它的消息怎么了。',
    parts: [
      {
        id: 'vitest',
        title: 'Vitest',
        text: [
          '`world` 以测试命名，因此每次运行的 ID 都相同；`sim` 监听一个空闲端口，同一个 worker 的测试共用。需要 Vitest 4 或更新版本：',
        ],
        code: 'vitestTest',
        after: [
          "失败的测试会打印最近几次发送的经过，一步一步；如果一次也没有来，就打印哪些调用没有人受理。`worldInput` 是 `world.create` 的输入，`simulatorOptions` 是 `createSimulator` 的选项；后者要写 `{ scope: 'worker' }`。",
        ],
      },
      {
        id: 'node-test',
        title: 'node:test',
        text: ['一样的，后面还有 node 自己的上下文：'],
        code: 'nodeTest',
        after: ['`it.extend({ worldInput, simulatorOptions })` 得到另一个 `it`。'],
      },
      {
        id: 'test',
        title: 'Node 里的其他框架',
        text: ['在同一进程里，不用另外启动服务器：'],
        code: 'test',
        after: ['世界没有现成方法的操作用 `w.call(id, input)`，id 就是这些文档里的。'],
      },
      {
        id: 'pytest',
        title: 'pytest',
        text: [
          '`tupu-sim exec` 在测试外面启动一个模拟器，并随测试结束。这个 fixture 只需要 Python，并把发送的经过加进失败测试的报告：',
        ],
        code: 'pytestFixture',
      },
      {
        id: 'pytest-test',
        title: '一个 pytest 测试',
        text: ['它等待所期望的结果，从不 sleep：'],
        code: 'pytestTest',
      },
      {
        id: 'pytest-run',
        title: '运行 pytest',
        text: ['退出码就是 pytest 的：'],
        code: 'pytestRun',
      },
      {
        id: 'junit',
        title: 'JUnit 5 与 Testcontainers',
        text: [
          '一个测试类一个容器（镜像见 `/docs/docker`），一个测试一个世界。此时别的机器也能访问服务器，所以控制调用需要令牌：',
        ],
        code: 'junit',
        after: [
          '没有 Docker 时，同一个类可以调用 `tupu-sim exec -- mvn test` 的服务器：地址是 `TUPU_SIM_URL`。',
        ],
      },
      {
        id: 'tested',
        title: '测试过什么',
        text: [
          '这里 Vitest 和 node:test 的写法由我们的测试用打包好的包运行，pytest 的在装有它的机器上运行。JUnit 的类是人工编译并对着没有容器的服务器运行过的。',
        ],
      },
    ],
  },
  worlds: {
    title: '世界与隔离',
    lead: '每个测试有自己的一个世界，同在一台服务器上，互不干扰。',
    parts: [
      {
        id: 'what',
        title: '什么是世界',
        text: [
          '账号、人物、时钟、日志和种子。人使用演示世界 `default`，测试自己建（见 `/docs/tests`）：',
        ],
        code: 'world',
        after: [
          '应答里有它的基础地址（这台服务器上的 `/w/{world}`）、EID、密钥和环境变量。开放接口和页面的每个路径在它之下也都存在，文档也是：那里的示例用的就是那个世界。',
        ],
      },
      {
        id: 'whose',
        title: '调用属于谁',
        text: [
          '调用不需要额外的请求头：其中的 EID、appid、访问令牌或 openid 就说明了是哪个世界。在 `/w/{world}` 之下以路径为准：别的世界的凭证在那里不认识。什么都没说的调用记在 `_unattributed` 的日志里。',
        ],
      },
      {
        id: 'same',
        title: '每次都一样',
        text: [
          '名称和种子相同，在任何服务器上得到的 ID 都相同。时钟冻结时，同样的调用得到同样的应答，导出逐字节相同。`world.reset` 让世界回到建立时的样子：ID 和密钥不变，令牌是新的。',
          '最后一次调用两小时之后世界结束，除非 `idle_ttl` 另有设定。一台服务器最多 1,000 个世界。',
        ],
      },
    ],
  },
  clock: {
    title: '时间与时钟',
    lead: '两周的审核，一次调用就过去。',
    parts: [
      {
        id: 'advance',
        title: '推进',
        text: ['每个世界有自己的时钟，走动或冻结。它只向前走，途中到期的事依次发生：'],
        code: 'advance',
        after: [
          '除了 `by`，也可以用 `to` 给出时刻，或用 `next` 到下一件到期的事。应答说明发生了什么。`clock.timeline` 列出将要到期和失效的。',
        ],
      },
      {
        id: 'freeze',
        title: '停住',
        text: ['要数分钟的测试需要一个不走的时钟：'],
        code: 'freeze',
        after: ['时钟冻结时，什么都不会自己发生：回调、回执和审核都等着 `clock.advance`。'],
      },
      {
        id: 'which',
        title: '哪里用哪个时间',
        text: ['凡是保存和计数的，用世界的时钟；要与别的时钟相比的，用真实时间：'],
        list: [
          '世界时钟：审核、回执、回调重试、令牌有效期、配额（按北京时间的日）、`minute_limit`、`client_msg_id` 的 24 小时。',
          '真实时间：签名的时间戳、浏览器会话、超时、`wait`、故障的延迟，以及世界结束前的两小时。',
        ],
      },
    ],
  },
  faults: {
    title: '故障与魔法手机号',
    lead: '让调用失败、变慢或中断，要几次就几次。',
    parts: [
      {
        id: 'magic',
        title: '魔法手机号',
        text: [
          '`19900` 加六位错误码就是一个手机号，不用任何准备，应答就是这个错误码：`19900000000` 被受理并送达，`19900043004` 得到 43004，`19900100011` 得到 100011，`19900999999` 得到 -1。微信的错误码配微信的文字。在世界中设 `magic: off` 可以关闭。',
        ],
        code: 'magic',
        list: [
          '`19901` 加六位数字：受理，应答晚这么多毫秒才来，最多 60,000。',
          '`19902000001` 到 `19902000004`：受理，但没有应答；连接被重置；不应答就关闭；只来半个应答。`message.find` 会说明消息已送达。',
          '`19903000001` 到 `19903000003`：先受理，后失败：user block、system failed、freq limit。',
          '`19904` 加六位数字：送达；从首条消息起满这么多天后得到 43004。',
        ],
        after: [
          '`magic.list` 有全部号码和各自的含义。连着真实短信网关时切勿使用：199 是真实号段。',
        ],
      },
      {
        id: 'fault',
        title: '一个故障',
        text: [
          '故障是一个扁平的对象，交给 `fault.create`。下面这个让发给某手机号的下两次得到 -1，然后消失：',
        ],
        code: 'busy',
        list: [
          '哪些调用：`surface`、`endpoint`（文档里的 id，或 `template.*`）、`account`、`person`、`mobile`。给出的都要符合。不填 `surface` 时，是码表中有该 `errcode` 的一方，先看合作方接口；否则为 `tupu`。',
          '何时：`after` 多少次符合的调用之后，`times` 几次，`probability`（由世界的种子抽取），`until` 某个时刻或世界时钟的一段时长。',
          '怎样：`errcode`、`answer`、`transport`、`delivery`、`sequence` 之一，或只有 `delay`。`delay` 最多 60 秒，可与任何一个同用。`delivery` 用于回调和推送：`drop`、`twice`、`swap`、`bad_signature`、`old_timestamp`。',
        ],
      },
      {
        id: 'stage',
        title: '已经执行，应答却丢了',
        text: [
          '`stage` 为 `before` 时，调用什么也不做；为 `after` 时，调用照常执行并保存，只有应答换成故障的。只是变慢的调用（单独的 `delay`、`drip`）总会执行。最难的情况只要一行：',
        ],
        code: 'lost',
        after: [
          '下一条发给它的消息已在手机上，平台看到的却是连接中断。它接下来怎么做，决定了此人会不会收到两次。',
        ],
      },
      {
        id: 'sequence',
        title: '依次发生',
        text: ['`sequence` 让每次符合的调用依次得到其中一个；`pass` 放过一次：'],
        code: 'sequence',
        after: [
          '发送中去微信的那一段，和别的 `wechat` 调用一样。错误码原样传回；`reset` 和 `empty` 立刻变成 100031，`hang`、`drip` 和过长的 `delay` 要等到账号的 `gateway_timeout`（默认 5 秒）用完；`truncate` 和 `garbage` 变成 100032。',
        ],
      },
      {
        id: 'hits',
        title: '有没有遇到',
        text: [
          '故障按建立的先后查看，第一个适用的说了算。`fault.list` 列出 `hits`、剩余的 `left` 和 `state`；加 `unused=true` 只列从未命中的。`fault.delete` 和 `fault.clear` 撤掉故障：',
        ],
        code: 'faults',
        after: [
          '由故障给出的应答，判定里有步骤 `fault.applied`，`explain.get` 会说出是哪个故障。重置会移除由调用建立的故障，保留 `world.create` 给出的。',
        ],
      },
      {
        id: 'process',
        title: '在测试里',
        text: ['在进程里，故障是一个对象：'],
        code: 'faultTest',
      },
    ],
  },
  wait: {
    title: '等待与核对',
    lead: '测试既不必睡眠，也不必轮询。',
    parts: [
      {
        id: 'wait',
        title: '等某件事',
        text: [
          '`wait.run` 一有结果就应答，给出符合条件的最新一个。它接受 `message`、`exchange`、`registration`、`step`、`callback`、`push` 或 `contact`，各带其列表的全部筛选条件：',
        ],
        code: 'wait',
        after: [
          '`timeout` 是真实时间，不填为 5 秒，最多 60 秒。加上 `auto_advance`，时钟就从一件到期的事跳到下一件，最多跳这么远，直到条件成立：两周的审核转眼就等到了。',
          '没有等到则是 409 `not_met`：`because` 说明是时间用完、再没有到期的事，还是太远；`nearest` 是来了什么别的，`due` 是还会发生什么。',
        ],
      },
      {
        id: 'verify',
        title: '核对调用',
        text: [
          '`verify.run` 数调用次数：`count` 是一个数，或带 `min` 和 `max` 的对象，不填则至少一次。或看它们是否按 `in_order` 一个接一个地来：',
        ],
        code: 'verify',
        after: [
          '不成立时是 409 `not_verified`，其中 `reason` 可以直接读：期望什么、来了什么、差在哪里。',
        ],
      },
      {
        id: 'process',
        title: '在测试里',
        text: [
          '`w.message({ mobile })` 等一条消息，最多 3 秒；`w.waitFor` 等别的。`w.verify` 不成立时抛出可读的原因：',
        ],
        code: 'waitTest',
      },
    ],
  },
  sinks: {
    title: '短信、邮件与审计',
    lead: '平台改发了吗？把短信和邮件也指到这里，再来问。',
    parts: [
      {
        id: 'sms',
        title: '短信',
        text: ['最简单的接收口只要两个字段：'],
        code: 'sms',
        after: [
          '未经修改的 `twilio` SDK 换上基础地址就能用（`/2010-04-01/Accounts/{sid}/Messages.json`），阿里云的 `SendSms` 把 endpoint 指到这里也一样：`sms.send`、`twilio.send_message`、`aliyun.send_sms`。不检查发送方的签名和密码。',
        ],
      },
      {
        id: 'email',
        title: '邮件',
        text: [
          '用 `email.send`，或用 SMTP：`--smtp-port` 打开它，环境变量里就有 `TUPU_SMTP_URL`，用户名是世界的名称。',
        ],
        code: 'email',
        after: [
          '短信和邮件都出现在收件人的手机上。在 `/w/{world}` 之下归那个世界，否则归 `default`。`sink` 面的故障可以让它们失败。',
        ],
      },
      {
        id: 'contacts',
        title: '谁收到了什么',
        text: [
          '`contact.list` 列出为通知某人做过的一切，最早的在前：微信、短信和邮件。收件人以手机号区分；邮件归发送或登记中写有该邮箱的手机号。',
        ],
        code: 'contacts',
      },
      {
        id: 'audit',
        title: '审计',
        text: ['测试结束时只问一个问题，`audit.get`：'],
        code: 'audit',
        list: [
          '`lost`：微信拒绝、之后失败或没有说明，而且没有别的方式及时补上。',
          '`double`：微信受理、之后也没有失败，却又来了短信或邮件；或者被拒绝后，同样的内容来了两次。',
          '`late`：改发的消息晚于 `within`。',
          '`pending`：还什么都没有来，但时间也没有到。',
        ],
        after: [
          '前三项都空，`ok` 才为真。`within` 是世界时钟的时长，不填为一分钟；之后才失败的消息从回执算起。一次改发只算一次发送的。',
        ],
      },
      {
        id: 'process',
        title: '在测试里',
        text: ['在进程里，`w.audit` 不成立时抛出可读的说明：'],
        code: 'auditTest',
      },
    ],
  },
  drills: {
    title: '演练',
    lead: '把糟糕的一天预演一遍，由审计评判。',
    parts: [
      {
        id: 'start',
        title: '召之即来的糟糕的一天',
        text: [
          '演练是有名字的一天：故障和控制调用按世界的时钟发生，由种子决定，所以每次都是同样的一天，并且自己会结束。`drill.start` 为第一个账号或指定的账号开始，`drill.list` 说明进行到哪里，`drill.stop` 立即结束。之后 `audit.get` 说明谁没有收到、谁收到两次、谁收到太晚：',
        ],
        code: 'drill',
        after: [
          '让平台照常发送，用 `clock.advance` 让世界的时钟前进。审计看的是发到接收端的内容：先按 `/docs/sinks` 把短信和邮件指到这里。',
        ],
      },
      {
        id: 'days',
        title: '各种糟糕的一天',
        text: ['好的平台在每一天都是 `ok`；别的平台会有人出现在审计的某个列表里：'],
        show: 'drills',
      },
      {
        id: 'process',
        title: '在测试里',
        text: ['在进程里：'],
        code: 'drillTest',
      },
    ],
  },
  snapshots: {
    title: '快照与覆盖',
    lead: '舞台只搭一次，并知道自己遇到过什么。',
    parts: [
      {
        id: 'snapshots',
        title: '快照',
        text: [
          '`snapshot.create` 在世界运行时，以名称保存它；`snapshot.restore` 把它带回来，时钟也回去：',
        ],
        code: 'snapshot',
        after: [
          '之后导出逐字节相同，同样的调用得到同样的 ID。只有其间撤回的人不会回来。日志不保存；令牌失效、等待结束，与重置相同。`snapshot.get` 是一个文件，另一台服务器的 `world.create` 以 `snapshot` 接受它。',
        ],
      },
      {
        id: 'process',
        title: '在测试里',
        text: ['一个文件里所有测试都要的东西，只准备一次：'],
        code: 'snapshotTest',
      },
      {
        id: 'coverage',
        title: '覆盖',
        text: [
          '`coverage.get` 说明测试遇到过哪些结果、各几次：错误码、回执、回调结果、审核、网页授权的分支。每项都有一句好的平台该怎么做。`/coverage` 是同样内容的网页，可以挂在墙上：',
        ],
        code: 'coverage',
        after: [
          '`tupu-sim exec --coverage a.json` 在运行结束时写出这样的文件；`tupu-sim coverage a.json b.json --min 80` 合并多次运行，不到百分之八十则以退出码 1 结束。',
        ],
      },
    ],
  },
  journal: {
    title: '日志与解释',
    lead: '这条消息为什么没有送到？',
    parts: [
      {
        id: 'explain',
        title: '问',
        text: ['`explain.get` 针对发给某手机号的最近一次，给出结论和一句话：'],
        code: 'explain',
        after: [
          '`verdict` 是 reached、refused、failed_later、pending、unknown、fault 或 never_asked。`fix` 是能让它通过的控制调用（如果有），完整，可直接发送。也可以不用手机号，而用 `trace`、`msgid` 或 `client_msg_id` 来问，`lang=zh` 用中文回答。从未来过的发送，它会找来了什么别的：另一个 EID、另一条路径、另一个手机号。',
        ],
      },
      {
        id: 'process',
        title: '在测试里',
        text: ['同样的内容作为值；`w.message` 没有等到消息时，错误里自己就有这句话：'],
        code: 'explainTest',
      },
      {
        id: 'check',
        title: '发送之前',
        text: [
          '`message.check` 说明一条消息会怎样，但不发给任何人：TUPU 和微信会拒绝、截断或不显示什么，同样内容的短信在中国会遇到什么。',
        ],
        code: 'check',
        after: [
          '每条结果有 `rule`、`severity`（rejected、cut、ignored、risk）、所指的 `field` 和 `position`、两种语言的一句话、来源，以及我们有多确定。`rejected` 来自决定发送的那些函数，所以 `ok` 与实际发送不会不一致；不考虑故障、频率和额度。微信显示什么取决于规则：`rules` 为 2023 的是微信现行的规则。`keywords` 是 JSON 对象；在进程内是值，如 `w.check({ message, keywords })`。',
        ],
      },
      {
        id: 'exchanges',
        title: '看',
        text: ['每次调用都保存下来：请求、应答和判定，即得出应答的步骤。最新的在前：'],
        code: 'exchanges',
        after: [
          '通过的步骤只记规则名；拒绝时，最后一步说明看到了什么、要求是什么。每条规则的一句话见 `/docs/rules`。密钥被遮盖，手机号和邮箱被缩短；`reveal` 显示完整的手机号和邮箱。',
        ],
      },
      {
        id: 'trace',
        title: '完整的经过',
        text: [
          '`trace.get` 讲述一次发送，从平台的调用到手机再回来，连同回执、回调和改发，各有时刻和耗时：可以是 JSON、终端里的文字（`format=text`）或一张图（`format=svg`）。应答头 `X-Sim-Trace` 和 `explain.get` 都说出它的编号：',
        ],
        code: 'trace',
      },
      {
        id: 'stream',
        title: '实时查看，以及给别的工具',
        text: [
          '`exchange.stream` 以服务器推送事件发送日志，筛选条件与 `exchange.list` 相同；不加 `follow=false` 就会一直发送新来的：',
        ],
        code: 'stream',
        list: [
          '`exchange.get` 加 `format=curl` 是再次发出该调用的命令，加 `format=http` 是线上的原文。',
          '`exchange.list` 加 `format=har` 是浏览器工具能打开的归档。',
        ],
        after: [
          '每个世界保存 100,000 次调用或 256 MB；满了就去掉最早的十分之一，列表会说明。消息保留。',
        ],
      },
    ],
  },
  rules: {
    title: '判定的规则',
    lead: '判定的每一步都是一条规则的名称：通过时成立的是什么。',
    parts: [{ id: 'rules', title: '规则', text: [], show: 'rules' }],
  },
  errors: {
    title: '错误码与问题',
    lead: '所有的拒绝，连同准确的文字。',
    parts: [
      {
        id: 'fidelity',
        title: '有多大把握',
        text: ['TUPU 的接口没有公开，微信的在许多地方都有说明。接口和错误码都带有标签：'],
        show: 'fidelity',
      },
      {
        id: 'tupu',
        title: 'TUPU 的错误码',
        text: ['伙伴接口自己的拒绝。微信的错误码原样转交。'],
        show: 'tupu',
      },
      {
        id: 'wechat',
        title: '微信的错误码',
        text: [
          '魔法手机号和故障能给出的全部；接口自己检查的那些，列在接口的页面上。实际应答的文字以 `rid` 结尾。',
        ],
        show: 'wechat',
      },
      {
        id: 'sink',
        title: '接收端的错误码',
        text: [
          '自有的调用以 HTTP 状态和 problem 应答，Twilio 的用它自己的错误码和文字。阿里云的错误只有名称、没有数字：901 起的数字是我们给的，用于故障和日志。',
        ],
        show: 'sink',
      },
      {
        id: 'problems',
        title: '控制接口的问题',
        text: [
          'RFC 9457：`type`、`title`、`status`、`field`、`reason` 和 `fix`。路径里所指的不存在是 404；请求体或查询里所指的不存在是 422，指出字段，`fix` 列出现有的。',
        ],
        show: 'problems',
      },
    ],
  },
  sdk: {
    title: '微信 SDK',
    lead: '换上这台服务器的基础地址，SDK 不用修改就能用。',
    parts: [
      {
        id: 'base',
        title: '换基础地址',
        text: [
          '凡是能设置 `https://api.weixin.qq.com` 的地方，改成 `WECHAT_API_BASE`。以 `co-wechat-api` 为例：',
        ],
        code: 'sdk',
      },
      {
        id: 'host',
        title: '把主机名放进路径',
        text: [
          '只能换主机的客户端，把微信的主机名留作路径的第一段；`open.weixin.qq.com` 和 `mp.weixin.qq.com` 也一样：',
        ],
        code: 'hosts',
      },
      {
        id: 'tested',
        title: '测试过什么',
        text: [
          '我们的测试用未经修改的 `co-wechat-api`、`wechat-oauth` 和 `passport-wechat` 来跑，应答、检查顺序、错误码和 `rid` 都与微信相同。已实现的接口见 `/docs/wechat`；其他 SDK，以及域名写死在代码里的情况，见 `/docs/recipes`。',
        ],
      },
    ],
  },
  recipes: {
    title: '各种 SDK 的接法',
    lead: '任何客户端都能接到这台服务器：换基础地址、走代理，或者沿用微信自己的域名。',
    parts: [
      {
        id: 'way',
        title: '用哪种方式',
        text: ['按顺序取客户端支持的第一种：'],
        list: [
          '可以设置基础地址或主机：设为 `WECHAT_API_BASE`，不必信任证书，也不必多开端口。',
          '域名写死在代码里：走代理。用 `tupu-sim proxy`，或给 `serve`、`exec` 加 `--proxy-port`。',
          '两者都不支持：沿用微信的域名走 HTTPS，用 `--https-port`。',
        ],
        after: [
          '三种方式调用的接口相同，属于哪个世界由 appid、secret 或 token 决定。后两种使用这台服务器自己的 CA 说 HTTPS，它只能为微信的域名和本机签发证书；私钥不会离开数据所在的文件夹。',
        ],
      },
      {
        id: 'ca',
        title: '信任它的 CA',
        text: [
          '开启 HTTPS 的服务器用 `TUPU_CA_FILE` 指出证书文件，也可以从它那里下载；不启动服务器时用 `tupu-sim ca`。给 Java 的是密钥库，密码为 `changeit`：',
        ],
        code: 'ca',
        after: [
          'CA 只在数据旁边生成一次；内存中的模拟器，其 CA 随进程结束而消失。如果用 `--public-url`、`--allowed-hosts` 或 `--host` 增加了它无权签发的域名，就会重新生成，日志里会写明。',
        ],
      },
      {
        id: 'proxy',
        title: '走代理',
        text: [
          '多数客户端从环境变量读取代理和受信任的证书：Node、Python、Go、.NET、curl，以及使用 curl 的 PHP：',
        ],
        code: 'proxied',
        list: [
          'Node 24.5 起支持 `NODE_USE_ENV_PROXY`；自己创建 agent 的库要用 `proxyEnv`，见下面的 `co-wechat-api`。',
          'Java：`-Dhttps.proxyHost=localhost -Dhttps.proxyPort=8879 -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit`。',
          'PHP：`php -d curl.cainfo=$TUPU_CA_FILE -d openssl.cafile=$TUPU_CA_FILE`。',
        ],
        after: [
          '代理只代微信的域名在其常用端口上应答，其他主机一律以 403 拒绝：请把它们写进 `NO_PROXY`。任何请求都不会被转发出去。',
        ],
      },
      {
        id: 'hosts-file',
        title: '沿用微信的域名',
        text: ['用 hosts 文件把域名指向这里；在容器里用网络别名。不写端口的 `https` 是 443：'],
        code: 'hostsFile',
      },
      {
        id: 'co-wechat-api',
        title: 'co-wechat-api（Node）',
        text: ['设置前缀，或者用 agent 走代理：'],
        code: 'coWechatApi',
      },
      {
        id: 'wechat-api',
        title: 'wechat-api（Node）',
        text: ['设置 endpoint：'],
        code: 'wechatApi',
      },
      {
        id: 'node-easywechat',
        title: 'node-easywechat（Node）',
        text: [
          '设置其 HTTP 客户端的基础地址；或者不改代码走代理，它会读取 `HTTPS_PROXY`。3.6 版需要 1.4 版的 `node-socialite`，更新的版本会使它无法加载。',
        ],
        code: 'nodeEasywechat',
      },
      {
        id: 'wechatpy',
        title: 'wechatpy（Python）',
        text: ['走代理：获取 token 的地址写死在代码里。除环境变量外什么都不用改：'],
        code: 'wechatpy',
      },
      {
        id: 'werobot',
        title: 'WeRoBot（Python）',
        text: ['走代理：所有地址都写死在代码里。'],
        code: 'werobot',
      },
      {
        id: 'easywechat',
        title: 'EasyWeChat（PHP）',
        text: [
          '设置其 HTTP 客户端的 base_uri，这里是 6 版的写法，5 版的设置相同。路径开头不要写斜杠，这样基础地址里的世界才会保留：',
        ],
        code: 'easywechat',
      },
      {
        id: 'wxjava',
        title: 'WxJava（Java）',
        text: [
          '用 `WxMpHostConfig`；或者走代理，用配置的 `setHttpProxyHost` 和 `setHttpProxyPort`：',
        ],
        code: 'wxjava',
      },
      {
        id: 'silenceper',
        title: 'silenceper/wechat（Go）',
        text: [
          '走代理：地址写死在代码里，它使用会读取环境变量的 `http.DefaultClient`。Linux 上 `SSL_CERT_FILE` 有效，其他系统要把 CA 加入系统证书库。',
        ],
        code: 'silenceper',
      },
      {
        id: 'powerwechat',
        title: 'PowerWeChat（Go）',
        text: ['设置其 HTTP 客户端的 BaseURI：'],
        code: 'powerwechat',
      },
      {
        id: 'senparc',
        title: 'Senparc.Weixin（.NET）',
        text: ['在第一次调用之前设置主机：'],
        code: 'senparc',
      },
      {
        id: 'tested',
        title: '测试过什么',
        text: [
          '我们的测试按这里的写法、用两种方式运行 `co-wechat-api` 和 `node-easywechat`；装有 Python、PHP、Java 时，用 SDK 所用的客户端（`requests`、curl 和 Java 自带的）走代理。Python 的 SDK 装了就会运行。关于 PHP、Java、Go 和 .NET 的说法取自这些 SDK 的源码。',
        ],
      },
    ],
  },
  profiles: {
    title: '伙伴配置',
    lead: '让伙伴接口的写法与你和 TUPU 的约定一致。',
    parts: [
      {
        id: 'profiles',
        title: '配置就是数据',
        text: [
          'TUPU 真正的接口没有公开，这里写的是我们自己的约定。伙伴配置说明另一种写法：基础路径、方法和路径、各字段的位置、调用者如何证明身份、应答的样子。配置写在配置文件的 `profiles` 里，或交给 `createSimulator({ profiles })`；账号按名称选用。',
          '下面的配置接受 `POST /partner/v2/notify` 这样的调用，手机号在 `to` 里，用 Bearer 密钥，拒绝时用 HTTP 状态码：',
        ],
        show: 'profile',
      },
      {
        id: 'language',
        title: '配置能写明什么',
        text: [],
        list: [
          '字段的位置：JSON 指针（`/to/phone`）、`query:name`、`header:name`、`user`（HTTP Basic 的用户名，或令牌所属的客户端）、`host`（主机名的第一段）。指针里的 `*` 代表列表的每一项：`/Messages/*/OldCode` 为每一项各发一条消息，每条在日志中各占一条。',
          '字段的写法：手机号为 `e164`、`digits` 或 `national`，或写 `openid`；正文的最大长度（`max`，默认 200），超出时拒绝或截断（`cut`）；关键词写成映射、名称与值的列表，或微信的形式，由 `take` 写明其中哪些是正文、姓名或链接。',
          '谁在调用：我们的签名、请求头或查询串里的密钥、Bearer、带密钥或其摘要的 HTTP Basic、对所列部分作 HMAC 或摘要（可带时间戳和随机串）、OAuth2 客户端凭证，或不验证。',
          '从哪里调用：`allowed_ips` 列出地址和网段，其他得到 100006。前面有代理时用 `--trust-proxy` 启动：以 `X-Forwarded-For` 的最后一个地址为准。',
          '再次收到同一个 `client_msg_id`：`duplicates: same_answer`（同样的应答）、`refuse`（100021）或 `send`（再发一条）。',
          '何时告知微信的结果：`result: callback` 立即接收发送，`{msgid_str}` 为伙伴自己的编号；回调以 `message.accepted`、`message.refused` 或 `message.unknown` 连同 `{errcode}`、`{errmsg}` 告知结果，然后告知送达情况。TUPU 自己的拒绝仍立即给出。',
          '请求体：JSON、表单或 XML；`constants` 为另外必须带有的内容。接口写成 `null` 表示伙伴没有此接口。',
          '应答：成功、各个错误码、其他拒绝的状态码、响应头、类型和内容，可对全部接口或单个接口写明。`{errcode}` 等原应答的成员代表相应的值，另有 `{wechat}`（微信自己的应答，`{wechat:text}` 为 JSON 文本）、`{now:unix}`、`{request_id:uuid}`、`{sent.mobile}`、`{rows}`；设有限额的账号还有 `{minute_limit}`、`{minute_left}`、`{minute_reset_s}`，超限（100018）时有 `{retry_after_s}`；应答可以签名。',
          '告知平台的内容：`callback`，写明各状态的内容、请求头和签名、何时尝试，以及怎样的应答表示已收到。',
          '何为成功：`when`，按位置列出表示成功的值。`tupu-sim contract run` 以此为准。',
        ],
        after: [
          '`tupu-sim profile record FILE` 由一次请求及其应答（cURL、HAR 或原始 HTTP）生成配置草稿，无法对应的内容写在注释里。`tupu-sim profile check FILE` 逐条指出错误的位置、原因和改法。',
        ],
      },
      {
        id: 'partners',
        title: '随包附带的配置',
        text: [
          '每一份都模仿一家同类伙伴公开文档中发送微信消息的调用，足以让按该文档编写的客户端运行。在配置文件里写 `profiles: [bird]` 这样的名称即可使用，再交给某个账号。其中没有 TUPU 自己的接口；属于假定的内容逐条列出。',
        ],
        show: 'partners',
      },
      {
        id: 'contract',
        title: '伙伴是否遵守约定？',
        text: [
          '`contract run` 按配置写明的方式，向真正的伙伴、另一个模拟器或你自己的替身提出与我们的测试相同的要求。不带 `--send` 时只做查询；带上时，消息只发给你写明的第一个手机号。',
        ],
        code: 'contract',
        list: [
          '每条要求有一个编号（`send.repeated`、`proof.replayed`），占一行：成立、不同（应得到什么，实际得到什么），或没有尝试及其原因。',
          '`--unbound` 是你的一个未登记的手机号；`--format` 为 `text`、`json` 或 `junit`；有不同之处时退出码为 1。',
          '密钥由 `TUPU_SIM_PARTNER_SECRET` 或 `--partner-secret-file` 给出，从不显示。',
          '`contract export` 为其他工具写出同样的内容：JSON Schema、示例、OpenAPI、各条要求和 Pact 文件（第 3 版）。',
        ],
      },
    ],
  },
  configuration: {
    title: '配置与命令行',
    lead: '先看参数，再看环境变量，再看配置文件，最后是默认值。',
    parts: [
      {
        id: 'commands',
        title: '命令',
        text: ['在代码目录里，`tupu-sim` 就是 `npm run build` 之后的 `node dist/main.js`。'],
        code: 'commands',
        list: [
          '`exec` 为一个程序单独启动模拟器：空闲端口，数据在内存，设好环境变量，传回退出码。',
          '`--port 0` 取一个空闲端口；`--print json` 在标准输出打印一行，日志走标准错误。',
          '`ready` 在模拟器能应答时以退出码 0 结束。',
          '`check-config` 逐行指出配置文件的错误。',
          '`bundle` 写出一个用于报告问题的文件：一个世界及其调用，不含姓名、手机号、邮箱、密钥和令牌。只在正文里出现的姓名或姓名的一部分可能会留下，发出前请先看一遍正文。`replay` 重做这些调用，并指出每个不同的应答。',
          '`check-push` 向你接收微信推送的程序发送微信会发的内容，以及攻击者会发的内容：错误的签名、过期和重复的消息、先于起因到达的事件、10 MB 的正文、XML 实体、无法解密的密文。每项检查占一行，标明 `ok`、`FAIL` 或 `warn`，以及发了什么、应得到什么、实际得到什么；`--json` 供程序读取。其中的人和编号都是虚构的。',
        ],
      },
      {
        id: 'file',
        title: '配置文件',
        text: [
          '工作目录里的 `tupu-sim.config.yaml` 或 `.json`。它也可以写世界，每个都与 `world.create` 所收的相同：还没有的在启动时建立，已有的不会改变。它的 JSON Schema 在 `/config.schema.json`。',
        ],
        code: 'file',
      },
      {
        id: 'settings',
        title: '设置',
        text: ['用不了的设置会报错并指出名称。开关有反面的写法，如 `--no-demo`。'],
        show: 'settings',
      },
      {
        id: 'exposed',
        title: '他人可以访问时',
        text: [
          '它只监听本机，除非 `--host` 另有设定。那时控制接口、页面和 `/metrics` 要求带控制令牌 `Authorization: Bearer`，浏览器在 `/sign-in` 输入一次，新账号会有伙伴密钥。候选人的页面和网页授权不需要。',
        ],
      },
    ],
  },
  docker: {
    title: 'Docker 与 Testcontainers',
    lead: '以镜像运行模拟器：手动、配数据库，或由测试启动。',
    parts: [
      {
        id: 'image',
        title: '构建并运行',
        text: [
          '代码库里有 `Dockerfile`。基础镜像是参数，便于使用自己的镜像仓库：任何带 Node 22.14 或更新版本和 npm 的 Linux 都可以。',
        ],
        code: 'image',
        after: [
          '它以用户 1000 运行，只写 `/data`，因此根文件系统可以只读。它监听容器的所有网络：控制接口和页面需要控制令牌，见 `/docs/configuration#exposed`。',
        ],
      },
      {
        id: 'settings',
        title: '令牌、世界、数据',
        text: [
          '令牌来自文件，配置文件放在 `/config`，每个设置都有对应的环境变量。镜像名后面写的是 `tupu-sim` 的命令：',
        ],
        code: 'imageRun',
        after: [
          '不给令牌时会生成一个，存放在 `/data/control-token`。绑定到 `/data` 的目录要属于用户 1000。`HEALTHCHECK` 使用 `tupu-sim ready`。',
        ],
      },
      {
        id: 'compose',
        title: '配 PostgreSQL 和平台',
        text: [
          '`compose.yaml` 启动使用 PostgreSQL 的模拟器，以及一个示例平台：它通知两个人，一人通过微信收到，另一人改发短信。把它换成你自己的平台即可。',
        ],
        code: 'compose',
      },
      {
        id: 'testcontainers',
        title: '在测试中：Testcontainers',
        text: ['测试建立自己的世界，并把环境变量交给平台。Node：'],
        code: 'containersNode',
      },
      {
        id: 'testcontainers-python',
        title: 'Python',
        text: ['使用 pytest；Java 和 JUnit 5 见 `/docs/tests#junit`：'],
        code: 'containersPython',
        after: [
          '没有守护进程时，`tupu-sim exec -- npm test` 和 `createSimulator` 不用容器也能做到：`/docs/tests`。我们的测试只检查这两段代码，并不运行；镜像本身由 `scripts/image-test.sh` 构建并运行。',
        ],
      },
    ],
  },
  sandbox: {
    title: '微信测试号',
    lead: '让 TUPU 接上真正的微信：一个测试号、一条隧道和你自己的手机。',
    parts: [
      {
        id: 'account',
        title: '1. 申请测试号',
        text: [
          '打开 `mp.weixin.qq.com/debug/cgi-bin/sandbox?t=sandbox/login`，用微信扫码。页面上有属于你自己的 appID 和 appsecret，不需要公司资质，也不用审核。扫描页面上的二维码关注它：只有关注者才能收到消息。',
          '在“模板消息接口”下新增模板，标题任意，内容如下。`first` 显示消息正文；没有 `first` 时用第一个关键词：',
        ],
        code: 'sandboxTemplate',
      },
      {
        id: 'tunnel',
        title: '2. 让微信访问到本服务器',
        text: [
          '微信和你的手机通过 443 端口的 HTTPS 访问。任何通向 8878 端口的隧道或反向代理都可以，它的域名就是公开地址：',
        ],
        code: 'tunnel',
        after: [
          '注意 `--host 0.0.0.0`：有了它，控制接口和页面才要求控制令牌。没有它，服务器以为只有自己，知道隧道域名的人都能查看和修改一切；日志会给出警告。世界的时钟请保持运行：真正的微信只有一个时间。',
        ],
      },
      {
        id: 'connect',
        title: '3. 让 TUPU 接上它',
        text: [
          '`account.create` 建立通过微信收发的账号：填写页面上的 appID 和 appsecret，以及自定的令牌（3 到 32 个字母或数字）。`account.get` 会询问微信账号的状态：已连接，并且有模板就算开通，因为测试号没有行业。',
        ],
        code: 'connect',
        list: [
          '有多个模板时，用 gateway 的 `template_id` 选择；不填则用第一个。',
          '令牌用 `stable_token` 获取，不会使别人的令牌失效。与其他系统共用令牌时，把它的地址填为 `access_token_url`：用 GET 访问，应答 `{"access_token":"…"}`。',
          '微信拒绝令牌时（40001、42001），会重新获取一次并重试调用。',
        ],
      },
      {
        id: 'server',
        title: '4. 接收发送结果',
        text: [
          '在“接口配置信息”里填写下面的 URL（EID 是 `account.create` 应答的）和令牌。微信会立即验证：',
          '`https://{host}/w/{world}/tupu/wechat/{eid}`',
          '此后回执会使消息变为 `delivered` 或 `failed`。被拒绝的推送会在应答里说明原因，并以接口面 `gateway` 记入日志。服务号可以加密推送：把 `aes_key` 也填进 gateway。',
        ],
      },
      {
        id: 'menu',
        title: '5. 网页授权与菜单',
        text: [
          '在接口权限表的“网页授权获取用户基本信息”处填写公开域名：不带 `https://`，不带路径。然后让 TUPU 把登记页面放进菜单，原有的菜单项保留：',
        ],
        code: 'publish',
        after: [
          '重新关注公众号，菜单立即出现。点菜单项，登记页面就在你的微信里打开，微信告知你的 OpenID：登记手机号即可。',
        ],
      },
      {
        id: 'send',
        title: '6. 发送',
        text: [
          '服务器对外开放，因此账号有伙伴密钥：按 `/docs/signature` 签名，或用 `--partner-open` 启动。消息会出现在你的手机上，`message.get` 说明它的下落：',
        ],
        code: 'sendReally',
      },
      {
        id: 'differs',
        title: '与模拟器的不同',
        text: ['由真正的微信决定，我们原样转达它的应答：'],
        list: [
          '测试号每天最多获取 200 次令牌。它不检查值的类型（`thing1`、`time2`），正式账号会返回 47003。',
          '如果它拒绝 `stable_token`，就把旧接口填为 `access_token_url`：`https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=…&secret=…`。这会使其他使用者的令牌失效。',
          '世界的故障和演练对这些调用同样有效。魔法手机号不会离开 TUPU；但 199 是真实号段。',
          '正式的服务号用法相同，只是有自己的行业、经审核的模板，以及获取令牌的 IP 白名单（40164）：请填写本服务器的地址。',
        ],
        after: [
          '我们的测试在另一个模拟器前走完所有这些步骤：使用 HTTPS，打开严格规则，并按测试号自己的规则。微信后台的页面依据使用者的报告描述。',
        ],
      },
    ],
  },
}
