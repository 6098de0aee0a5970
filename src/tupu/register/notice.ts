import { findNotice } from '../../../db/privacy-notice.ts'
import { queryOf } from '../../core/request.ts'
import { frameOf } from '../../page/frame.ts'
import { type Notice, noticeOf, standing_notice } from '../association/notice.ts'
import { langHref, linkTo, page, type RegisterCall } from './call.ts'
import { noticeText } from './notice-text.ts'
import { input } from './personal.ts'
import { show, showMessage } from './shown.ts'
import { views } from './views.ts'

/** The privacy notice, for everybody; `version`: an older one, which somebody has agreed to. */
export const noticePage = page({
  id: 'register.notice',
  methods: ['GET'],
  path: '/register/{eid}/notice',
  from: ['query'],
  input,
  async handle(call) {
    const { caller, request } = call
    const asked = queryOf(request.url)['version']
    const notice = await noticeOfVersion(call, asked)
    if (!notice) return showMessage(call, 'no_page', linkTo(caller, { page: 'notice' }))
    const frame = frameOf(caller.lang)
    const page = views().Notice({
      frame,
      company: caller.account.company,
      version: notice.version,
      text: noticeText(notice, frame),
      backHref: linkTo(caller),
      langHref: langHref(asked === undefined ? {} : { version: asked }),
    })
    return show(call, page, { page: 'register.notice' })
  },
})

async function noticeOfVersion(
  call: RegisterCall,
  asked: string | undefined,
): Promise<Notice | undefined> {
  const { db, world, caller } = call
  const { eid } = caller.account
  const newest = await noticeOf(call, caller.account)
  if (asked === undefined || asked === String(newest.version)) return newest
  if (asked === String(standing_notice.version)) return standing_notice
  if (!/^[1-9]\d{0,8}$/.test(asked)) return undefined
  return findNotice(db, { epoch: world.epoch, eid, version: Number(asked) })
}
