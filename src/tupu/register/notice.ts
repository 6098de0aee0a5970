import { findNotice } from '../../../db/privacy-notice.ts'
import type { Frame } from '../../../views/layout.tsx'
import { queryOf } from '../../core/request.ts'
import { frameOf } from '../../page/frame.ts'
import { type Notice, noticeOf, standing_notice } from '../association/notice.ts'
import { langHref, linkTo, page, type RegisterCall } from './call.ts'
import { input } from './personal.ts'
import { messageResponse, pageResponse } from './response.ts'
import { views } from './views.ts'

/** The privacy notice, for everybody; `version`: an older one, which somebody has agreed to. */
export const noticePage = page({
  id: 'register.notice',
  methods: ['GET'],
  path: '/register/{eid}/notice',
  from: ['query'],
  input,
  handle(call) {
    const { caller, request } = call
    const { version } = queryOf(request.url)
    const notice = noticeOfVersion(call, version)
    if (!notice) return messageResponse(call, 'no_page', linkTo(caller, { page: 'notice' }))
    const frame = frameOf(caller.lang, call.request)
    const page = views().Notice({
      frame,
      company: caller.account.company,
      version: notice.version,
      text: noticeText(notice, frame),
      backHref: linkTo(caller),
      langHref: langHref(version === undefined ? {} : { version }),
    })
    return pageResponse(call, page, { page: 'register.notice' })
  },
})

function noticeOfVersion(call: RegisterCall, version: string | undefined): Notice | undefined {
  const { db, world, caller } = call
  const { eid } = caller.account
  const newest = noticeOf(call, caller.account)
  if (version === undefined || version === String(newest.version)) return newest
  if (version === String(standing_notice.version)) return standing_notice
  if (!/^[1-9]\d{0,8}$/.test(version)) return undefined
  return findNotice(db, { epoch: world.epoch, eid, version: Number(version) })
}

/** The paragraphs of a notice in the language of a page: the account's own text, else the standing one. */
export function noticeText(
  { zh, en }: Pick<Notice, 'zh' | 'en'>,
  { words, lang }: Pick<Frame, 'words' | 'lang'>,
): readonly string[] {
  const own = lang === 'zh' ? zh : en
  if (own === null) return words.register.notice.text
  return own
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
