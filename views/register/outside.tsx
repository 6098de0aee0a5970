import { QrCode, type QrDrawing } from '../components/qr-code.tsx'
import { Message, type PageProps } from './parts.tsx'

interface Props extends PageProps {
  /** The page's own address. */
  readonly code: QrDrawing
  /** Where people at the simulator choose who is looking; undefined: nobody may. */
  readonly whoHref: string | undefined
  readonly langHref: (lang: string) => string
}

/** For a browser that is not WeChat's. */
export function Outside({ frame, company, code, whoHref, langHref }: Props) {
  const { outside } = frame.words.register
  return (
    <Message frame={frame} company={company} icon="info" langHref={langHref} {...outside}>
      <QrCode code={code} label={outside.codeLabel} />
      {whoHref === undefined ? null : (
        <p>
          <a href={whoHref}>{outside.who}</a>
        </p>
      )}
    </Message>
  )
}

interface SnapshotProps extends PageProps {
  readonly openHref: string
  readonly langHref: (lang: string) => string
}

/** For whoever sees a snapshot, of whom WeChat tells nothing. */
export function Snapshot({ frame, company, openHref, langHref }: SnapshotProps) {
  const { snapshot } = frame.words.register
  const action = { href: openHref, label: snapshot.open }
  return (
    <Message
      frame={frame}
      company={company}
      icon="info"
      langHref={langHref}
      action={action}
      {...snapshot}
    />
  )
}
