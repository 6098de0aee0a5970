import { z } from 'zod'
import { page, refusePage, textOf } from './page.ts'
import { unnumbered } from './page-errors.ts'

/** Where websites on a desktop send people to scan a code. It wants a website app of the Open Platform, and none is played. */
export const loginWebsite = page({
  id: 'oauth.website',
  methods: ['GET'],
  path: '/connect/qrconnect',
  from: ['query'],
  input: z.object({}),
  handle(call) {
    const actual = textOf(call, 'appid')
    const expected = 'a website app of the Open Platform, which this server has not'
    return refusePage(call, unnumbered.website, { rule: 'website.known', actual, expected }, 404)
  },
})
