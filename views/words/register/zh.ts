import type { RegisterWords } from './en.ts'

/** Chinese. */
export const zhRegister: RegisterWords = {
  form: {
    first: {
      title: '信息登记',
      lead: '登记以后，{company}的入职通知会通过微信发给你。',
      hint: '请填写应聘时留给{company}的手机号，通知按这个号码找到你。',
      submit: '提交登记',
    },
    change: {
      title: '修改登记信息',
      lead: '改好以后提交，以后的通知按新的信息发送。',
      hint: '通知按{company}那里的手机号找到你，两边要一致。',
      submit: '保存修改',
    },
    apply: {
      title: '应聘{company}',
      lead: '不用另外注册：在微信里留下联系方式，就可以应聘。后续通知会通过微信发给你。',
      hint: '{company}会按这个手机号找到你。',
      submit: '提交应聘',
    },
    name: { label: '姓名', placeholder: '填写真实姓名' },
    region: { label: '国家/地区', common: '常用', all: '全部国家和地区' },
    mobile: {
      label: '手机号',
      placeholder: '填写手机号',
    },
    email: { label: '邮箱', placeholder: '填写邮箱' },
    consent: {
      label: '我已阅读并同意{company}的隐私告知（第 {version} 版）',
      notice: '查看隐私告知',
      page: '单独打开隐私告知',
    },
    cancel: '不改了，返回',
    wrong: '需要改正',
    summary: '还有 {count} 处需要改正：',
    stale: '页面打开太久，已经失效，什么都没有保存。你填写的内容还在，请再提交一次。',
    errors: {
      name_missing: '请填写姓名。',
      name_long: '姓名不能超过 100 个字。',
      name_illegal: '姓名里有不能显示的字符，请删掉重填。',
      mobile_missing: '请填写手机号。',
      mobile_invalid: '这不是有效的手机号，请检查号码和国家/地区。',
      mobile_unusable:
        '这个手机号现在不能登记。请核对号码；如果号码没有错，请联系{company}的人力资源部（HR）。',
      email_missing: '请填写邮箱。',
      email_long: '邮箱不能超过 254 个字符。',
      email_invalid: '邮箱的写法不对，应当像 name@example.com 这样。',
      consent_missing: '请阅读隐私告知，同意后打勾。',
      notice_changed: '隐私告知刚刚更新。请阅读新的内容，同意后再打勾。',
    },
  },
  information: {
    title: '登记信息',
    lead: '这些是你在{company}登记的信息。',
    name: '姓名',
    mobile: '手机号',
    email: '邮箱',
    noEmail: '没有填写',
    source: '登记方式',
    sources: { form: '在微信里填写登记表', direct_application: '在微信里直接应聘' },
    since: '登记时间',
    changed: '修改时间',
    notice: '隐私告知',
    agreed: '第 {version} 版，同意于 {at}',
    notAsked: '登记时没有询问',
    show: '显示完整信息',
    hide: '隐藏部分信息',
    change: '修改信息',
    withdraw: '撤回登记并删除信息',
    following: '你已关注“{name}”，通知会发到你的微信。',
    done: {
      registered: { title: '登记成功', text: ['{company}有通知时，会通过微信发给你。'] },
      changed: { title: '已经保存', text: ['以后的通知按新的信息发送。'] },
    },
  },
  follow: {
    title: '关注以后才能收到通知',
    text: [
      '登记已经完成，不用再填一次。但是微信只把通知发给关注者，而你还没有关注“{name}”。关注以后，通知就能送到。',
    ],
    steps: ['打开微信，点右上角的“搜索”。', '搜索“{name}”，进入这个公众号。', '点“关注”。'],
    code: '也可以用微信“扫一扫”扫描二维码，或者长按识别：',
    codeLabel: '公众号“{name}”的二维码',
  },
  withdraw: {
    title: '撤回登记？',
    text: ['撤回以后，{company}不能再通过微信通知你，会改用短信或邮件。下面的内容会被删除：'],
    erased: ['你的姓名、手机号和邮箱', '以前的消息和操作记录里的这些信息', '没有提交的草稿'],
    kept: '只留下“有人登记过，后来撤回了”这一事实，里面没有个人信息。是否关注公众号不受影响。',
    submit: '撤回并删除',
    back: '不撤回，返回',
    done: {
      title: '登记已撤回',
      text: ['你的个人信息已经删除。如果改变主意，可以重新登记。'],
    },
    again: '重新登记',
  },
  notice: {
    title: '{company}隐私告知',
    version: '第 {version} 版',
    text: [
      '谁在收集：{company}委托 TUPU 运营这个公众号和登记页面。',
      '收集什么：你填写的姓名、手机号和邮箱，以及微信提供的 OpenID，也就是你在这个公众号里的编号。不读取你的昵称、头像和好友。',
      '用来做什么：{company}要通知你时，TUPU 按手机号找到你的 OpenID，把通知发到你的微信。不用于其他目的。',
      '交给谁：通知的内容经过微信送达。除此以外，不提供给别人。',
      '保存多久：到你撤回登记为止，或者到{company}规定的期限。',
      '你的权利：随时可以在登记页面查看、修改和撤回。撤回以后，你的个人信息会被删除。如有疑问，请联系{company}的人力资源部（HR）。',
    ],
    back: '返回登记页面',
  },
  applied: {
    direct_application: {
      title: '已收到你的应聘',
      text: ['{company}已收到你的联系方式，后续通知会通过微信发给你。登记也一并完成了，不用再填。'],
    },
    form: {
      title: '你已经登记过了',
      text: ['{company}已经有你的联系方式，不用再填一次。'],
    },
    see: '查看登记信息',
  },
  outside: {
    title: '请在微信里打开',
    text: ['登记页面要由微信告诉它你是谁，所以只能在微信里打开。请用微信“扫一扫”扫描二维码：'],
    codeLabel: '本页地址的二维码',
    who: '我在使用模拟器：选择是谁在看',
  },
  snapshot: {
    title: '请使用完整服务',
    text: [
      '现在看到的是快照页，微信没有告诉我们你是谁，所以不能登记。',
      '点下面的按钮，在微信询问时选择“允许”，就会打开完整的页面。',
    ],
    open: '使用完整服务',
  },
  messages: {
    unknown: {
      title: '没有这个登记页面',
      text: [
        '地址可能不完整，或者已经停用。请从公众号的菜单重新打开，或者联系公司的人力资源部（HR）。',
      ],
    },
    suspended: {
      title: '登记暂停',
      text: ['{company}的登记页面暂时停用，请过些时候再来。已经登记的信息没有变化。'],
    },
    revoked: {
      title: '登记已经结束',
      text: ['{company}的登记页面已经停用。如有疑问，请联系公司的人力资源部（HR）。'],
    },
    not_ready: {
      title: '登记还没有开放',
      text: ['{company}的公众号还在准备，请过些时候再来。'],
    },
    stuck: {
      title: '没能打开登记页面',
      text: [
        '微信几次都没能告诉我们你是谁。什么都没有丢失。',
        '请关掉这个页面，从公众号的菜单重新打开。如果还是不行，请在微信的设置里允许网页使用 Cookie，或者换一部手机再试。',
      ],
    },
    denied: {
      title: '没有得到你的允许',
      text: ['不允许的话，我们就不知道你是谁，也就不能登记。重新打开后，请选择“允许”。'],
    },
    no_answer: {
      title: '微信没有回答',
      text: ['刚才没能从微信得到答复，请稍后再试。'],
    },
    no_page: {
      title: '没有这个页面',
      text: ['地址可能不完整。请从公众号的菜单重新打开。'],
    },
    wrong_method: {
      title: '不能这样打开',
      text: ['请从公众号的菜单重新打开这个页面。'],
    },
    too_large: {
      title: '内容太多',
      text: ['提交的内容超过了 1 MB，没有保存。请返回，改短以后再提交。'],
    },
    unreadable: {
      title: '内容无法读取',
      text: ['你提交的内容以本页面无法识别的方式压缩，未被保存。'],
    },
    was_reset: {
      title: '模拟器刚刚重置',
      text: ['在此期间，这个世界从头开始了。请重新打开页面。'],
    },
    again: '重新打开',
  },
}
