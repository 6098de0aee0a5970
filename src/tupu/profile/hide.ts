import type { RawRequest } from '../../core/request.ts'
import type { Profile } from './spelled.ts'

const HIDDEN = '***'

/**
 * Takes out of a request, before it is kept, what proves who made it and stands under a name that only the profile knows.
 * Undefined: names that the journal hides by itself.
 */
export function secretHider({
  authentication,
}: Pick<Profile, 'authentication'>): ((request: RawRequest) => RawRequest) | undefined {
  const at = placeOfSecret(authentication)
  if (at?.startsWith('query:')) return (request) => withoutParameter(request, at.slice(6))
  if (!at?.startsWith('header:')) return undefined
  const name = at.slice(7).toLowerCase()
  return (request) =>
    request.headers[name] === undefined
      ? request
      : { ...request, headers: { ...request.headers, [name]: HIDDEN } }
}

function placeOfSecret(authentication: Profile['authentication']): string | undefined {
  if (authentication.kind === 'signed') return authentication.at
  if (authentication.kind !== 'key') return undefined
  const { header, query } = authentication
  return header === undefined ? `query:${query}` : `header:${header}`
}

function withoutParameter(request: RawRequest, name: string): RawRequest {
  const [path = '', query] = request.url.split(/\?(.*)/s)
  if (query === undefined) return request
  const parts = query.split('&').map((part) => {
    const [key = ''] = part.split('=')
    return new URLSearchParams(key).has(name) ? `${key}=${HIDDEN}` : part
  })
  return { ...request, url: `${path}?${parts.join('&')}` }
}
