import type { Endpoint } from '../core/endpoint.ts'
import { phoneSurface } from '../phone/pages/surface.ts'
import { registerSurface } from '../tupu/register/surface.ts'
import { wechatPages } from '../wechat/pages.ts'

/** The pages that people in WeChat see. They stand in no list of the API, but the journal keeps them, and faults meet them. */
export const people_pages: readonly Pick<Endpoint<never>, 'id' | 'faults'>[] = [
  registerSurface,
  wechatPages,
  phoneSurface,
].flatMap(({ endpoints }) => [...endpoints])
