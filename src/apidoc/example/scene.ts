import { exampleOf } from '../examples.ts'

/** Where and with which values examples are called. */
export interface ExampleScene {
  /** The server's, e.g. `http://localhost:8878`. */
  readonly origin: string
  /** Where the world's open APIs begin: the origin, or `…/w/ci-7`. */
  readonly base: string
  /** What placeholders of examples stand for: `acme.eid`, `wang.mobile`, `world`. */
  readonly values: ReadonlyMap<string, string>
  /** Whether control calls must carry the token. */
  readonly needsToken: boolean
}

/** What examples say of a world that has nothing of its own to say: the values of their answers. */
export function shownValues(): Map<string, string> {
  const of = (id: string, name: string) => String(exampleOf(id).input[name])
  return new Map([
    ['world', 'default'],
    ['acme.eid', of('message.send', 'eid')],
    ['acme.appid', of('token.get', 'appid')],
    ['acme.app_secret', of('token.get', 'secret')],
    ['acme.template_id', of('template.send', 'template_id')],
    ['acme.register_url', of('phone.scan', 'content')],
    ['wang.mobile', of('registration.query', 'mobile')],
    ['li.openid', of('template.send', 'touser')],
    ['clock.tomorrow', of('clock.set', 'now')],
  ])
}
