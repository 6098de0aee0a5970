/** What pages are made with. Called: the views, once they are loaded. */
export interface LazyViews<T> {
  (): T
  /** For a surface's `load`: a call waits for it before its unit, in which it may not. */
  load(): Promise<void>
}

/** Views that are imported when a page is first asked for: most processes show none. */
export function lazyViews<T>(importViews: () => Promise<T>): LazyViews<T> {
  let loaded: T | undefined
  const views = () => {
    if (loaded === undefined) throw new Error('a surface loads its views before its calls')
    return loaded
  }
  const load = async () => {
    loaded ??= await importViews()
  }
  return Object.assign(views, { load })
}
