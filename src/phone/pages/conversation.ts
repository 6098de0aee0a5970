import type { Frame } from '../../../views/layout.tsx'
import type { ChatFacts, Message, Moment, Phone, PhoneContext } from '../../../views/phone/props.ts'
import type { Site } from '../../../views/site/props.ts'
import { html } from '../../page/frame.ts'
import { keptAround, keptOf } from '../../page/kept.ts'
import { views } from './views.ts'

/** A message where it stands. */
export interface PlacedMessage {
  readonly message: Message
  /** Null: shortly after the one before. */
  readonly when: Moment | null
}

interface Page {
  readonly context: PhoneContext
  readonly site: Site | undefined
  readonly phone: Phone
  readonly facts: ChatFacts
}

type ItemProps = Omit<Parameters<ReturnType<typeof views>['MessageItem']>[0], 'message'>

const drawAround = keptAround((frame: Frame, page: Page) =>
  html(views().ScreenPage({ frame, ...page })),
)

const drawMessage = keptOf((message: Message, props: ItemProps) =>
  views().MessageItem({ message, ...props }),
)

/** The page of a conversation: most of its messages were drawn before, and mostly what is around them. */
export function drawConversation(
  frame: Frame,
  page: Page,
  messages: readonly PlacedMessage[],
): Buffer {
  const { basePath, langQuery, returnTo, csrfToken } = page.context
  const { name, appid } = page.facts.chat
  const context = { basePath, langQuery, returnTo, csrfToken }
  const props = { frame, context, person: page.phone.person, from: { name, appid } }
  const drawn = messages.map(({ message, when }) => drawMessage(message, { ...props, when }))
  return drawAround(frame, page, drawn)
}
