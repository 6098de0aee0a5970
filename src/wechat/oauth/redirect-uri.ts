/** Where web OAuth may lead back: an address of the web, without a name and password before its host. */
export function readRedirect(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb && url.username === '' && url.password === '' ? url : undefined
}

/** Whether an account's list has the host of an address. A host is itself alone, and a port is never allowed. */
export function isListed(url: URL, domains: readonly string[]): boolean {
  return url.port === '' && domains.includes(url.hostname)
}

/** The address with the code: behind its own query, before its fragment. */
export function withCode(url: URL, { code, state }: { code: string; state: string }): string {
  const back = new URL(url)
  const before = url.search === '' ? '?' : `${url.search}&`
  back.search = `${before}code=${code}&state=${encodeURIComponent(state)}`
  return back.href
}
