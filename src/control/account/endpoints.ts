import { confirmEid, issueEid, resumeEid, revokeEid, rotateEid, suspendEid } from '../eid.ts'
import { connectAccount } from './connect.ts'
import { createAccount } from './create.ts'
import { getAccount } from './get.ts'
import { listAccounts } from './list.ts'
import { publishRegistrationPage } from './registration-page.ts'
import { getRegistrationQr } from './registration-qr.ts'
import { updateAccount } from './update.ts'
import { askVendor, grantVendor, refuseVendor } from './vendor.ts'

/** What is done to TUPU's side of a customer, in the order of its life. */
export const accountEndpoints = [
  createAccount,
  listAccounts,
  updateAccount,
  getAccount,
  askVendor,
  grantVendor,
  refuseVendor,
  connectAccount,
  publishRegistrationPage,
  getRegistrationQr,
  issueEid,
  confirmEid,
  suspendEid,
  resumeEid,
  revokeEid,
  rotateEid,
]
