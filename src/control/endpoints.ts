import { phoneEndpoints } from '../phone/endpoints.ts'
import {
  connectAccount,
  createAccount,
  getAccount,
  listAccounts,
  updateAccount,
} from './account/endpoints.ts'
import { getRegistrationQr, publishRegistrationPage } from './account/registration.ts'
import { askVendor, grantVendor, refuseVendor } from './account/vendor.ts'
import {
  approveApplication,
  createApplication,
  getApplication,
  listApplications,
  rejectApplication,
  submitApplication,
  updateApplication,
} from './application/endpoints.ts'
import {
  createAssociation,
  releaseAssociation,
  withdrawAssociation,
} from './association/endpoints.ts'
import { associationHistory } from './association/history.ts'
import { listAssociations } from './association/list.ts'
import { searchAssociation } from './association/search.ts'
import { getAudit } from './audit/endpoints.ts'
import { getBundle } from './bundle/endpoint.ts'
import { listCallbacks, redeliverCallback } from './callback.ts'
import { checkMessage } from './check/endpoint.ts'
import { advanceClock, clockTimeline, getClock, setClock } from './clock/endpoints.ts'
import { listContacts } from './contact/endpoints.ts'
import { getCoverage } from './coverage/endpoints.ts'
import { listDrills, startDrill, stopDrill } from './drill/endpoints.ts'
import { confirmEid, issueEid, resumeEid, revokeEid, rotateEid, suspendEid } from './eid.ts'
import { getExchange, listExchanges } from './exchange/endpoints.ts'
import { exchangeStream } from './exchange/stream.ts'
import { getExplain } from './explain/endpoints.ts'
import { clearFault, createFault, deleteFault, getFault, listFaults } from './fault/endpoints.ts'
import { importEndpoints } from './import/endpoints.ts'
import { listIndustries, setIndustry } from './industry.ts'
import { listMagic } from './magic.ts'
import { listMessages, messageReceipt } from './message/endpoints.ts'
import { messageInfo } from './message/info.ts'
import { messageOutcomes } from './message/outcomes.ts'
import { searchMessage } from './message/search.ts'
import { testMessage } from './message/test-send.ts'
import { expireAccessToken, revokeAccessToken } from './official-account/access-token.ts'
import { getOfficialAccount, updateOfficialAccount } from './official-account/endpoints.ts'
import { publishOfficialAccountMenu } from './official-account/menu.ts'
import { personEndpoints } from './person/search.ts'
import { listPrivacyNotices, publishPrivacyNotice } from './privacy-notice.ts'
import { getPush, listPushes, redeliverPush } from './push.ts'
import {
  createSnapshot,
  deleteSnapshot,
  listSnapshots,
  restoreSnapshot,
} from './snapshot/endpoints.ts'
import { getSnapshot } from './snapshot/file.ts'
import { getStray, listStrays } from './stray/endpoints.ts'
import { createTemplate, disableTemplate, enableTemplate, listTemplateLibrary } from './template.ts'
import { getTrace } from './trace/endpoints.ts'
import { runVerify } from './verify/endpoints.ts'
import { runWait } from './wait/endpoints.ts'
import { createWebsiteApp, deleteWebsiteApp, listWebsiteApps } from './website-app.ts'
import { createWorld, deleteWorld, getWorld, listWorlds, resetWorld } from './world/endpoints.ts'
import { exportWorld } from './world/export.ts'

/** Every call of the control API, in the order of the documents. */
export const controlEndpoints = [
  createWorld,
  listWorlds,
  getWorld,
  deleteWorld,
  resetWorld,
  exportWorld,
  getBundle,
  createSnapshot,
  listSnapshots,
  getSnapshot,
  restoreSnapshot,
  deleteSnapshot,
  createAssociation,
  listAssociations,
  searchAssociation,
  releaseAssociation,
  withdrawAssociation,
  associationHistory,
  ...importEndpoints,
  listMessages,
  searchMessage,
  messageOutcomes,
  testMessage,
  checkMessage,
  // Behind those in whose paths its own would be a message.
  messageInfo,
  messageReceipt,
  listContacts,
  getAudit,
  listCallbacks,
  redeliverCallback,
  listPushes,
  getPush,
  redeliverPush,
  createWebsiteApp,
  deleteWebsiteApp,
  listWebsiteApps,
  ...personEndpoints,
  ...phoneEndpoints,
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
  publishPrivacyNotice,
  listPrivacyNotices,
  updateOfficialAccount,
  publishOfficialAccountMenu,
  expireAccessToken,
  revokeAccessToken,
  getOfficialAccount,
  listIndustries,
  setIndustry,
  createApplication,
  updateApplication,
  submitApplication,
  approveApplication,
  rejectApplication,
  listApplications,
  getApplication,
  createTemplate,
  disableTemplate,
  enableTemplate,
  listTemplateLibrary,
  listExchanges,
  // Before the one in whose path its own would be a seq.,
  exchangeStream,
  getExchange,
  listStrays,
  getStray,
  getExplain,
  getTrace,
  getClock,
  setClock,
  advanceClock,
  clockTimeline,
  listDrills,
  startDrill,
  stopDrill,
  runWait,
  runVerify,
  listMagic,
  createFault,
  listFaults,
  getFault,
  deleteFault,
  clearFault,
  getCoverage,
] as const

/** Each by its own type: what calls in process take and give follows from it. */

export type ControlEndpoint = (typeof controlEndpoints)[number]
