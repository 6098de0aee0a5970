import type { Fidelity as Label } from '../../src/core/refusal.ts'
import { Code, Paragraphs, Say } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import { Fields } from './fields.tsx'
import type { Docs } from './props.ts'
import { FidelityBadge } from './refusals.tsx'

const environment = `export TUPU_SIM_URL=http://localhost:8878
export TUPU_BASE_URL=$TUPU_SIM_URL/tupu/v1
export WECHAT_API_BASE=$TUPU_SIM_URL`
const look_up = 'curl "$TUPU_SIM_URL/_sim/v1/worlds/default"'

/** What the examples take for granted. */
export function Start({ words: { docs } }: { words: Words }) {
  const [names = '', values = '', ...rest] = docs.start.text
  return (
    <section aria-labelledby="start">
      <h2 id="start">{docs.start.title}</h2>
      <Paragraphs of={[names]} />
      <Code text={environment} copy />
      <Paragraphs of={[values]} />
      <Code text={look_up} copy />
      <Paragraphs of={rest} />
    </section>
  )
}

const labels: readonly Label[] = ['documented', 'reported', 'assumed']

/** What the labels mean. */
export function Fidelity({ words }: { words: Words }) {
  return (
    <section aria-labelledby="fidelity">
      <h2 id="fidelity">{words.docs.fidelity.title}</h2>
      <Paragraphs of={words.docs.fidelity.text} />
      <dl class="glance">
        {labels.map((label) => (
          <div>
            <dt>
              <FidelityBadge words={words} fidelity={label} />
            </dt>
            <dd>{words.fidelity[label].means}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Runs in any POSIX shell that has openssl and curl. */
const signed_call = `body='{"eid":"'$TUPU_EID'","mobile":"13800138002","message":"欢迎加入"}'
url=$TUPU_BASE_URL/messages
path=/$(printf %s "$url" | cut -d/ -f4-)
timestamp=$(date +%s)
nonce=$(openssl rand -hex 8)
digest=$(printf %s "$body" | openssl dgst -sha256 | sed 's/.* //')
text=$(printf '%s\\n' "$timestamp" "$nonce" POST "$path" "$digest")
signature=$(printf %s "$text" | openssl dgst -sha256 -hmac "$TUPU_PARTNER_SECRET" | sed 's/.* //')
curl "$url" -H 'Content-Type: application/json' \\
  -H "X-Tupu-Timestamp: $timestamp" -H "X-Tupu-Nonce: $nonce" \\
  -H "X-Tupu-Signature: sha256=$signature" -d "$body"`

/** How a partner proves who it is. */
export function Signature({ words: { docs } }: { words: Words }) {
  return (
    <section aria-labelledby="signature">
      <h2 id="signature">{docs.signature.title}</h2>
      <Paragraphs of={docs.signature.text} />
      <Code text={signed_call} copy />
    </section>
  )
}

/** The format of a partner profile, with one as an example. */
export function Profiles({ words, profile }: { words: Words; profile: Docs['profile'] }) {
  const { docs } = words
  return (
    <section aria-labelledby="profiles">
      <h2 id="profiles">{docs.profiles.title}</h2>
      <Paragraphs of={docs.profiles.text} />
      <div class="sides">
        <div class="said">
          <h3>{docs.fields}</h3>
          <Fields words={words} fields={profile.fields} />
        </div>
        <div class="shown">
          <h3>{docs.example}</h3>
          <Code text={profile.example} copy />
        </div>
      </div>
    </section>
  )
}

/** The rules whose names stand in decisions. */
export function Decisions({ words }: { words: Words }) {
  const { docs, rules } = words
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">{docs.decisions.title}</h2>
      <Paragraphs of={docs.decisions.text} />
      <h3>{docs.rules}</h3>
      <dl class="glance">
        {Object.entries(rules).map(([rule, means]) => (
          <div>
            <dt>
              <code>{rule}</code>
            </dt>
            <dd>
              <Say text={means} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
