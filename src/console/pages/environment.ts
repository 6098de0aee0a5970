import { readEnvironment } from '../../control/site/environment.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { views } from '../views.ts'

/** How a platform is connected, and where everything else stands. */
export const environmentPage: ConsolePage = {
  name: 'environment',
  path: '/environment',
  show(call, address, state = {}) {
    const facts = readEnvironment(call)
    return pageResponse(call, address, state, (of) => views().EnvironmentPage({ ...of, facts }))
  },
}
