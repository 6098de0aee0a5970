import type { AccountProps } from './parts.tsx'

/** The direct link to the registration page, as text and as a QR code. */
export function Registration({ frame: { words }, facts: { life, qr }, site }: AccountProps) {
  const text = words.console.registration
  const picture = `/_sim/v1/worlds/${site.facts.world}/accounts/${life.key}/registration-qr`
  return (
    <section aria-labelledby="registration">
      <h2 id="registration">{text.title}</h2>
      {life.register_url === null ? (
        <p>{text.none}</p>
      ) : (
        <p>
          <a href={life.register_url}>{life.register_url}</a>
          <br />
          {life.state === 'active' ? text.link : text.closed}
        </p>
      )}
      {qr === null ? null : (
        <>
          <img
            class="co-qr"
            src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
            alt={text.qr}
            width="200"
            height="200"
          />
          <p class="co-row">
            <a href={`${picture}?format=png`}>{text.png}</a>
            <a href={`${picture}?format=svg`}>{text.svg}</a>
          </p>
        </>
      )}
    </section>
  )
}
