import type { Db } from '../../db/unit.ts'

const appid = 'wx0123456789abcdef'
const oauth = {
  appid,
  openid: 'o-openid',
  person: 'p-1',
  scope: 'snsapi_base',
  snapshot: 0,
} as const

/** Some rows of an epoch in each table that a world fills only when people come with a browser. */
export async function putRareRows(db: Db, epoch: number): Promise<void> {
  for (const n of ['1', '2', '3']) {
    const code = { ...oauth, epoch, code: n, issued_at: 0, expires_at: 1, used_at: null }
    await db.insertInto('oauth_code').values(code).execute()
    const token = {
      ...oauth,
      epoch,
      token: n,
      refresh_token: n,
      expires_at: 1,
      refresh_expires_at: 1,
    }
    await db.insertInto('web_token').values(token).execute()
    const scene = {
      epoch,
      ticket: n,
      appid,
      action: 'QR_SCENE',
      scene: n,
      path: n,
      created_at: 0,
    } as const
    await db.insertInto('scene_code').values(scene).execute()
    const session = { epoch, session: n, eid: 'acme', snapshot: 0, created_at: 0, expires_at: 1 }
    await db.insertInto('session').values(session).execute()
    const notice = {
      epoch,
      eid: 'acme',
      version: Number(n),
      zh: '告知',
      en: 'Notice',
      published_at: 0,
    }
    await db.insertInto('privacy_notice').values(notice).execute()
    const erasure = {
      epoch,
      erasure: n,
      work: '{}',
      created_at: 0,
    }
    await db.insertInto('erasure').values(erasure).execute()
    const subject = { epoch, subject: n, trace: n, message: null }
    await db.insertInto('exchange_subject').values(subject).execute()
    const event = { epoch, event: n, eid: 'acme', verb: 'enquiry', detail: '{}', at: 0 }
    await db.insertInto('account_event').values(event).execute()
    const eid = { epoch, eid: n, account: 'acme', n: Number(n), valid_until: null, issued_at: 0 }
    await db.insertInto('eid').values(eid).execute()
    const used = { epoch, eid: n, began_at: 0, used: 1 }
    await db.insertInto('call_count').values(used).execute()
    const quota = { epoch, appid, path: n, per: 'day', span: '2026-01-05', used: 1 } as const
    await db.insertInto('quota_count').values(quota).execute()
    const text = { title: '通知', content: '{{first.DATA}}', example: '' }
    const application = { epoch, application: n, appid, n: 1, ...text, state: 'draft' } as const
    const times = { submissions: 0, created_at: 0 }
    await db
      .insertInto('application')
      .values({ ...application, ...times })
      .execute()
    const callback = { epoch, callback: n, eid: 'acme', message: n, trace: '', body: '{}' } as const
    const tries = { state: 'pending', tries: 0, tries_left: 6, first_at: 0 } as const
    await db
      .insertInto('callback')
      .values({ ...callback, ...tries })
      .execute()
  }
}
