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
    why: 'The simulator does not know whose phone this is.',
    who: 'Choose a person',
  },
  who: {
    title: 'Choose a person',
    lead: 'Whose WeChat should open this link of {account}?',
    none: 'This world has no people yet. Create a person on the People page.',
    more: 'Only the first {count} people are shown; addresses for others begin with `/as/{key}/`.',
    states: {
      following: 'following',
      muted: 'following, notifications off',
      blocking: 'following, messages blocked',
      unfollowed: 'unfollowed',
      never: 'not following',
    },
  },
  consent: {
    title: 'Authorization',
    asks: 'asks to',
    what: 'get your nickname and avatar',
    as: 'You appear as',
    allow: 'Allow',
    deny: 'Refuse',
    stale: 'This page has expired. Please decide again.',
  },
  refused: {
    heading: 'You refused',
    text: 'The site received no information and was not told that you refused.',
    again: 'Open the link again',
  },
  twice: {
    heading: 'Returning to the site',
    text: 'This person’s WeChat opens the redirect twice (double_redirect): once in the background, then here. {host} is called both times.',
    first: 'First of two requests',
    go: 'Continue',
  },
  login: {
    title: 'WeChat login',
    code: 'Login QR code',
    waiting: 'Scan with WeChat to log in',
    to: 'Log in to “{app}”',
    scanned: 'Scanned. Confirm on the phone.',
    expired: 'The QR code has expired',
    anew: 'New QR code',
    go: 'I have confirmed on the phone',
    paste: 'Or paste its content on the phone’s Scan page:',
    allowed: {
      heading: 'You are logged in',
      text: 'The website continues in the browser that showed the code.',
    },
    denied: {
      heading: 'You refused',
      text: 'The website only learns that the login has ended.',
    },
  },
}

/** What these pages say, in any language. Names in braces are filled. */
export type WechatWords = typeof enWechat
