import { bytes, defaulted, int, nullable, ofEpoch, table, text, word } from './table.ts'

/**
 * Every table, once: types, keys, inserts, and the order in which an epoch is swept and exported follow from it. Instants are
 * integer milliseconds, states are words, JSON is text.
 */
export const tables = {
  /** `replaced_at`: the instant from which a replaced token is worth nothing. */
  access_token: ofEpoch(['token'], {
    token: text,
    appid: text,
    kind: word('ordinary', 'stable'),
    n: int,
    forced: int,
    issued_at: int,
    expires_at: int,
    replaced_at: nullable(int),
  }),

  /** TUPU's side of a customer. */
  account: ofEpoch(['eid'], {
    eid: text,
    /** Ordinal in the world, 0–63: part of its message keys. */
    n: int,
    key: text,
    company: text,
    state: word('active', 'suspended', 'revoked'),
    appid: nullable(text),
    template_id: nullable(text),
    profile: text,
    /** JSON: `{"kind":"local"}` or `{"kind":"remote","base_url","appid","app_secret"}`, either with `timeout_ms`. */
    gateway: text,
    partner_secret: nullable(text),
    /** What a remote gateway said last, as JSON, and when (real). */
    facts: nullable(text),
    facts_at: nullable(int),
    created_at: int,
    /** What becomes of a mobile that somebody else has registered: the new one is refused, or takes its place. */
    rebind: word('reject', 'replace'),
    /** What the registration page asks of WeChat. */
    oauth_scope: word('snsapi_base', 'snsapi_userinfo'),
    /** Where TUPU tells the platform what became of messages; null: nowhere. */
    callback_url: nullable(text),
    callback_secret: nullable(text),
    /** Associations are erased so many days after their last change; null: never. */
    retention_days: nullable(int),
    /** When that was said: nothing is erased for having been old before. */
    retention_since: nullable(int),
    /** The EID that a rotation gave it; null: it still has its first one, which stays its key here. */
    current_eid: nullable(text),
    /** Calls of the partner API per minute; null: any number. */
    minute_limit: nullable(int),
    /** When the first of its messages was sent that WeChat accepted; null: it has accepted none. */
    accepted_at: nullable(int),
  }),

  /** Something that happened to an account: the facts from which its checklist is read. */
  account_event: ofEpoch(['event'], {
    /** Instant and count, as text that sorts. */
    event: text,
    eid: text,
    verb: text,
    /** JSON. */
    detail: text,
    at: int,
  }),

  /** An e-mail address (in lower case) and a mobile (E.164) that a send or an association of an account has named together. */
  address: ofEpoch(['email', 'mobile', 'eid'], {
    email: text,
    mobile: text,
    /** The account that named both, by its first EID. */
    eid: text,
    /** Whose they are: a key of `subjectKey`, by which a withdrawal finds mobiles that it knows by their keys alone. */
    subject: text,
  }),

  /** The request to WeChat for a template. `due_at`: when WeChat decides by itself. */
  application: ofEpoch(['application'], {
    application: text,
    appid: text,
    n: int,
    title: text,
    content: text,
    example: text,
    state: word('draft', 'pending', 'approved', 'rejected'),
    reason: nullable(text),
    /** How often it was handed in: each review takes its own time. */
    submissions: int,
    submitted_at: nullable(int),
    due_at: nullable(int),
    decided_at: nullable(int),
    /** With `after_reads`: how often it will still be seen pending. */
    reads_left: nullable(int),
    template_id: nullable(text),
    created_at: int,
  }),

  /** Appid + openid ↔ name, mobile (E.164), email. */
  association: ofEpoch(['appid', 'openid'], {
    appid: text,
    openid: text,
    mobile: text,
    name: text,
    email: text,
    source: word('form', 'direct_application'),
    created_at: int,
    updated_at: int,
    /** The privacy notice that the candidate agreed to, and when; null: nobody was asked. */
    notice_version: nullable(int),
    consented_at: nullable(int),
  }),

  /** A file of registrations that is being read, or was. Nothing of what stands in it is kept. */
  association_import: ofEpoch(['import_id'], {
    import_id: text,
    /** The first EID of the account, its key everywhere. */
    account: text,
    state: word('running', 'done', 'cancelled'),
    bytes_total: int,
    bytes_done: int,
    created: int,
    updated: int,
    refused: int,
    /** JSON: the lines that were refused, and why; not all where there are many. */
    report: text,
    begun_at: int,
    /** Real: when whoever reads it has last told how far it is. */
    told_at: int,
  }),

  /** One change of an association. `openid` is null once it was withdrawn: the fact stays, whose it was does not. */
  association_change: ofEpoch(['change'], {
    /** Instant and count, as text that sorts. */
    change: text,
    appid: text,
    openid: nullable(text),
    verb: word('registered', 'changed', 'replaced', 'released', 'withdrawn'),
    who: word('candidate', 'operator', 'retention'),
    via: word('form', 'direct_application', 'control', 'job'),
    /** JSON list of the names of the fields that changed. */
    fields: text,
    trace: text,
    at: int,
    /** The mobile that it had from then on, by keyed hash; null: not told, or withdrawn since. */
    mobile_key: nullable(text),
  }),

  /** How often an account's partner API was called since `began_at`. */
  call_count: ofEpoch(['eid'], {
    eid: text,
    began_at: int,
    used: int,
  }),

  /** One event that the platform is told of. `callback` is the event's id, in the order in which they happened; `due_at`: the next try. */
  callback: ofEpoch(['callback'], {
    callback: text,
    /** The account, by the EID that is its key. */
    eid: text,
    message: text,
    /** Of the message: every try stands in the journal under it. */
    trace: text,
    /** What is sent, byte by byte, at every try. */
    body: text,
    /** Failed: no try is left. While the last one is under way it says so already. */
    state: word('pending', 'delivered', 'failed'),
    /** All tries so far, those of earlier deliveries too. */
    tries: int,
    /** Of this delivery, those still to come. */
    tries_left: int,
    due_at: nullable(int),
    first_at: int,
    last_at: nullable(int),
    /** What the last try was answered with; null: no answer came. */
    last_status: nullable(int),
    last_error: nullable(text),
    /** 1: a fault has put it behind the next one of its account, which has not been sent yet. */
    swapped: defaulted(int),
  }),

  /**
   * One message of a conversation that is no template message, in either direction. `msgid`: of the same numbers as theirs, so
   * that all sort by when they came. Filed under its openid in `phone_message`, as they are.
   */
  chat_message: ofEpoch(['msgid'], {
    msgid: text,
    appid: text,
    openid: text,
    sender: word('account', 'person'),
    /** Its kind, in WeChat's words: `text`, `image`, `news`. */
    type: text,
    /** What it says, as JSON: fields by kind. */
    parts: text,
    /** 0: the person takes no messages of the account. */
    on_phone: int,
    sent_at: int,
  }),

  /** An id by which a world is found; ends with the world, not with an epoch. */
  claim: table(['kind', 'value'], {
    kind: word('eid', 'appid', 'access_token', 'openid_prefix', 'oauth_code', 'ticket'),
    value: text,
    world: text,
  }),

  /** A menu for those followers whom its rule fits; of several the newest counts. A part of the rule that is null fits all. */
  conditional_menu: ofEpoch(['appid', 'menuid'], {
    appid: text,
    /** Grows with each of the account. */
    menuid: int,
    /** As those of `menu`. */
    buttons: text,
    tag_id: nullable(text),
    /** `1`: iOS, `2`: Android, `3`: other. */
    client_platform_type: nullable(word('1', '2', '3')),
    created_at: int,
  }),

  /** An SMS or e-mail that somebody was sent. `contact`: the nth of the world, as text that sorts. */
  contact: ofEpoch(['contact'], {
    contact: text,
    channel: word('sms', 'email'),
    /** Of an SMS, E.164; null: it is an e-mail. */
    mobile: nullable(text),
    /** Of an e-mail, in lower case; null: it is an SMS. */
    email: nullable(text),
    from: text,
    subject: text,
    text: text,
    /** Of an e-mail that has such a part. */
    html: nullable(text),
    /** Of the call that brought it. */
    trace: text,
    at: int,
  }),

  /** The nth of something within an epoch. */
  counter: ofEpoch(['purpose', 'key'], {
    purpose: text,
    key: text,
    n: int,
  }),

  /** How often a platform has met an outcome, in a world since it was made, or over all: resets do not touch it. */
  coverage: table(['world', 'outcome'], {
    world: text,
    outcome: text,
    hits: int,
  }),

  /** A bad day that an account has or had, by its name. */
  drill: ofEpoch(['drill'], {
    drill: text,
    /** JSON: what its acts name by `{…}`. */
    places: text,
    started_at: int,
    ends_at: int,
    /** Which of its acts comes next; as many as there are: its end. */
    next_act: int,
    /** When that is due; null: it is over. */
    due_at: nullable(int),
  }),

  /**
   * An EID of an account that has had several. `account` is the first of them, its key everywhere else; `valid_until`: when
   * one that was rotated ends, null: it is the account's present one.
   */
  eid: ofEpoch(['eid'], {
    eid: text,
    account: text,
    /** 0 is the first one. */
    n: int,
    valid_until: nullable(int),
    issued_at: int,
  }),

  /** One life of a world's rows. `ended_at` is real; ended epochs are swept. */
  epoch: table(['epoch'], {
    epoch: int,
    world: text,
    ended_at: nullable(int),
  }),

  /** Personal data that must still be taken out of messages and the journal; the row goes when that is done. */
  erasure: ofEpoch(['erasure'], {
    erasure: text,
    /** Whose they are, by keys, and how far it has come, as JSON. */
    work: text,
    created_at: int,
  }),

  /** One HTTP request and its answer, with the decision that led to it: what its head does not say. */
  exchange: ofEpoch(['seq'], {
    /** Where one process owns the database: the epoch in the upper bits, and the nth of it. */
    seq: defaulted(int),
    trace: text,
    head: text,
    /** Null: the one of the head. */
    url: nullable(text),
    /** What the head has not, as JSON; null: nothing. */
    request_headers: nullable(text),
    request_body: bytes,
    status: int,
    response_headers: nullable(text),
    response_body: bytes,
    /** The steps that are no plain rules, as a JSON list; empty: there are none. */
    decision: text,
    /** What is missing of the bodies, as JSON; null: nothing. */
    cut: nullable(text),
    /** Virtual instant, and the real one. */
    at: int,
    real_at: int,
    bytes: int,
  }),

  /** What many exchanges have in common, by a name that follows from it. */
  exchange_head: ofEpoch(['head'], {
    head: text,
    direction: word('in', 'out'),
    surface: text,
    endpoint: text,
    method: text,
    url: text,
    /** JSON; an empty `content-length` is that of the body. */
    request_headers: text,
    response_headers: text,
    /** JSON list of plain rules, null where an exchange has a step of its own; null: it has them all. */
    steps: nullable(text),
  }),

  /**
   * Whom the exchanges of a trace concern, by keyed hash, so that a withdrawal finds them. What nobody needs to be told has no
   * row: an accepted local send is found by its template message, which names the openid.
   */
  exchange_subject: ofEpoch(['subject', 'trace'], {
    /** A key of `subjectKey`. */
    subject: text,
    trace: text,
    /** The message of that trace which is theirs; such a row outlives the exchange. */
    message: nullable(text),
  }),

  /** A rule by which calls fail, slow down or break. */
  fault: ofEpoch(['fault'], {
    /** Grows with each: faults apply in the order in which they were made. */
    fault: text,
    /** As it was given, as JSON. */
    given: text,
    /** What was read out of that, as JSON: a `FaultPlan`. */
    plan: text,
    /** Calls that were meant by it so far, and those that it was applied to. */
    fits: int,
    hits: int,
    created_at: int,
  }),

  /** A person's relation to one official account. `followed_at` is the latest follow, null when it never happened. */
  follower: ofEpoch(['openid'], {
    openid: text,
    appid: text,
    person: text,
    state: word('never', 'following', 'unfollowed', 'blocking', 'muted'),
    followed_at: nullable(int),
    /** When the person last allowed the account to see nickname and avatar; null: never, or taken back. */
    consented_at: nullable(int),
    /** How the person came to follow, in WeChat's words (`ADD_SCENE_SEARCH`). */
    scene: nullable(text),
    /** The scene of the QR code as JSON: a number or a text. */
    qr_scene: nullable(text),
    /** The newest message that the person has seen. */
    read_msgid: nullable(text),
    /** What the account calls the person by. */
    remark: defaulted(text),
    /** Since when the person is on the account's blacklist; null: is not. */
    blacklisted_at: nullable(int),
  }),

  /**
   * What an openid did last, of each kind; `sends_left`: how many customer-service messages it still lets the account send.
   * `sent` and `typing` are what the account did.
   */
  interaction: ofEpoch(['openid', 'kind'], {
    openid: text,
    kind: word('message', 'menu', 'follow', 'scan', 'sent', 'typing'),
    at: int,
    sends_left: int,
  }),

  /** A file that an account has uploaded for three days. `type`: what it is by its first bytes. */
  media: ofEpoch(['media_id'], {
    media_id: text,
    /** The nth of the world. */
    n: int,
    appid: text,
    kind: word('image', 'voice', 'video', 'thumb'),
    type: text,
    content: bytes,
    size: int,
    uploaded_at: int,
    expires_at: int,
  }),

  /** A ticket by which an official account signs its pages (`jsapi`) or cards; the next one takes its place. */
  js_ticket: ofEpoch(['appid', 'type'], {
    appid: text,
    type: word('jsapi', 'wx_card'),
    ticket: text,
    issued_at: int,
    expires_at: int,
  }),

  /** The default menu of an official account: its buttons as JSON. Links of our own are kept relative. */
  menu: ofEpoch(['appid'], {
    appid: text,
    buttons: text,
    created_at: int,
    /** Whether it was made by a call, or in WeChat's console. */
    origin: defaulted(word('api', 'console')),
  }),

  /** TUPU's record of one send, from the platform's request to its end. */
  message: ofEpoch(['message'], {
    message: text,
    trace: text,
    eid: text,
    msgid: nullable(text),
    client_msg_id: nullable(text),
    /** The client_msg_id while a repeat gets the same answer, of an erased message its keyed hash; one live holder per account. */
    remembered: nullable(text),
    body_hash: nullable(text),
    mobile: text,
    openid: nullable(text),
    name: text,
    email: text,
    body: text,
    keywords: text,
    url: text,
    state: word('sending', 'refused', 'accepted', 'delivered', 'failed', 'unknown'),
    reason: nullable(word('user_block', 'system_failed', 'freq_limit')),
    errcode: nullable(int),
    errmsg: nullable(text),
    created_at: int,
    state_at: int,
    /** While `sending`: the real instant after which nobody waits for WeChat's answer any more. */
    sending_until: nullable(int),
    /** When its personal data were erased. */
    erased_at: nullable(int),
    /** As what our own WeChat has accepted it, where its answer was lost or another one given: TUPU does not know. */
    lost_msgid: nullable(text),
  }),

  /** A nonce of an account, by hash, as few bytes as will do: good once until its call is too old, by the machine's clock. */
  nonce: ofEpoch(['nonce'], {
    nonce: text,
    expires_at: int,
  }),

  /** A code of web OAuth: one use, five minutes. `snapshot`: 1 for the virtual user of a snapshot page. */
  oauth_code: ofEpoch(['code'], {
    code: text,
    appid: text,
    openid: text,
    person: text,
    scope: word('snsapi_base', 'snsapi_userinfo', 'snsapi_login'),
    snapshot: int,
    issued_at: int,
    expires_at: int,
    used_at: nullable(int),
  }),

  /** WeChat's side of a customer. */
  official_account: ofEpoch(['appid'], {
    appid: text,
    /** Ordinal in the world, 0–63: part of its msgids. */
    n: int,
    original_id: text,
    app_secret: text,
    /** Of the server configuration: signs pushes. */
    token: text,
    aes_key: text,
    name: text,
    kind: word('service', 'subscription', 'sandbox'),
    verified: int,
    rules: word('2014', '2023'),
    /** `immediate`, `manual`, or milliseconds as text. */
    delivery: text,
    require_https: int,
    /** JSON list of addresses, or null: anybody may fetch tokens. */
    ip_whitelist: nullable(text),
    primary_industry: nullable(int),
    secondary_industry: nullable(int),
    created_at: int,
    /** JSON list of host names to which web OAuth may lead back, or null: any. */
    oauth_domains: nullable(text),
    /** JSON list of host names whose pages may use the JS-SDK, or null: any. */
    js_domains: nullable(text),
    /** How WeChat reviews templates: `immediate`, `time`, `manual`, or `after_reads:n`. */
    review: defaulted(text),
    quotas: defaulted(word('off', 'documented')),
    /** When both industries were first set, and the Beijing month (`2026-01`) in which they were last changed. */
    industries_at: nullable(int),
    industries_month: nullable(text),
    /** JSON list of the appids of mini programs that are bound to it; null: none. */
    miniprograms: nullable(text),
    /** Whether followers' places are reported to it. */
    report_location: defaulted(word('on', 'off')),
    /** Where what happens at it is pushed; null: nowhere. */
    server_url: nullable(text),
    /** How a push is hidden: not at all, beside its clear form, or alone. */
    server_mode: defaulted(word('plain', 'compat', 'aes')),
    /** 1: that server has answered the look at it. */
    server_verified: defaulted(int),
  }),

  person: ofEpoch(['person'], {
    person: text,
    key: text,
    name: text,
    mobile: nullable(text),
    created_at: int,
    /** 1: this person's WeChat shows pages in snapshot mode until the full page is asked for. */
    snapshot: defaulted(int),
    /** As somebody chose it; null: it is derived. */
    unionid: nullable(text),
    /** On what the person's WeChat runs. */
    platform: defaulted(word('ios', 'android', 'other')),
    /** Whether it opens a redirect of web OAuth twice, and with which code the second time. */
    double_redirect: defaulted(word('off', 'same_code', 'second_code')),
  }),

  /** Which messages, of templates and others, stand in the conversation of an openid; filed late, where one process owns the database, because each lies elsewhere. */
  phone_message: ofEpoch(['openid', 'msgid'], {
    openid: text,
    msgid: text,
    on_phone: int,
  }),

  /** A privacy notice of an account; version 1, the standing text, has no row. */
  privacy_notice: ofEpoch(['eid', 'version'], {
    eid: text,
    version: int,
    zh: text,
    en: text,
    published_at: int,
  }),

  /**
   * What WeChat pushes to an account's server: an event, or what a person has written. `push`: in the order in which they happened;
   * `due_at`: the next try.
   */
  push: ofEpoch(['push'], {
    push: text,
    appid: text,
    openid: text,
    /** Of the call that it follows from: its tries stand in the journal under it. */
    trace: text,
    /** The Event of an event, else the MsgType. */
    event: text,
    /** Of what a person has written: the message in the conversation; null: it is an event. */
    msgid: nullable(text),
    /** JSON: the elements behind CreateTime, in their order; the same at every try. */
    elements: text,
    /** Failed: no try is left, or the answer was none. While a try is under way it counts as failed already. */
    state: word('pending', 'delivered', 'failed'),
    tries: int,
    tries_left: int,
    due_at: nullable(int),
    created_at: int,
    last_at: nullable(int),
    last_status: nullable(int),
    last_error: nullable(text),
    /** What it was answered with: `nothing`, `transfer`, or the kind of a message; null: no answer was accepted. */
    answer: nullable(text),
    /** 1: a fault has put it behind the next one of its account, which has not been sent yet. */
    swapped: defaulted(int),
  }),

  /** How often a path was called in the latest day, minute or month in which it was called at all. */
  quota_count: ofEpoch(['appid', 'path', 'per'], {
    appid: text,
    path: text,
    per: word('day', 'minute', 'month'),
    /** Which one, as text that sorts: `2026-01-05` and `2026-01` by the Beijing clock, `2026-01-05T01:00` in UTC. */
    span: text,
    used: int,
  }),

  /** A QR code with a scene. `path`: the last part of its `http://weixin.qq.com/q/…`. */
  scene_code: ofEpoch(['ticket'], {
    ticket: text,
    appid: text,
    action: word('QR_SCENE', 'QR_STR_SCENE', 'QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE'),
    scene: text,
    path: text,
    /** Null: permanent. */
    expires_at: nullable(int),
    created_at: int,
  }),

  /** How many template messages an official account sent: in its life, and in the Beijing day. */
  send_count: ofEpoch(['appid'], {
    appid: text,
    life: int,
    day: text,
    day_count: int,
  }),

  /**
   * A browser on an account's pages. `session` is the hash of its cookie; `openid` is null until WeChat has told it; `draft` is
   * what was typed before. Instants are real.
   */
  session: ofEpoch(['session'], {
    session: text,
    eid: text,
    openid: nullable(text),
    snapshot: int,
    /** What WeChat must bring back from web OAuth; null when nothing is awaited. */
    state: nullable(text),
    draft: nullable(text),
    /** Whose mobile stands in the draft, by keyed hash; null: there is none, or it cannot be read. */
    mobile_key: nullable(text),
    created_at: int,
    expires_at: int,
  }),

  /** A text under a short key, for its account alone, until it ends. */
  short_link: ofEpoch(['short_key'], {
    short_key: text,
    appid: text,
    long_data: text,
    created_at: int,
    expires_at: int,
  }),

  /** A world's state under a name. Its rows are an epoch that is nobody's life; ends with the world, not with a reset. */
  snapshot: table(['world', 'name'], {
    world: text,
    name: text,
    epoch: int,
    /** While it is copied nobody is shown it. */
    state: word('copying', 'ready'),
    /** The virtual instant at which it was taken, and how the clock went then. */
    at: int,
    clock_mode: word('running', 'frozen'),
    rows: int,
    bytes: int,
    /** Real. */
    created_at: int,
    /** Grows whenever somebody is erased in it: what was copied of it before is not. */
    version: int,
  }),

  /**
   * What an openid answered when it was asked to be sent notifications by a template. `scene`: of one-time subscription, as digits;
   * else empty.
   */
  subscription: ofEpoch(['openid', 'template_id', 'scene'], {
    openid: text,
    template_id: text,
    scene: text,
    answer: word('accept', 'reject'),
    /** Null: any number. */
    sends_left: nullable(int),
    answered_at: int,
  }),

  /** A template of subscription notifications that an account has added. */
  subscription_template: ofEpoch(['template_id'], {
    template_id: text,
    appid: text,
    n: int,
    /** The number in the library. */
    tid: int,
    kind: word('once', 'long_term'),
    title: text,
    content: text,
    example: text,
    scene_desc: text,
    created_at: int,
  }),

  /** A tag of an official account for its followers. */
  tag: ofEpoch(['appid', 'id'], {
    appid: text,
    id: int,
    name: text,
    created_at: int,
  }),

  /** A follower who has a tag. */
  tagging: ofEpoch(['openid', 'id'], {
    openid: text,
    id: int,
    appid: text,
    tagged_at: int,
  }),

  template: ofEpoch(['template_id'], {
    template_id: text,
    appid: text,
    n: int,
    title: text,
    content: text,
    example: text,
    primary_industry: text,
    deputy_industry: text,
    state: word('active', 'disabled'),
    created_at: int,
    /** The number in WeChat's library by which it was added; null: it came from nowhere there. */
    template_id_short: nullable(text),
  }),

  /** WeChat's record of what it accepted. `due_at`: when its receipt comes; null: it came, or waits for a hand. */
  template_message: ofEpoch(['msgid'], {
    msgid: text,
    appid: text,
    openid: text,
    template_id: text,
    title: text,
    /** What the phone shows, as JSON: `{"line":…,"keywords":{…}}`, with `"drawn":[{"label","value"}]` where that is not all. */
    shown: text,
    url: text,
    on_phone: int,
    accepted_at: int,
    due_at: nullable(int),
    /** Null until the receipt comes. */
    receipt: nullable(word('success', 'user_block', 'system_failed', 'freq_limit')),
    receipt_at: nullable(int),
    client_msg_id: nullable(text),
  }),

  /** What a code was exchanged for: a token for one openid, two hours, and its refresh token, thirty days. */
  web_token: ofEpoch(['token'], {
    token: text,
    refresh_token: text,
    appid: text,
    openid: text,
    person: text,
    scope: word('snsapi_base', 'snsapi_userinfo', 'snsapi_login'),
    snapshot: int,
    expires_at: int,
    refresh_expires_at: int,
    /** When a later exchange made its refresh token worthless. */
    revoked_at: nullable(int),
  }),

  /** A website app of the Open Platform, in which people log in by a QR code. */
  website_app: ofEpoch(['appid'], {
    appid: text,
    key: text,
    name: text,
    app_secret: text,
    /** The host to which a login may lead back; null: any. */
    domain: nullable(text),
    created_at: int,
  }),

  /** A login that a browser waits for, five minutes. `person`: who has scanned its code. */
  website_login: ofEpoch(['uuid'], {
    uuid: text,
    appid: text,
    redirect_uri: text,
    state: text,
    status: word('waiting', 'scanned', 'allowed', 'denied'),
    person: nullable(text),
    /** Where it was allowed: the code of web OAuth. */
    code: nullable(text),
    created_at: int,
    expires_at: int,
  }),

  /** One isolated universe. `version` grows with every change of what is cached by it. */
  world: table(['world'], {
    world: text,
    seed: text,
    epoch: int,
    resets: int,
    version: int,
    clock_mode: word('running', 'frozen'),
    clock_ms: int,
    magic: word('on', 'off'),
    /** Real milliseconds without a call after which it ends; null: never. */
    idle_ttl_ms: nullable(int),
    created_at: int,
    called_at: int,
    /** While an advance runs, the real instant at which it is given up for dead. */
    advance_until: nullable(int),
    /** Exchanges dropped since the epoch began, because the journal is bounded. */
    dropped: int,
  }),

  /** The body that created a world, as JSON: a reset makes it anew from it. Apart, because every call reads the world. */
  world_body: table(['world'], {
    world: text,
    body: text,
  }),
}
