import type { PageNeeds } from '../../page/reply.ts'

async function load() {
  const [frame, error, outside, who, consent, refused] = await Promise.all([
    import('../../page/frame.ts'),
    import('../../../views/wechat/error.tsx'),
    import('../../../views/wechat/outside.tsx'),
    import('../../../views/wechat/who.tsx'),
    import('../../../views/wechat/consent.tsx'),
    import('../../../views/wechat/refused.tsx'),
  ])
  return { ...frame, ...error, ...outside, ...who, ...consent, ...refused }
}

let loaded: Awaited<ReturnType<typeof load>> | undefined

/** Loads what pages are made with; a call waits for it before its unit. */
export async function loadViews(): Promise<void> {
  loaded ??= await load()
}

/** What pages are made with. */
export function views(): Awaited<ReturnType<typeof load>> {
  if (!loaded) throw new Error('pages are shown when their views are loaded')
  return loaded
}

/** Browsers hold what comes after a form against this, all redirects of the site included: it may lead anywhere in the web. */
export const leads_on: PageNeeds = { forms: ['http:', 'https:'] }
