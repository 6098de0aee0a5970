import { type ConsolePage, pageResponse } from '../page.ts'
import { views } from '../views.ts'

/** Every component in every state, for those who build pages. It shows nothing of any world. */
export const styleguidePage: ConsolePage = {
  name: 'styleguide',
  path: '/styleguide',
  show(call, address, state = {}) {
    return pageResponse(call, address, state, (of) => views().StyleguidePage(of))
  },
}
