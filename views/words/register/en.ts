/** English. */
export const enRegister = {
  form: {
    first: {
      title: 'Register',
      lead: 'Once you have registered, onboarding messages from {company} reach you in WeChat.',
      hint: 'The number that you gave {company} when you applied: messages find you by it.',
      submit: 'Register',
    },
    change: {
      title: 'Change your details',
      lead: 'Save your changes: messages will go by the new details from then on.',
      hint: 'Messages find you by the number that {company} has: both must be the same.',
      submit: 'Save changes',
    },
    apply: {
      title: 'Apply to {company}',
      lead: 'No account needed: leave your contact details here in WeChat to apply. What comes next reaches you in WeChat too.',
      hint: '{company} will find you by this number.',
      submit: 'Apply',
    },
    name: { label: 'Name', placeholder: 'Your full name' },
    region: { label: 'Region', common: 'Common', all: 'All countries and regions' },
    mobile: {
      label: 'Mobile',
      placeholder: 'Mobile number',
    },
    email: { label: 'Email', placeholder: 'name@example.com' },
    consent: {
      label: 'I have read and agree to the privacy notice of {company} (version {version})',
      notice: 'Read the privacy notice',
      page: 'Open the privacy notice by itself',
    },
    cancel: 'Go back without changes',
    wrong: 'Please correct',
    summary: 'Please correct {count} of your answers:',
    stale:
      'This page was open for too long, and nothing was saved. What you typed is still here: please submit it again.',
    errors: {
      name_missing: 'Enter your name.',
      name_long: 'The name must not have more than 100 characters.',
      name_illegal: 'The name has characters that cannot be shown. Please delete them.',
      mobile_missing: 'Enter your mobile number.',
      mobile_invalid:
        'This is not a valid mobile number. Check the number and the country or region.',
      mobile_unusable:
        'This number cannot be registered at present. Check it; if it is right, please contact the HR department of {company}.',
      email_missing: 'Enter your email address.',
      email_long: 'The email address must not have more than 254 characters.',
      email_invalid: 'This is not an email address. It should look like name@example.com.',
      consent_missing: 'Read the privacy notice, and tick the box if you agree.',
      notice_changed:
        'The privacy notice has just changed. Read the new one, and tick the box again if you agree.',
    },
  },
  information: {
    title: 'Your details',
    lead: 'This is what you have registered with {company}.',
    name: 'Name',
    mobile: 'Mobile',
    email: 'Email',
    noEmail: 'none given',
    source: 'Source',
    sources: { form: 'form in WeChat', direct_application: 'job application in WeChat' },
    since: 'Since',
    changed: 'Updated',
    notice: 'Privacy notice',
    agreed: 'version {version}, agreed {at}',
    notAsked: 'you were not asked',
    show: 'Show in full',
    hide: 'Hide parts',
    change: 'Change details',
    withdraw: 'Withdraw and delete my details',
    following: 'You follow “{name}”: messages reach you in WeChat.',
    done: {
      registered: {
        title: 'You are registered',
        text: ['When {company} has news for you, it reaches you in WeChat.'],
      },
      changed: { title: 'Saved', text: ['Messages go by the new details from now on.'] },
    },
  },
  follow: {
    title: 'Follow to receive messages',
    text: [
      'You are registered and need not do so again. But WeChat delivers messages to followers only, and you do not follow “{name}” yet. Once you do, they arrive.',
    ],
    steps: [
      'Open WeChat and tap the search at the top right.',
      'Search for “{name}” and open the official account.',
      'Tap “Follow”.',
    ],
    code: 'Or scan this QR code with WeChat, or press and hold it:',
    codeLabel: 'QR code of the official account “{name}”',
  },
  withdraw: {
    title: 'Withdraw?',
    text: [
      'After that, {company} can no longer reach you in WeChat and uses SMS or email instead. This will be deleted:',
    ],
    erased: [
      'your name, mobile number and email address',
      'the same in earlier messages and records',
      'drafts that you have not submitted',
    ],
    kept: 'All that stays is the fact that somebody registered and withdrew, without any personal details. Whether you follow the official account is another matter and stays as it is.',
    submit: 'Withdraw and delete',
    back: 'Go back',
    done: {
      title: 'Withdrawn',
      text: [
        'Your personal details have been deleted. You can register again if you change your mind.',
      ],
    },
    again: 'Register again',
  },
  notice: {
    title: 'Privacy notice of {company}',
    version: 'Version {version}',
    text: [
      'Who collects: {company} has TUPU run this official account and this page.',
      'What is collected: the name, mobile number and email address that you enter, and your OpenID from WeChat, which is your number at this official account. Your nickname, picture and contacts are not read.',
      'What for: when {company} has a message for you, TUPU finds your OpenID by your mobile number and sends the message to your WeChat. Nothing else is done with it.',
      'Who receives it: messages pass through WeChat. Nobody else is given anything.',
      'How long: until you withdraw, or until a date set by {company}.',
      'Your rights: you can see, change and withdraw everything on this page at any time. Your personal details are deleted when you withdraw. If you have questions, contact the HR department of {company}.',
    ],
    back: 'Back to the registration',
  },
  applied: {
    direct_application: {
      title: 'We have your application',
      text: [
        '{company} has your contact details; what comes next reaches you in WeChat. You are registered with that, and need not fill in anything else.',
      ],
    },
    form: {
      title: 'You are registered already',
      text: ['{company} has your contact details; you need not enter them again.'],
    },
    see: 'See your details',
  },
  outside: {
    title: 'Please open this in WeChat',
    text: [
      'WeChat tells this page who you are, so it opens in WeChat only. Scan this QR code with WeChat:',
    ],
    codeLabel: 'QR code of this page’s address',
    who: 'I am at the simulator: choose who is looking',
  },
  snapshot: {
    title: 'Please open the full page',
    text: [
      'You see a snapshot of this page: WeChat has not told us who you are, so you cannot register here.',
      'Tap the button and choose “Allow” when WeChat asks; then the full page opens.',
    ],
    open: 'Use the full service',
  },
  messages: {
    unknown: {
      title: 'There is no such page',
      text: [
        'The address may be incomplete or out of use. Open the page again from the menu of the official account, or contact the HR department of the company.',
      ],
    },
    suspended: {
      title: 'Registration is paused',
      text: [
        'The registration page of {company} is out of use for now. Please come back later. Nothing has changed for those who are registered.',
      ],
    },
    revoked: {
      title: 'Registration has ended',
      text: [
        'The registration page of {company} is out of use. If you have questions, contact the HR department of the company.',
      ],
    },
    not_ready: {
      title: 'Registration is not open yet',
      text: ['The official account of {company} is being prepared. Please come back later.'],
    },
    stuck: {
      title: 'The page could not be opened',
      text: [
        'WeChat tried several times, but could not tell us who you are. Nothing is lost.',
        'Close this page and open it again from the menu of the official account. If that does not help, allow cookies for web pages in the settings of WeChat, or try another phone.',
      ],
    },
    denied: {
      title: 'You did not allow it',
      text: [
        'Without that we do not know who you are, and you cannot register. Open the page again and choose “Allow”.',
      ],
    },
    no_answer: {
      title: 'WeChat did not answer',
      text: ['We could not get an answer from WeChat just now. Please try again later.'],
    },
    no_page: {
      title: 'There is no such page',
      text: [
        'The address may be incomplete. Open the page again from the menu of the official account.',
      ],
    },
    wrong_method: {
      title: 'It cannot be opened this way',
      text: ['Open the page again from the menu of the official account.'],
    },
    too_large: {
      title: 'That is too much',
      text: ['What you sent is over 1 MB and was not saved. Go back, shorten it and try again.'],
    },
    unreadable: {
      title: 'That cannot be read',
      text: ['What you sent is packed in a way that this page does not read, and was not saved.'],
    },
    was_reset: {
      title: 'The simulator was reset',
      text: ['This world began anew in the meantime. Please open the page again.'],
    },
    again: 'Open again',
  },
}

/** What these pages say, in any language. Names in braces are filled. */
export type RegisterWords = typeof enRegister
