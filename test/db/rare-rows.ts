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
export function putRareRows(db: Db, epoch: number): void {
  for (const n of ['1', '2', '3']) {
    const code = { ...oauth, epoch, code: n, issued_at: 0, expires_at: 1, used_at: null }
    db.write(db.insertInto('oauth_code').values(code))
    const token = {
      ...oauth,
      epoch,
      token: n,
      refresh_token: n,
      expires_at: 1,
      refresh_expires_at: 1,
    }
    db.write(db.insertInto('web_token').values(token))
    const scene = {
      epoch,
      ticket: n,
      appid,
      action: 'QR_SCENE',
      scene: n,
      path: n,
      created_at: 0,
    } as const
    db.write(db.insertInto('scene_code').values(scene))
    const type = n === '1' ? 'jsapi' : 'wx_card'
    const ticket = {
      epoch,
      appid: appid + n,
      type,
      ticket: n,
      issued_at: 0,
      expires_at: 1,
    } as const
    db.write(db.insertInto('js_ticket').values(ticket))
    const menu = { epoch, appid, menuid: Number(n), buttons: '[]', created_at: 0 }
    db.write(db.insertInto('conditional_menu').values(menu))
    const link = { epoch, short_key: n, appid, long_data: n, created_at: 0, expires_at: 1 }
    db.write(db.insertInto('short_link').values(link))
    const app = { epoch, appid: appid + n, key: n, name: n, app_secret: n, created_at: 0 }
    db.write(db.insertInto('website_app').values(app))
    const login = { epoch, uuid: n, appid, redirect_uri: n, state: '', status: 'waiting' } as const
    db.write(db.insertInto('website_login').values({ ...login, created_at: 0, expires_at: 1 }))
    const session = { epoch, session: n, eid: 'acme', snapshot: 0, created_at: 0, expires_at: 1 }
    db.write(db.insertInto('session').values(session))
    const notice = {
      epoch,
      eid: 'acme',
      version: Number(n),
      zh: '告知',
      en: 'Notice',
      published_at: 0,
    }
    db.write(db.insertInto('privacy_notice').values(notice))
    const erasure = {
      epoch,
      erasure: n,
      work: '{}',
      created_at: 0,
    }
    db.write(db.insertInto('erasure').values(erasure))
    const subject = { epoch, subject: n, trace: n, message: null }
    db.write(db.insertInto('exchange_subject').values(subject))
    const event = { epoch, event: n, eid: 'acme', verb: 'enquiry', detail: '{}', at: 0 }
    db.write(db.insertInto('account_event').values(event))
    const eid = { epoch, eid: n, account: 'acme', n: Number(n), valid_until: null, issued_at: 0 }
    db.write(db.insertInto('eid').values(eid))
    const used = { epoch, eid: n, began_at: 0, used: 1 }
    db.write(db.insertInto('call_count').values(used))
    db.write(db.insertInto('nonce').values({ epoch, nonce: n, expires_at: 0 }))
    const quota = { epoch, appid, path: n, per: 'day', span: '2026-01-05', used: 1 } as const
    db.write(db.insertInto('quota_count').values(quota))
    const text = { title: '通知', content: '{{first.DATA}}', example: '' }
    const application = { epoch, application: n, appid, n: 1, ...text, state: 'draft' } as const
    const times = { submissions: 0, created_at: 0 }
    db.write(db.insertInto('application').values({ ...application, ...times }))
    const callback = { epoch, callback: n, eid: 'acme', message: n, trace: '', body: '{}' } as const
    const begun = { state: 'pending', tries: 0, tries_left: 6 } as const
    db.write(db.insertInto('callback').values({ ...callback, ...begun, first_at: 0 }))
    db.write(
      db.insertInto('address').values({ epoch, email: n, mobile: n, eid: 'acme', subject: n }),
    )
    const sms = { channel: 'sms', mobile: n, from: '', subject: '', text: '', trace: n } as const
    db.write(db.insertInto('contact').values({ epoch, contact: n, ...sms, at: 0 }))
    const said = { sender: 'person', type: 'text', parts: '{}', on_phone: 1, sent_at: 0 } as const
    db.write(db.insertInto('chat_message').values({ epoch, msgid: n, appid, openid: n, ...said }))
    const pushed = { event: 'text', elements: '[]', trace: '', created_at: 0 } as const
    const push = { epoch, push: n, appid, openid: n, ...pushed, msgid: n, ...begun } as const
    db.write(db.insertInto('push').values(push))
    const did = { kind: 'message', at: 0, sends_left: 20 } as const
    db.write(db.insertInto('interaction').values({ epoch, openid: n, ...did }))
    const file = { kind: 'image', type: 'image/png', content: Buffer.from('x'), size: 1 } as const
    const uploaded = {
      epoch,
      media_id: n,
      n: Number(n),
      appid,
      ...file,
      uploaded_at: 0,
      expires_at: 1,
    }
    db.write(db.insertInto('media').values(uploaded))
    const agreed = { template_id: n, scene: '', answer: 'accept', answered_at: 0 } as const
    db.write(db.insertInto('subscription').values({ epoch, openid: n, ...agreed }))
    const entry = {
      tid: 1,
      kind: 'once',
      scene_desc: '',
      title: '通知',
      content: '',
      example: '',
    } as const
    const added = { epoch, template_id: n, appid, n: Number(n), ...entry, created_at: 0 }
    db.write(db.insertInto('subscription_template').values(added))
    db.write(db.insertInto('tag').values({ epoch, appid, id: Number(n), name: n, created_at: 0 }))
    const tagging = { epoch, openid: n, id: Number(n), appid, tagged_at: 0 }
    db.write(db.insertInto('tagging').values(tagging))
    const fault = { epoch, fault: n, given: '{}', plan: '{}', fits: 0, hits: 0, created_at: 0 }
    db.write(db.insertInto('fault').values(fault))
    const drill = { epoch, drill: n, places: '{}', started_at: 0, ends_at: 1, next_act: 0 }
    db.write(db.insertInto('drill').values(drill))
    const counts = { bytes_total: 1, bytes_done: 1, created: 0, updated: 0, refused: 0 }
    const told = { state: 'done', report: '[]', begun_at: 0, told_at: 0 } as const
    const reading = { epoch, import_id: n, account: 'eid', ...counts, ...told }
    db.write(db.insertInto('association_import').values(reading))
  }
}
