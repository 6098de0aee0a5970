/** English. */
export const enRegister = {
  form: {
    first: {
      title: 'Register',
      lead: 'Register to receive onboarding messages from {company} in WeChat.',
      hint: 'Use the number you gave {company} when you applied. Messages are matched by it.',
      submit: 'Register',
    },
    change: {
      title: 'Change your details',
      lead: 'Messages use the new details once you save them.',
      hint: 'It must be the same number that {company} has. Messages are matched by it.',
      submit: 'Save changes',
    },
    apply: {
      title: 'Apply to {company}',
      lead: 'No account needed: leave your contact details here in WeChat to apply. We will also keep you posted in WeChat.',
      hint: '{company} will find you by this number.',
      submit: 'Apply',
    },
    name: { label: 'Name', placeholder: 'Your full name' },
    region: { label: 'Region', common: 'Common', all: 'All countries and regions' },
    mobile: {
      label: 'Mobile',
      placeholder: 'Mobile number',
    },
    email: { label: 'Email', placeholder: 'Email address' },
    consent: {
      label: 'I have read and agree to the privacy notice of {company} (version\u00a0{version})',
      notice: 'Read the privacy notice',
      page: 'Open the privacy notice on its own page',
    },
    cancel: 'Go back without changes',
    wrong: 'Please correct',
    summary: 'Answers to correct: {count}',
    stale:
      'This page was open for too long and was not saved. Your answers are still here. Please submit them again.',
    errors: {
      name_missing: 'Enter your name.',
      name_long: 'The name can have at most 100 characters.',
      name_illegal: 'The name contains characters that cannot be displayed. Please delete them.',
      mobile_missing: 'Enter your mobile number.',
      mobile_invalid:
        'This is not a valid mobile number. Check the number and the country or region.',
      mobile_unusable:
        'This number cannot be registered at the moment. If it is correct, please contact the HR department of {company}.',
      email_missing: 'Enter your email address.',
      email_long: 'The email address can have at most 254 characters.',
      email_invalid: 'This is not an email address. It should look like name@example.com.',
      consent_missing: 'Read the privacy notice, and tick the box if you agree.',
      notice_changed:
        'The privacy notice has just changed. Read the new one, and tick the box again if you agree.',
    },
  },
  information: {
    title: 'Your details',
    lead: 'The details you registered with {company}.',
    name: 'Name',
    mobile: 'Mobile',
    email: 'Email',
    noEmail: 'Not provided',
    source: 'Source',
    sources: { form: 'Form in WeChat', direct_application: 'Job application in WeChat' },
    since: 'Registered',
    changed: 'Updated',
    notice: 'Privacy notice',
    agreed: 'Version {version}, agreed {at}',
    notAsked: 'Not asked for',
    show: 'Show in full',
    hide: 'Mask again',
    change: 'Change details',
    withdraw: 'Withdraw and delete my details',
    following: 'You follow “{name}” and receive its messages in WeChat.',
    done: {
      registered: {
        title: 'You are registered',
        text: ['News from {company} will reach you in WeChat.'],
      },
      changed: { title: 'Saved', text: ['Messages now use the new details.'] },
    },
  },
  follow: {
    title: 'Follow to receive messages',
    text: [
      'You are registered and do not need to register again. However, WeChat only delivers messages to followers, and you do not follow “{name}” yet.',
    ],
    steps: [
      'Open WeChat and tap Search at the top right.',
      'Search for “{name}” and open the official account.',
      'Tap “Follow”.',
    ],
    code: 'Or scan this QR code with WeChat, or press and hold it:',
    codeLabel: 'QR code of the official account “{name}”',
  },
  withdraw: {
    title: 'Withdraw?',
    text: [
      'Once you withdraw, {company} can no longer reach you in WeChat and will use SMS or email instead. This will be deleted:',
    ],
    erased: [
      'your name, mobile number and email address',
      'the same in earlier messages and records',
      'drafts that you have not submitted',
    ],
    kept: 'Only the fact that someone registered and withdrew is kept, without personal details. Withdrawing does not change whether you follow the official account.',
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
      'Who collects it: {company}, for which TUPU runs this official account and this page.',
      'What is collected: the name, mobile number and email address that you enter, and your OpenID from WeChat, which identifies you at this official account. Your nickname, profile picture and contacts are not read.',
      'What it is used for: when {company} has a message for you, TUPU finds your OpenID by your mobile number and sends the message to your WeChat. It is used for no other purpose.',
      'Who receives it: messages pass through WeChat. No one else receives your details.',
      'How long it is kept: until you withdraw, or until a date set by {company}.',
      'Your rights: you can see, change and withdraw everything on this page at any time. Your personal details are deleted when you withdraw. If you have questions, contact the HR department of {company}.',
    ],
    back: 'Back to registration',
  },
  applied: {
    direct_application: {
      title: 'Application received',
      text: [
        '{company} has your contact details and will reach you in WeChat. You are now registered; no other form is needed.',
      ],
    },
    form: {
      title: 'You are already registered',
      text: ['{company} has your contact details. You do not need to enter them again.'],
    },
    see: 'See your details',
  },
  outside: {
    title: 'Please open this in WeChat',
    text: [
      'WeChat tells this page who you are, so it only opens in WeChat. Scan this QR code with WeChat:',
    ],
    codeLabel: 'QR code of this page’s address',
    who: 'Using the simulator? Choose a person',
  },
  snapshot: {
    title: 'Please open the full page',
    text: [
      'This is a snapshot of the page. WeChat has not told us who you are, so you cannot register here.',
      'Tap the button and choose “Allow” when WeChat asks. The full page then opens.',
    ],
    open: 'Use the full service',
  },
  messages: {
    unknown: {
      title: 'Page not found',
      text: [
        'The address may be incomplete or no longer in use. Open the page again from the menu of the official account, or contact the HR department of the company.',
      ],
    },
    suspended: {
      title: 'Registration is paused',
      text: [
        'The registration page of {company} is temporarily closed. Please come back later. Existing registrations are not affected.',
      ],
    },
    revoked: {
      title: 'Registration has ended',
      text: [
        'The registration page of {company} is closed. If you have questions, contact the HR department of the company.',
      ],
    },
    not_ready: {
      title: 'Registration is not open yet',
      text: ['The official account of {company} is being prepared. Please come back later.'],
    },
    stuck: {
      title: 'The page could not be opened',
      text: [
        'WeChat tried several times but could not tell us who you are. None of your data is lost.',
        'Close this page and open it again from the menu of the official account. If that does not help, allow cookies for web pages in the settings of WeChat, or try another phone.',
      ],
    },
    denied: {
      title: 'Access was not allowed',
      text: [
        'Without it, we do not know who you are and you cannot register. Open the page again and choose “Allow”.',
      ],
    },
    no_answer: {
      title: 'WeChat did not answer',
      text: ['We could not get an answer from WeChat just now. Please try again later.'],
    },
    no_page: {
      title: 'Page not found',
      text: [
        'The address may be incomplete. Open the page again from the menu of the official account.',
      ],
    },
    wrong_method: {
      title: 'This page cannot be opened this way',
      text: ['Open the page again from the menu of the official account.'],
    },
    too_large: {
      title: 'Too much data',
      text: ['What you sent is over 1 MB and was not saved. Go back, shorten it and try again.'],
    },
    unreadable: {
      title: 'Data cannot be read',
      text: ['Your data is compressed in a way that this page cannot read and was not saved.'],
    },
    was_reset: {
      title: 'The simulator was reset',
      text: ['This world has been reset in the meantime. Please open the page again.'],
    },
    again: 'Open again',
  },
}

/** What these pages say, in any language. Names in braces are filled. */
export type RegisterWords = typeof enRegister
