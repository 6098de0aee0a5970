import type { Migration } from 'kysely/migration'
import * as foundation from './0001-foundation.ts'
import * as people from './0002-people.ts'
import * as life from './0003-life.ts'
import * as subject from './0004-subject.ts'
import * as log from './0005-log.ts'
import * as index from './0006-index.ts'
import * as phone from './0007-phone.ts'
import * as wide from './0008-wide.ts'
import * as nonce from './0009-nonce.ts'
import * as chosen from './0010-chosen.ts'
import * as fault from './0011-fault.ts'
import * as contact from './0012-contact.ts'
import * as snapshot from './0013-snapshot.ts'
import * as coverage from './0015-coverage.ts'
import * as drill from './0016-drill.ts'
import * as address from './0017-address-eid.ts'
import * as lost from './0019-message-lost.ts'
import * as chat from './0020-chat.ts'
import * as push from './0021-push.ts'
import * as tag from './0022-tag.ts'
import * as subscription from './0023-subscription.ts'
import * as talk from './0024-talk.ts'
import * as page from './0025-page.ts'
import * as menu from './0026-menu.ts'
import * as expiry from './0027-expiry.ts'
import * as pushEvent from './0028-push-event.ts'
import * as website from './0029-website.ts'
import * as associationImport from './0030-import.ts'

/** All migrations by name, run in the order of their names; forward only. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-people': people,
  '0003-life': life,
  '0004-subject': subject,
  '0005-log': log,
  '0006-index': index,
  '0007-phone': phone,
  '0008-wide': wide,
  '0009-nonce': nonce,
  '0010-chosen': chosen,
  '0011-fault': fault,
  '0012-contact': contact,
  '0013-snapshot': snapshot,
  '0015-coverage': coverage,
  '0016-drill': drill,
  '0017-address-eid': address,
  '0019-message-lost': lost,
  '0020-chat': chat,
  '0021-push': push,
  '0022-tag': tag,
  '0023-subscription': subscription,
  '0024-talk': talk,
  '0025-page': page,
  '0026-menu': menu,
  '0027-expiry': expiry,
  '0028-push-event': pushEvent,
  '0029-website': website,
  '0030-import': associationImport,
}
