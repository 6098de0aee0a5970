/** English. */
export const enWechat = {
  title: 'WeChat',
  sorry: 'Sorry, something went wrong',
  error: {
    code: 'Error code: {code}',
    trace: 'In the simulator’s journal: {trace}',
  },
  outside: {
    heading: 'Please open the link in the WeChat client',
    why: 'The simulator does not know who is looking at this page.',
    who: 'Who is looking?',
  },
  who: {
    title: 'Who is looking?',
    lead: 'Choose in whose WeChat this link of {account} opens.',
    none: 'Nobody lives in this world yet.',
    more: 'Only the first {count} people are shown; addresses for others begin with `/as/{key}/`.',
    states: {
      following: 'follows',
      muted: 'follows, notifications off',
      blocking: 'follows, messages blocked',
      unfollowed: 'has unfollowed',
      never: 'does not follow',
    },
  },
  consent: {
    title: 'Authorization',
    asks: 'asks to',
    what: 'get your nickname and avatar',
    as: 'You appear as',
    allow: 'Allow',
    deny: 'Refuse',
    stale: 'This page had grown old. Please decide once more.',
  },
  refused: {
    heading: 'You have refused',
    text: 'The site got nothing, and was not told that you refused.',
    again: 'Open the link again',
  },
  twice: {
    heading: 'Going back to the site',
    text: 'This person’s WeChat opens the redirect twice (double_redirect): once unseen, then here. {host} is asked both times.',
    first: 'The first of two openings',
    go: 'Go on',
  },
  login: {
    title: 'WeChat login',
    code: 'QR code for logging in',
    waiting: 'Scan with WeChat to log in',
    to: 'Log in to “{app}”',
    scanned: 'Scanned. Please confirm on the phone',
    expired: 'The QR code has expired',
    anew: 'New QR code',
    go: 'I have confirmed on the phone',
    paste: 'In the phone’s scanner, paste what the code says:',
    allowed: {
      heading: 'You have logged in',
      text: 'The website goes on in the browser that showed the code.',
    },
    denied: {
      heading: 'You have refused',
      text: 'The website was told no more than that the login is over.',
    },
  },
}

/** What these pages say, in any language. Names in braces are filled. */
export type WechatWords = typeof enWechat
