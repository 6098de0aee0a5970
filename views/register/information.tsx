import { QrCode, type QrDrawing } from '../components/qr-code.tsx'
import { filled } from '../components/text.tsx'
import { whenText } from '../components/when.tsx'
import { Done, type PageProps, Sheet } from './parts.tsx'

export interface InformationProps extends PageProps {
  /** What has just been done. */
  readonly done: 'registered' | 'changed' | undefined
  /** As they are shown: masked, unless they were asked for. */
  readonly name: string
  readonly mobile: string
  readonly email: string
  readonly isWhole: boolean
  readonly source: 'form' | 'direct_application'
  /** Instants. */
  readonly since: string
  readonly changed: string | undefined
  readonly agreed:
    | { readonly version: string; readonly at: string; readonly href: string }
    | undefined
  /** Undefined: nobody knows. */
  readonly follows: boolean | undefined
  readonly official: { readonly name: string; readonly code: QrDrawing | undefined }
  readonly showHref: string
  readonly changeHref: string
  readonly withdrawHref: string
  readonly langHref: (lang: string) => string
}

/** What is known of a candidate, shown to that candidate. */
export function Information(props: InformationProps) {
  const { frame, company, done, follows, official, langHref } = props
  const { information } = frame.words.register
  return (
    <Sheet
      frame={frame}
      company={company}
      title={information.title}
      lead={filled(information.lead, { company })}
      langHref={langHref}
    >
      {done ? (
        <Done
          icon="success"
          company={company}
          title={information.done[done].title}
          // Nothing reaches whoever does not follow: that is said below.
          text={follows === false ? [] : information.done[done].text}
        />
      ) : null}
      {follows === false ? <Follow {...props} /> : null}
      <Rows {...props} />
      {follows ? (
        <p class="reg-following">
          <span class="weui-icon-success reg-icon_small" aria-hidden="true" />
          {filled(information.following, { name: official.name })}
        </p>
      ) : null}
      <p class="reg-buttons">
        <a class="weui-btn weui-btn_default" href={props.changeHref}>
          {information.change}
        </a>
        <a class="reg-quiet" href={props.withdrawHref}>
          {information.withdraw}
        </a>
      </p>
    </Sheet>
  )
}

function Rows(props: InformationProps) {
  const { information } = props.frame.words.register
  const { agreed } = props
  return (
    <section class="reg-card" aria-label={information.title}>
      <dl class="reg-rows">
        <Row label={information.name} value={props.name} />
        <Row label={information.mobile} value={props.mobile} />
        <Row label={information.email} value={props.email || information.noEmail} />
        <Row label={information.source} value={information.sources[props.source]} />
        <Row label={information.since} value={whenText(props.since, props.frame.words)} />
        {props.changed === undefined ? null : (
          <Row label={information.changed} value={whenText(props.changed, props.frame.words)} />
        )}
        <div>
          <dt>{information.notice}</dt>
          <dd>
            {agreed === undefined ? (
              information.notAsked
            ) : (
              <a href={agreed.href}>
                {filled(information.agreed, {
                  version: agreed.version,
                  // In one piece: a date that is broken is hard to read.
                  at: whenText(agreed.at, props.frame.words).replaceAll(' ', '\u00a0'),
                })}
              </a>
            )}
          </dd>
        </div>
      </dl>
      <p class="reg-more">
        <a href={props.showHref}>{props.isWhole ? information.hide : information.show}</a>
      </p>
    </section>
  )
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  )
}

/** How to follow, for whoever does not. */
function Follow({ frame, official }: InformationProps) {
  const { follow } = frame.words.register
  const { name, code } = official
  return (
    <section class="reg-card reg-follow" aria-labelledby="follow">
      <h2 id="follow">
        <span class="weui-icon-warn reg-icon_small" aria-hidden="true" />
        {follow.title}
      </h2>
      {follow.text.map((line) => (
        <p>{filled(line, { name })}</p>
      ))}
      <ol>
        {follow.steps.map((line) => (
          <li>{filled(line, { name })}</li>
        ))}
      </ol>
      {code ? (
        <>
          <p>{follow.code}</p>
          <QrCode code={code} label={filled(follow.codeLabel, { name })} />
        </>
      ) : null}
    </section>
  )
}
