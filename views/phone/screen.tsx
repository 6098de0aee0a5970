import { AccountPage } from './account.tsx'
import { ChatPage } from './chat.tsx'
import { ChatsPage } from './chats.tsx'
import { FindPage } from './find.tsx'
import { InboxPage } from './inbox.tsx'
import { LetterPage } from './letter.tsx'
import { MePage } from './me.tsx'
import type { ScreenFacts } from './props.ts'
import { ScanPage } from './scan.tsx'
import type { ScreenProps } from './shell.tsx'
import { WebPage } from './web.tsx'

/** Whatever a phone shows. */
export function ScreenPage({ facts, ...props }: ScreenProps & { facts: ScreenFacts }) {
  switch (facts.screen) {
    case 'chats':
      return <ChatsPage {...props} facts={facts} />
    case 'find':
      return <FindPage {...props} facts={facts} />
    case 'scan':
      return <ScanPage {...props} />
    case 'me':
      return <MePage {...props} facts={facts} />
    case 'chat':
      return <ChatPage {...props} facts={facts} />
    case 'account':
      return <AccountPage {...props} facts={facts} />
    case 'sms':
    case 'mail':
      return facts.letter ? (
        <LetterPage {...props} facts={facts} letter={facts.letter} />
      ) : (
        <InboxPage {...props} facts={facts} />
      )
    case 'web':
      return <WebPage {...props} facts={facts} />
  }
}
