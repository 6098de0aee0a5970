/** What endpoint values say in English, in Chinese. */
export const zhPhrases: Readonly<Record<string, string>> = {
  'our own contract: TUPU publishes none': '我们自己的约定：TUPU 没有公开',
  'the control API of this simulator': '本模拟器的控制接口',
  'developers.weixin.qq.com: sendTemplateMessage; order of checks from field reports':
    'developers.weixin.qq.com: sendTemplateMessage；检查顺序来自使用者的报告',
  'developers.weixin.qq.com: getUserInfo; key order of recorded answers':
    'developers.weixin.qq.com: getUserInfo；字段顺序取自记录下来的应答',
  'developers.weixin.qq.com: getFans; what comes after the last page, from SDK sources':
    'developers.weixin.qq.com: getFans；最后一页之后的应答取自 SDK 源码',
  'Send a message to whoever registered a mobile': '向登记了某个手机号的人发送消息',
  'The account, as TUPU named it.': 'TUPU 给账号起的标识。',
  'In any usual spelling; without a country code it is Chinese.':
    '常见写法都可以；不带国家代码即为中国大陆号码。',
  '1 to 200 characters; the phone shows them as a single line.':
    '1 到 200 个字符；手机上显示为一行。',
  'Your own id: sent again within 24 hours, the same answer comes again.':
    '你自己的编号：24 小时内再次发送，得到同样的应答。',
  "Values of the template's other keywords; left out, the account's own are shown.":
    '模板中其他关键词的值；不填则显示账号自己的值。',
  "Shown as the name; left out, the association's is.": '显示为姓名；不填则用登记时的姓名。',
  'Not shown; the mobile alone finds the person.': '不显示；只凭手机号找人。',
  'Opened by a tap on the message.': '点消息时打开。',
  'A 64-bit integer: keep its digits exact.': '64 位整数：每一位都要保持准确。',
  'What became of the latest attempt with a client_msg_id': '某个 client_msg_id 最近一次发送的结果',
  'Null when it was refused.': '被拒绝时为 null。',
  "The send's answer; null while sending.": '发送的应答；正在发送时为 null。',
  'Whether to use SMS or email instead; null while sending.':
    '是否应改发短信或邮件；正在发送时为 null。',
  'What became of a message, by its msgid': '按 msgid 查询消息的结果',
  'A msgid or msgid_str of message.send.': 'message.send 应答中的 msgid 或 msgid_str。',
  'Whether a mobile can be reached by WeChat': '某个手机号能否通过微信送达',
  'Fetch a new access token': '获取新的访问令牌',
  'Seconds that it has left, up to 7200.': '剩余的秒数，最多 7200。',
  'Fetch the stable access token': '获取稳定版访问令牌',
  'The industries of the account': '公众号的行业',
  'A token of token.get or stable_token.get, always in the query.':
    'token.get 或 stable_token.get 给出的令牌，总是放在查询串里。',
  'Set the industries of the account': '设置公众号的行业',
  'developers.weixin.qq.com: setIndustry; one id alone, the month and a form from field reports':
    'developers.weixin.qq.com: setIndustry；只给一个编号、每月一次和表单取自使用者的报告',
  'A code from 1 to 41, as text or number.': '1 到 41 的编号，文本或数字均可。',
  'Add a template of the library': '从模板库添加模板',
  'developers.weixin.qq.com: addTemplate; codes from field reports, their order is ours':
    'developers.weixin.qq.com: addTemplate；错误码来自使用者的报告，先后顺序是我们定的',
  'Number in the library; template_library.list shows all.':
    '模板库中的编号；template_library.list 列出全部。',
  'Of a class template, the names of the keywords to take, in their order.':
    '类目模板要选用的关键词名称，按顺序。',
  'Delete a template': '删除模板',
  'The templates of the account': '公众号的模板',
  'Send a template message': '发送模板消息',
  'appid and pagepath; wins over url.': 'appid 和 pagepath；优先于 url。',
  'One message per openid and id within ten minutes.': '十分钟内，同一 openid 和编号只发一条。',
  'Values by placeholder: {"thing1":{"value":"…"}}.': '按占位符给值：{"thing1":{"value":"…"}}。',
  'What is known of a follower': '关注者的信息',
  'The openids of the followers': '关注者的 openid 列表',
  'The page begins after it.': '从它之后开始。',
  'What is known of up to 100 followers': '最多 100 位关注者的信息',
  'Give a follower a remark name': '给关注者设置备注名',
  'At most 30 bytes of UTF-8.': 'UTF-8 最多 30 字节。',
  'developers.weixin.qq.com: updateRemark; the limit from field reports':
    'developers.weixin.qq.com: updateRemark；长度限制来自使用者的报告',
  'Make the menu': '创建菜单',
  'The menu': '查询菜单',
  'Take the menu away': '删除菜单',
  'The menu and whether there is one': '查询菜单以及是否有菜单',
  'developers.weixin.qq.com: createCustomMenu; order of checks and codes from field reports':
    'developers.weixin.qq.com: createCustomMenu；检查顺序和错误码来自使用者的报告',
  'Make a QR code with a scene': '生成带场景值的二维码',
  'developers.weixin.qq.com: createQRCode; a longer life than the longest is cut (our inference)':
    'developers.weixin.qq.com: createQRCode；超过最长有效期的按最长算（我们的推断）',
  'Of a temporary code: 60 unless told, at most 2592000.':
    '临时二维码的有效秒数：不填为 60，最多 2592000。',
  'What the picture says.': '二维码图片的内容。',
  'Exchange a code of web OAuth for an openid': '用网页授权的 code 换取 openid',
  'For one openid alone; the platform’s other calls refuse it.':
    '只对这一个 openid 有效；平台的其他接口不认它。',
  'Good for 30 days.': '30 天有效。',
  'In which language places would be named, were they still told.':
    '地区名称用哪种语言；如今地区已不再返回。',
  'Nickname and avatar of whoever a token of web OAuth is for': '网页授权令牌所属用户的昵称和头像',
  'Of a virtual user only.': '仅虚拟用户有。',
  'One use, five minutes.': '只能用一次，五分钟有效。',
  'Renew a token of web OAuth': '刷新网页授权的令牌',
  'Whether a token of web OAuth is good': '网页授权的令牌是否有效',
  'With the scope snsapi_userinfo only.': '仅 scope 为 snsapi_userinfo 时有。',
  'developers.weixin.qq.com: web page authorization': 'developers.weixin.qq.com: 网页授权',
  'developers.weixin.qq.com: web page authorization; by POST as Auth.js does it':
    'developers.weixin.qq.com: 网页授权；POST 的方式依 Auth.js',
  'developers.weixin.qq.com: web page authorization; key order of recorded answers':
    'developers.weixin.qq.com: 网页授权；字段顺序依据实际返回的记录',
  'developers.weixin.qq.com: web page authorization; what becomes of the tokens is assumed':
    'developers.weixin.qq.com: 网页授权；令牌刷新后的变化为推测',
  'Make a world; {} makes a live account and three people':
    '新建世界；{} 会建一个可发送的账号和三个人物',
  'Same name and seed: the same ids, on any server.':
    '名称和种子相同，在任何服务器上得到的 ID 都相同。',
  'Without a call for so long it ends; PT2H unless told.': '这么久没有调用就结束；不填为 PT2H。',
  'Whether magic mobiles are magic here.': '魔法手机号在这里是否有效。',
  'Left out: acme, live.': '不填：一个可发送的账号 acme。',
  'Your name for it; EID, appid and secrets are derived from it.':
    '你给它起的名字；EID、appid 和密钥由此推导。',
  'Shown in messages. Left out: the key.': '显示在消息里。不填则用 key。',
  'live: may send at once; new: nothing is set up yet.':
    'live：马上可以发送；new：什么都还没有设置。',
  "WeChat's rules for what a message shows; 2014 unless told.":
    '消息显示什么，按哪一年的微信规则；不填为 2014。',
  'When the receipt comes: immediate (unless told), manual, or a duration.':
    '回执何时到来：immediate（不填时）、manual 或一段时间。',
  'Name of a partner profile.': '伙伴配置的名称。',
  'generated: calls must be signed with it. null: they need not.':
    'generated：调用必须用它签名。null：不必签名。',
  'Called by POST; any host and port, also on this machine.':
    '用 POST 调用；任意主机和端口，本机也可以。',
  'Signs each call as the platform signs its own; left out, it is unsigned.':
    '用它给每次调用签名，方式与平台自己的调用相同；不填则不签名。',
  'Told when a message is delivered or has failed, until a 2xx acknowledges it; null (unless told): nobody. While the clock is frozen, tries go out when it is advanced.':
    '消息送达或失败时通知它，直到以 2xx 确认；null（默认）：不通知。时钟冻结时，推进时钟才会尝试。',
  'What platforms are told of messages, in the order in which it happened, with its tries':
    '就消息告知平台的内容，按发生的先后，附各次尝试',
  'The event_id of what is sent.': '所发内容的 event_id。',
  'Its key.': '账号的 key。',
  'failed: no try is left; callback.redeliver begins anew.':
    'failed：已没有剩余的尝试；callback.redeliver 可重新开始。',
  'What is sent at every try, byte by byte the same.': '每次尝试所发的内容，逐字节相同。',
  'The next try; null: there is none.': '下一次尝试；null：没有了。',
  'Null: no answer came.': 'null：没有应答。',
  'Why the last try was not acknowledged.': '最近一次尝试为何没有得到确认。',
  "The message's: its tries stand under it in the journal.":
    '消息的 trace：各次尝试在记录中归于它。',
  'Tell the platform once more, now, with the same event_id and all tries':
    '现在再次告知平台，event_id 不变，重新开始全部尝试',
  'An event_id.': '一个 event_id。',
  'reject (unless told): a mobile that somebody has registered is refused on the page; replace: the newcomer takes its place.':
    'reject（默认）：页面上拒绝别人已登记的手机号；replace：由新登记的人取代。',
  'What the registration page asks of WeChat: the openid silently (unless told), or nickname and avatar too, with consent.':
    '登记页向微信要什么：默认静默取得 openid；或者经同意再取昵称和头像。',
  'Free a mobile for its new owner: whoever had it is not registered any more':
    '为新号主释放手机号：原来的登记随之解除',
  'Who had it.': '原来登记的人。',
  'Withdraw somebody: their personal data are erased everywhere, the anonymous facts stay':
    '撤回某人：各处的个人信息都被抹去，匿名的事实保留',
  'Instead of the mobile; also of somebody who is not registered any more.':
    '代替手机号；已不再登记的人也可以。',
  'False: messages and journal are long, and the rest is erased within seconds.':
    'false：消息和记录很多，其余的几秒内抹去。',
  'Changes of associations, oldest first: who made them, when, and from where':
    '登记的变更，从旧到新：谁、何时、从哪里',
  'Key, EID or appid; left out, all accounts.': 'key、EID 或 appid；不填则为全部账号。',
  'Null: withdrawn since. The fact stays, whose it was does not.':
    'null：后来已撤回。事实保留，是谁的不保留。',
  'Names of the fields that changed; values are not kept.': '变更的字段名；不保存值。',
  'Null: withdrawn since, or made with the world.': 'null：后来已撤回，或随世界一起建立。',
  'Publish a privacy notice: candidates agree to it from now on':
    '发布隐私说明：候选人此后同意的是它',
  'In Chinese; each line is a paragraph.': '中文；每行一段。',
  'In English.': '英文。',
  "An account's privacy notices, oldest first; the last one is what candidates agree to":
    '账号的隐私说明，从旧到新；最后一份是候选人同意的那份',
  'Null: the standing text, version 1.': 'null：通用文本，第 1 版。',
  'Null: it has stood since the beginning.': 'null：一开始就有。',
  'Refused with not_yet: pushing to a server URL is not built yet.':
    '以 not_yet 拒绝：向服务器 URL 推送尚未实现。',
  'Left out: wang (registered), li (follows), han.': '不填：wang（已登记）、li（已关注）、han。',
  'Your name for the person; the id is derived from it.': '你给此人起的名字；ID 由此推导。',
  'Accounts, by key or EID.': '账号，写 key 或 EID。',
  'Accounts where the mobile is registered; implies following, unless `follows` says otherwise.':
    '登记了手机号的账号；同时视为已关注，除非 `follows` 另有说明。',
  'At most 1000, those of the body first.': '最多 1000 个，请求体中的在前。',
  'All worlds': '所有世界',
  'Unless somebody calls it before.': '在此之前有人调用则顺延。',
  'A world with its accounts, people and environment block':
    '一个世界，以及它的账号、人物和环境变量',
  'End a world; also when it is gone already': '结束一个世界；已经没有了也可以',
  'Make a world anew from the body that created it: same ids and secrets, new tokens':
    '按建立时的请求体重建世界：ID 和密钥不变，令牌全新',
  'Everything in a world as canonical JSON, without its journal':
    '世界的全部内容，规范化 JSON，不含日志',
  'Make a following, registered person by mobile; again with the same mobile: update the named fields':
    '按手机号建一个已关注、已登记的人；同一手机号再来一次则更新所写的字段',
  'Key or EID; left out, the first account.': 'key 或 EID；不填则为第一个账号。',
  'form (default), or direct_application: the candidate applied in WeChat.':
    'form（默认），或 direct_application：应聘者直接在微信中申请。',
  'How the person stands to the official account; following unless told.':
    '此人与公众号的关系；不填为 following。',
  'Only through a remote gateway, whose openids are not ours to make.':
    '只用于远端网关：那里的 openid 不由我们产生。',
  'What TUPU got and what stands on phones, oldest first; with wait, answers as soon as there is one':
    'TUPU 收到了什么、手机上显示了什么，最早的在前；带 wait 时，一有消息就应答',
  'What comes into the state later is listed later, also after the cursor.':
    '后来进入该状态的消息列在后面，在游标之后也会列出。',
  'A next_cursor: only what came after it.': '一个 next_cursor：只列其后的。',
  'At most PT60S of real time.': '最多真实时间 PT60S。',
  'The message as TUPU got it.': 'TUPU 收到的原文。',
  'The single line on the phone.': '手机上显示的那一行。',
  'Messages are never dropped, unlike exchanges.': '消息从不丢弃，与日志不同。',
  'Let WeChat tell now what became of a message, for delivery: manual':
    '让微信现在就给出消息的结果，用于 delivery: manual',
  'message or msgid_str.': 'message 或 msgid_str。',
  'Make a person with a phone': '新建一个有手机的人物',
  'The person follows the official account': '此人关注公众号',
  'Key, EID or appid; left out, the first account.': 'key、EID 或 appid；不填则为第一个账号。',
  'The person unfollows it': '此人取消关注',
  'The person blocks its messages: sends are accepted and fail later':
    '此人屏蔽它的消息：发送会被受理，随后失败',
  'The person takes its messages again': '此人解除屏蔽',
  'The person switches its notifications off: sends are refused':
    '此人关闭它的消息通知：发送会被拒绝',
  'The person switches them on again': '此人重新打开消息通知',
  'How the person found it: user.info tells.': '此人是怎么找到它的：user.info 会说明。',
  'Null: an official account that TUPU does not run.': 'null：不由 TUPU 运营的公众号。',
  "A person's phone: the official accounts of the world, what came last, what is unread":
    '某人的手机：世界里的公众号、最新消息、未读数',
  'Null: the two never met.': 'null：双方从未有过往来。',
  'Counted up to 100.': '最多数到 100。',
  'Pages open in snapshot mode.': '页面以快照模式打开。',
  'The newest message first, then as the accounts were made.':
    '有最新消息的在前，其余按账号建立的先后。',
  'A conversation as the phone draws it: template messages, menu, state':
    '手机上显示的会话：模板消息、菜单、关注状态',
  'Key, EID or appid.': 'key、EID 或 appid。',
  'A next_cursor: only what is older.': '一个 next_cursor：只列更早的。',
  'Nickname and avatar were allowed within thirty days.': '三十天内曾允许获取昵称和头像。',
  'The newest last.': '最新的在最后。',
  'As `before`: what is older. Null: nothing is.':
    '作为 `before` 使用：列更早的。null：没有更早的了。',
  'Null: the account has none.': 'null：该公众号没有菜单。',
  'The single line; null where the rules show none.': '那一行正文；按规则不显示时为 null。',
  'In the order of the template.': '按模板中的顺序。',
  'As the sender gave it; phone.open opens it.': '发送方所给的链接；用 phone.open 打开。',
  'From 0, below a button with a point: "0.1".': '从 0 数起，子按钮用点号："0.1"。',
  'Null: it only opens the buttons below it.': 'null：只用来展开子按钮。',
  'The person looks at a conversation: nothing in it is unread any more':
    '此人查看会话：其中不再有未读消息',
  'Null: no message ever came.': 'null：从未有过消息。',
  "The person taps a button of the account's menu": '此人点公众号菜单上的按钮',
  'Its name, or its position: "0", below it "0.1".': '按钮的名称或位置："0"，其下为 "0.1"。',
  'The page that it opens, as this person sees it.': '打开的页面，即此人所见的地址。',
  'The event that WeChat has for the account.': '微信要推送给公众号的事件。',
  'What a real phone would ask for, and this one has not.': '真手机会要求、而这里没有的东西。',
  "The person opens a message's link, or any other, in WeChat's web view":
    '此人在微信内打开消息的链接或任意链接',
  'Of a message on the phone.': '手机上某条消息的。',
  'Instead of msgid: any http link.': '代替 msgid：任意 http 链接。',
  'Pages of ours, and those of WeChat that we play, as this person sees them.':
    '我们自己的页面，以及我们扮演的微信页面，给出此人所见的地址。',
  'The person lets the account see nickname and avatar: web OAuth no longer asks':
    '此人允许公众号获取昵称和头像：网页授权不再询问',
  'The person does not let it, or no longer: web OAuth asks again':
    '此人不允许或收回允许：网页授权会再次询问',
  "The person scans a QR code: an account's is followed, a link is opened":
    '此人扫二维码：公众号的码即关注，链接则打开',
  'What the code says: a link, an address of weixin.qq.com, or a ticket.':
    '二维码的内容：链接、weixin.qq.com 的地址或 ticket。',
  'scanned: the person follows already, as before.': 'scanned：此人原已关注，状态不变。',
  'Null: the code is a link.': 'null：二维码是链接。',
  "The person's WeChat opens pages in snapshot mode, or no longer":
    '此人的微信以快照模式打开页面，或不再如此',
  "Make a customer's account": '新建客户的账号',
  'Change an account; a remote gateway is asked at once what it knows':
    '修改账号；如为远端网关，会立即询问它所知道的情况',
  'Key or EID.': 'key 或 EID。',
  'Back at local, the account has its own official account and template again.':
    '改回 local 后，账号重新使用自己的公众号和模板。',
  "Change WeChat's side of a customer": '修改客户在微信一侧的公众号',
  'Existing templates stay.': '已有的模板不变。',
  'Plain http answers 43003.': '用 http 调用会得到 43003。',
  'Who may fetch tokens; null: anybody.': '谁可以获取令牌；null：任何人。',
  'When WeChat decides on templates applied for from now on: at once, after 7 to 14 days, by application.approve and application.reject, or at the nth look at the application.':
    '今后申请的模板何时有审核结果：立即、7 到 14 天之后、由 application.approve 和 application.reject 决定，或在第 n 次查看申请时。',
  'Set the two industries of an official account; templates of one that is left are lost':
    '设置公众号的两个行业；离开某个行业，就失去它的模板',
  'A code from 1 to 41.': '1 到 41 的编号。',
  'Another one.': '另一个编号。',
  'When both were first set.': '两个行业首次设好的时间。',
  "Draft an application for a template; left out, it is the hiring template of the account's rules":
    '起草一份模板申请；不填内容则为该公众号规则下的入职模板',
  'Change an application that is a draft or was rejected': '修改草稿或被驳回的模板申请',
  'Hand an application in; how long WeChat takes says the review of the official account':
    '提交模板申请；微信审核多久由公众号的 review 决定',
  'Let WeChat approve a pending application now: its template can be sent at once':
    '让微信立即通过审核中的申请：其模板马上可以发送',
  'Let WeChat reject a pending application now; it can be changed and handed in again':
    '让微信立即驳回审核中的申请；可以修改后再次提交',
  'As WeChat tells it.': '微信给出的理由。',
  "An official account's applications for templates, oldest first": '公众号的模板申请，最早的在前',
  'One application for a template': '一份模板申请',
  'Why it was rejected last.': '最近一次被驳回的理由。',
  'When WeChat decides by itself.': '微信自行作出决定的时间。',
  'Looks at it until it is approved.': '再查看几次就会通过。',
  'Null until it is approved.': '通过之前为 null。',
  "WeChat's industries: what industry.set takes, as get_industry spells them":
    '微信的行业表：industry.set 可用的取值，写法与 get_industry 一致',
  'Our translation.': '我们的翻译。',
  "WeChat's side of a customer, with industries, templates and applications":
    '客户在微信一侧的公众号，含行业、模板和模板申请',
  'The industry or service category under which it is.': '所属的行业或服务类目。',
  'The Beijing month of the latest change: 2026-01.': '最近一次修改所在的北京时间月份：2026-01。',
  'Those that it has lost too.': '包括已经失去的。',
  'As they stand: for WeChat, this is no look at them.': '当前的样子：在微信看来，这不算查看一次。',
  'All accounts of a world, and which of them can send; no other WeChat is asked':
    '世界里的全部账号，以及哪些可以发送；不询问别处的微信',
  'When the customer asked.': '客户提出需求的时间。',
  'Let WeChat disable a template: it is listed no more, and sends by it answer 40037':
    '让微信封禁一个模板：不再列出，用它发送会得到 40037',
  "WeChat's template library: what api_add_template can add":
    '微信的模板库：api_add_template 可以添加的模板',
  'old: under the rules of 2014; class: of 2023.': 'old：2014 年的规则；class：2023 年的规则。',
  'Code of its industry; class templates have none.': '所属行业的编号；类目模板没有。',
  'Its industry or service category.': '所属的行业或服务类目。',
  'Of a class template, with all keywords.': '类目模板则带全部关键词。',
  'What keyword_name_list may take, and the approved values where there are such.':
    'keyword_name_list 可以选用的关键词，以及已核准的取值（如有）。',
  "A template without any application, as in WeChat's sandbox":
    '不经申请就建一个模板，如同微信的测试号',
  'Hosts to which web OAuth may lead back, without a port; null: any host and port.':
    '网页授权可以跳回的域名，不带端口；null 表示任何域名和端口。',
  'The journal, newest first, with decisions; secrets and personal data masked':
    '日志，最新的在前，带判定；密钥和个人信息已遮盖',
  '_unattributed: calls that no world claims.': '_unattributed：不属于任何世界的调用。',
  'A next_cursor: what is older.': '一个 next_cursor：列更早的。',
  '0: no answer came.': '0：没有应答。',
  'The steps, in order; a passed step with nothing to show is its rule alone.':
    '按顺序的步骤；通过且无可说明的步骤只有规则名。',
  'One exchange; with reveal its personal data too, secrets never':
    '一次调用；带 reveal 时显示个人信息，密钥始终不显示',
  "A world's clock": '世界的时钟',
  'Freeze, let run, or set forward; what falls due on the way happens by itself':
    '停住、走动或拨快；途中到期的事会自行发生',
  'Ignored: nobody sets real time.': '不起作用：真实时间不能设置。',
  'Move the clock by a duration, to an instant, or to the next thing that is due; answers when all has happened':
    '把时钟推进一段时间、推进到某一时刻或下一件到期的事；全部发生之后才应答',
  'What is due, and what expires, when and why': '什么将要发生、什么将要过期，何时，为什么',
  'The magic mobiles. Never use them with a live SMS gateway: 199 is a real range':
    '全部魔法手机号。连着真实短信网关时切勿使用：199 是真实号段',
  'Accounts choose the profile by it.': '账号按名称选用。',
  'Base path of its calls, its own among all profiles.': '调用的基础路径，各配置互不相同。',
  'How calls prove who makes them, for accounts with a partner secret.':
    '设有伙伴密钥的账号，其调用如何证明身份。',
  'The header that carries the partner secret itself.': '直接带有伙伴密钥的请求头。',
  'The word before the secret, such as Bearer.': '密钥前面的词，例如 Bearer。',
  'By canonical id; what is left out stays canonical.': '按接口编号；不写的保持原样。',
  'Below the base path.': '在基础路径之下。',
  'By canonical name: a JSON pointer into the body, query:name or header:name.':
    '按字段原名：请求体中的 JSON 指针、query:名称 或 header:名称。',
  'What answers look like; what is left out stays canonical.': '应答的样子；不写的保持原样。',
  'Every good answer.': '所有成功的应答。',
  'Left out: the canonical one, 200 but for 404, 405 and 413.':
    '不填则为原来的状态码：200，以及 404、405、413。',
  'JSON in which the texts {errcode}, {errmsg}, {msgid} and {msgid_str} stand for the values; left out: the canonical body.':
    '任意 JSON，其中的文本 {errcode}、{errmsg}、{msgid} 和 {msgid_str} 代表相应的值；不填则为原来的内容。',
  'Every refusal that by_errcode does not name.': 'by_errcode 没有列出的所有拒绝。',
  'Single refusals, by errcode.': '个别的拒绝，按错误码。',
  'All that it has had.': '它有过的全部 EID。',
  'An account, how far it is, what has happened to it, and what could be done next':
    '一个账号：开通到哪一步、发生过什么、下一步可以做什么',
  'As the vendor says it.': '服务商的原话。',
  'Ask the vendor of an official account that the customer has already to let TUPU in':
    '客户已有公众号：请其服务商同意 TUPU 接入',
  'Associations are erased so many days after their last change, as if withdrawn; null (unless told): never.':
    '登记在最后一次变更后满这么多天即清除，如同撤回；null（不填时）：永不清除。',
  'At most the latest 200, oldest first.': '最多最近 200 条，从旧到新。',
  'Give an account its official account: a new one, or one that the customer has already':
    '给账号接入公众号：新开一个，或用客户已有的',
  'Give the account another EID; the old one works until the overlap is over, then answers 100001':
    '给账号换一个 EID；旧的在重叠期内仍可用，之后应答 100001',
  "Hand the account's EID over to the customer": '把账号的 EID 发放给客户',
  'How WeChat reviews its templates: time, unless the account is made live, then immediate.':
    '微信如何审核它的模板：不填为 time；直接开通的账号为 immediate。',
  'How far an account is, whether it can send, and what is missing':
    '账号开通到哪一步、能否发送、还缺什么',
  'How long both work, by the clock of the world: at most P30D; PT0S unless told.':
    '两个 EID 同时可用多久，按世界的时钟：最长 P30D，不填为 PT0S。',
  'Let suspended EIDs work again': '恢复被暂停的 EID',
  'Let the platform say that the customer has entered the EID, as tupu_account.confirm does':
    '替平台确认客户已填入 EID，与 tupu_account.confirm 相同',
  'Let the vendor agree': '让服务商同意',
  'Let the vendor refuse, for a reason; it may be asked again':
    '让服务商以某个理由拒绝；之后可以再问',
  'Of its EIDs.': '它的 EID 的状态。',
  'Pixels from 64 to 2048, 320 unless told; a PNG may be a little smaller, because its modules are whole pixels.':
    '64 到 2048 像素，不填为 320；PNG 的每个模块是整数像素，可能略小。',
  'Put an item that opens the registration page into the menu, by the menu call of WeChat':
    '用微信的菜单接口把打开登记页的一项放进菜单',
  "Revoke the account's EIDs for good: calls with them answer 100005":
    '永久吊销账号的 EID：用它们的调用应答 100005',
  'Say that the customer has entered the EID; saying it again changes nothing':
    '确认客户已填入 EID；重复确认没有影响',
  "Suspend the account's EIDs: calls with them answer 100004":
    '暂停账号的 EID：用它们的调用应答 100004',
  'The EID that the account has now.': '账号现在的 EID。',
  "The account's register_url as a QR code": '账号 register_url 的二维码',
  'The call that would take the step; null: there is none now.':
    '能完成这一步的调用；null：现在没有。',
  'The steps without which the account is not live.': '缺了就不能开通的步骤。',
  'What a new item is called; WeChat takes 16 bytes. 入职登记 unless told.':
    '新菜单项的名称；微信最多 16 字节。不填为“入职登记”。',
  'When it was done; null: it was not, or nobody knows since when.':
    '完成的时刻；null：尚未完成，或无人知道时刻。',
  'When it works no more; null: it is the one of now.': '何时失效；null：这是现在的 EID。',
  'Why the vendor, or WeChat, has refused it.': '服务商或微信拒绝的理由。',
  'not_needed counts as done; waiting: it is somebody else’s turn.':
    'not_needed 算作完成；waiting：等待别人处理。',
  'svg unless told.': '不填为 svg。',
  'true: one that the customer has had, unknown to this world until now; an appid: one that is here. The vendor must have agreed. Left out: a new one.':
    'true：客户原有、这个世界还不知道的公众号；appid：这个世界里已有的。服务商必须已同意。不填：新开一个。',
  'Clear what the account has called today': '清零公众号今天的调用次数',
  "The token's own.": '令牌所属的公众号。',
  'Clear what the account has called today, without a token': '不用令牌清零公众号今天的调用次数',
  'developers.weixin.qq.com: clearQuotaByAppSecret; fields in the query as SDKs send them':
    'developers.weixin.qq.com: clearQuotaByAppSecret；字段也可像某些 SDK 那样放在查询串里',
  'How often a call was made today, and how often it may be made':
    '某个接口今天调用了多少次，可以调用多少次',
  'developers.weixin.qq.com: getApiQuota; paths are those that this server answers':
    'developers.weixin.qq.com: getApiQuota；路径限于这台服务器有的接口',
  'A path such as /cgi-bin/message/template/send.': '路径，例如 /cgi-bin/message/template/send。',
  'Zeros: no limit.': '全为 0 表示没有限额。',
  'Calls per minute, where there is a limit.': '每分钟的次数，仅在有限额时出现。',
  'What a refused call was, by its rid': '按 rid 查询一次被拒绝的调用',
  'Of a call of this account in the last seven days.': '该公众号最近七天内某次调用的 rid。',
  'Unix seconds, as in the rid.': 'Unix 秒，与 rid 中的一致。',
  '0: a call takes no time by the clock of its world.': '0：按其世界的时钟，调用不花时间。',
  'The query alone.': '只有查询串。',
  'Of whoever asks: the journal keeps no addresses.': '查询者自己的地址：日志不记录地址。',
  'off (unless told): calls are not counted. documented: calls above the limits of WeChat, per Beijing day and per minute, are refused.':
    'off（默认）：不计调用次数。documented：超过微信限额（按北京时间的每天及每分钟）的调用被拒绝。',
  'Calls of the partner API per minute of real time; more are refused with 100018. null (unless told): any number.':
    '真实时间每分钟可调用伙伴接口的次数，超出则以 100018 拒绝；null（默认）表示不限。',
}
