type Views = typeof import('./render.ts')

let loaded: Views | undefined

/** Loads the pages' views: most processes show none. */
export async function prepareViews(): Promise<void> {
  loaded ??= await import('./render.ts')
}

/** The views, which a unit may not wait for. */
export function views(): Views {
  if (!loaded) throw new Error('the views of the console are not loaded yet')
  return loaded
}
