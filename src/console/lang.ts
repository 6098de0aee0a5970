import { headerOf, queryOf, type RawRequest } from '../core/request.ts'
import { chooseLang, type Lang } from '../page/language.ts'

/** The language of a page for people at the simulator: as asked for, as the browser prefers, else English. */
export function langOf(request: RawRequest): Lang {
  return chooseLang(queryOf(request.url)['lang'], headerOf(request, 'accept-language'))
}
