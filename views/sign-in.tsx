import { Say } from './components/text.tsx'
import { type Frame, Layout } from './layout.tsx'
import type { Words } from './words/en.ts'

/** What the page is asked to show. */
export interface SignInFacts {
  /** The path of ours that it leads on to. */
  readonly next: string
  /** Needed: another page sent the browser here. Wrong: what was typed is not the control token. Slowed: that was so too often. */
  readonly state: 'asked' | 'needed' | 'wrong' | 'slowed' | 'signed_in'
}

interface Props {
  readonly frame: Frame
  readonly facts: SignInFacts
}

/** Asks a browser for the control token, or lets it go again. */
export function SignInPage({ frame, facts }: Props) {
  const { words, lang } = frame
  const { signIn } = words
  const { next, state } = facts
  return (
    <Layout
      frame={frame}
      title={`${signIn.title} – ${words.site.name}`}
      langHref={(other) => `/sign-in?next=${encodeURIComponent(next)}&lang=${other}`}
    >
      <div class="page narrow">
        <h1>{signIn.title}</h1>
        {state === 'signed_in' ? (
          <SignedIn words={words} lang={lang} next={next} />
        ) : (
          <TokenForm words={words} lang={lang} facts={facts} />
        )}
      </div>
    </Layout>
  )
}

function TokenForm({ words, lang, facts }: { words: Words; lang: string; facts: SignInFacts }) {
  const { signIn } = words
  const { state } = facts
  const fault = state === 'wrong' || state === 'slowed' ? signIn[state] : undefined
  const isWrong = fault !== undefined
  return (
    <>
      <p>{state === 'needed' ? signIn.needed : signIn.asked}</p>
      <form class="fields" method="post" action={`/sign-in?lang=${lang}`}>
        <input type="hidden" name="next" value={facts.next} />
        <label for="token">{signIn.token}</label>
        <p class="hint" id="token-hint">
          <Say text={signIn.hint} />
        </p>
        {isWrong ? (
          <p class="fault" id="token-fault">
            {fault}
          </p>
        ) : null}
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="current-password"
          required
          autofocus={isWrong}
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={isWrong ? 'token-fault token-hint' : 'token-hint'}
        />
        <button type="submit">{signIn.enter}</button>
      </form>
    </>
  )
}

function SignedIn({ words: { signIn }, lang, next }: { words: Words; lang: string; next: string }) {
  return (
    <>
      <p>{signIn.signedIn}</p>
      <p>
        <a class="button" href={next}>
          {signIn.goOn}
        </a>
      </p>
      <form class="fields" method="post" action={`/sign-out?lang=${lang}`}>
        <button class="quiet" type="submit">
          {signIn.leave}
        </button>
      </form>
    </>
  )
}
