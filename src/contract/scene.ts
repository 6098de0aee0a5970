import { readMobile } from '../tupu/mobile.ts'

/** Whom checks may concern. */
export interface Scene {
  /** Registered at the account; sends go to the first alone. */
  readonly mobiles: readonly string[]
  /** One that nobody registered; undefined: what asks for one is not tried. */
  readonly unbound: string | undefined
  /** Whether anything may be sent at all. */
  readonly send: boolean
}

/** Why checks would say of the partner what is a mistake of whoever asks: no mobile, or one that is registered and not. */
export function sceneFault({ mobiles, unbound }: Scene) {
  const of = (field: 'mobile' | 'unbound') => (text: string) => {
    return { field, text, read: readMobile(text) }
  }
  const registered = mobiles.map(of('mobile'))
  const unregistered = unbound === undefined ? [] : [of('unbound')(unbound)]
  const none = [...registered, ...unregistered].find(({ read }) => read === undefined)
  if (none)
    return {
      field: none.field,
      reason: `has "${none.text}", which is not a mobile`,
      fix: 'Give a mobile number; without a country code it is Chinese.',
    }
  const both = unregistered.find(({ read }) => registered.some((one) => one.read === read))
  return (
    both && {
      field: both.field,
      reason: `names ${both.text}, which --mobile also names`,
      fix: 'Give one that is not registered anywhere, or leave it out.',
    }
  )
}
