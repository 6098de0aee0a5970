import { filled } from '../components/text.tsx'
import { type PageProps, Sheet } from './parts.tsx'

interface Props extends PageProps {
  readonly action: string
  readonly backHref: string
  readonly token: string
  readonly stale: boolean
  readonly langHref: (lang: string) => string
}

/** Asks once more before anything is erased, and says what. */
export function WithdrawForm({ frame, company, action, backHref, token, stale, langHref }: Props) {
  const { withdraw, form } = frame.words.register
  return (
    <Sheet frame={frame} company={company} title={withdraw.title} langHref={langHref}>
      {stale ? (
        <section class="reg-summary" role="alert">
          <p>{form.stale}</p>
        </section>
      ) : null}
      <section class="reg-card reg-text">
        {withdraw.text.map((line) => (
          <p>{filled(line, { company })}</p>
        ))}
        <ul>
          {withdraw.erased.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <p>{withdraw.kept}</p>
      </section>
      <form method="post" action={action} class="reg-form">
        <input type="hidden" name="csrf" value={token} />
        <p class="reg-buttons">
          <button type="submit" class="weui-btn weui-btn_warn">
            {withdraw.submit}
          </button>
          <a class="weui-btn weui-btn_default" href={backHref}>
            {withdraw.back}
          </a>
        </p>
      </form>
    </Sheet>
  )
}
