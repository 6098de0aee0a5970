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
      terms: '{}',
      message_after: '',
      seq_before: 0,
      created_at: 0,
    }
    await db.insertInto('erasure').values(erasure).execute()
  }
}
