import { confirmIssued, issueEid, resumeEid, revokeEid, rotateEids, suspendEid } from '../eid.ts'
import { connectAccount } from './connect.ts'
import { addAccount } from './create.ts'
import { getAccountLife } from './get.ts'
import { listAllAccounts } from './list.ts'
import { publishRegistrationPage } from './registration-page.ts'
import { getRegistrationQr } from './registration-qr.ts'
import { changeAccount } from './update.ts'
import { askVendor, grantVendor, refuseVendor } from './vendor.ts'

/** What is done to TUPU's side of a customer, in the order of its life. */
export const accountEndpoints = [
  addAccount,
  listAllAccounts,
  changeAccount,
  getAccountLife,
  askVendor,
  grantVendor,
  refuseVendor,
  connectAccount,
  publishRegistrationPage,
  getRegistrationQr,
  issueEid,
  confirmIssued,
  suspendEid,
  resumeEid,
  revokeEid,
  rotateEids,
]
