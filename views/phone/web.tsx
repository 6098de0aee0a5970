import { filled } from '../components/text.tsx'
import type { WebFacts } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

/**
 * What a page of somebody else's may do inside the phone: it cannot lead the whole window elsewhere. Of one of ours this would
 * keep nothing back.
 */
const sandbox = 'allow-scripts allow-forms allow-same-origin allow-popups'

/** A web page inside WeChat. */
export function WebPage(props: ScreenProps & { facts: WebFacts }) {
  const { frame, facts } = props
  const { web } = frame.words.phone
  const { url, isOurs, back, jssdkPath } = facts
  if (url === null) {
    return (
      <Shell {...props} title={web.title} back={back} backName={web.close} live={false}>
        <p class="ph-none" role="alert">
          {web.bad}
        </p>
      </Shell>
    )
  }
  const { host } = new URL(url)
  return (
    <Shell
      {...props}
      title={host}
      back={back}
      backName={web.close}
      live={false}
      action={
        <a class="ph-outside" id="outside" href={url} target="_blank" rel="noopener noreferrer">
          <span class="ph-hidden">{web.outside}</span>
        </a>
      }
    >
      {isOurs ? null : <Forbidden {...props} url={url} host={host} />}
      <iframe
        class={isOurs ? 'ph-web' : 'ph-web ph-web-below'}
        title={filled(web.frame, { host })}
        src={url}
        sandbox={isOurs ? undefined : sandbox}
        data-jssdk={jssdkPath}
      />
    </Shell>
  )
}

/** A page that forbids frames stays empty, and no page is told so: the way out stands above every page of somebody else's. */
function Forbidden({
  frame,
  url,
  host,
}: ScreenProps & { readonly url: string; readonly host: string }) {
  const { web } = frame.words.phone
  return (
    <p class="ph-web-note">
      {filled(web.empty, { host })}{' '}
      <a id="outside-too" href={url} target="_blank" rel="noopener noreferrer">
        {web.outside}
      </a>
    </p>
  )
}
