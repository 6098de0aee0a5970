import type { Call } from '../core/call.ts'
import { type Endpoint, isReply } from '../core/endpoint.ts'
import { locate, pathOf } from '../core/locate.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { body_encodings, isCleanText, packedBy } from '../core/request.ts'
import type { Answer, Surface } from '../core/surface.ts'
import { unknownWorld } from '../core/unknown-world.ts'
import { phoneEndpoints } from '../phone/endpoints.ts'
import { default_world, namedWorld, unattributed, type World } from '../world/world.ts'
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
import { listCallbacks, redeliverCallback } from './callback.ts'
import { advanceClock, clockTimeline, getClock, setClock } from './clock/endpoints.ts'
import { listContacts } from './contact/endpoints.ts'
import { getCoverage } from './coverage/endpoints.ts'
import { listDrills, startDrill, stopDrill } from './drill/endpoints.ts'
import { confirmEid, issueEid, resumeEid, revokeEid, rotateEid, suspendEid } from './eid.ts'
import { getExchange, listExchanges } from './exchange/endpoints.ts'
import { exchangeStream } from './exchange/stream.ts'
import { getExplain } from './explain/endpoints.ts'
import { clearFault, createFault, deleteFault, getFault, listFaults } from './fault/endpoints.ts'
import {
  cancelAssociationImport,
  createAssociationImport,
  getAssociationImport,
  listAssociationImports,
} from './import/endpoints.ts'
import { exportAssociations } from './import/export.ts'
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
import { createPerson, listPeople, updatePerson } from './person/person.ts'
import { searchPerson } from './person/search.ts'
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
import { createWebsiteApp, listWebsiteApps } from './website-app.ts'
import { createWorld, deleteWorld, getWorld, listWorlds, resetWorld } from './world/endpoints.ts'
import { exportWorld } from './world/export.ts'

const controlEndpoints = [
  createWorld,
  listWorlds,
  getWorld,
  deleteWorld,
  resetWorld,
  exportWorld,
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
  exportAssociations,
  createAssociationImport,
  getAssociationImport,
  listAssociationImports,
  cancelAssociationImport,
  listMessages,
  searchMessage,
  messageOutcomes,
  testMessage,
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
  listWebsiteApps,
  createPerson,
  listPeople,
  searchPerson,
  updatePerson,
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

/** The universe's own remote control. Errors are RFC 9457 problems that name field, reason and fix. */
export const controlSurface: Surface<undefined> = {
  name: 'control',
  bases: ['/_sim'],
  prefix: '/_sim/v1',
  area: 'control',
  endpoints: controlEndpoints,
  authenticate,
  refuseTransport(fault, { request, endpoint, gone }) {
    if (fault === 'world_was_reset' && gone !== undefined)
      return problem('not_found', {
        field: 'world',
        reason: `the world ${gone} was deleted while the call was waiting`,
        fix: 'make it anew with world.create',
      })
    if (fault === 'world_was_reset')
      return problem(fault, {
        reason: 'it was reset while the call was waiting',
        fix: 'call again',
      })
    if (fault === 'unknown_encoding')
      return problem(fault, { reason: packedBy(request), fix: `send ${body_encodings}` })
    if (fault === 'body_too_large')
      return problem(fault, {
        reason: `it has more than ${mostOf(endpoint)} bytes`,
        fix: 'send less',
      })
    const actual = `${request.method} ${request.url}`
    if (fault === 'unknown_path') {
      const hole = holeIn(locate(pathOf(request.url)).path)
      if (hole !== undefined)
        return problem('not_found', {
          field: hole,
          reason: 'it is missing',
          fix: `give ${hole} in the path`,
        })
      return problem(fault, {
        reason: `${actual} is not part of the control API`,
        fix: 'see /docs',
      })
    }
    return problem(fault, {
      reason: `${actual} is not offered`,
      fix: `use ${endpoint?.methods.join(' or ')}`,
    })
  },
  encode(outcome): Answer {
    if (isRefusal(outcome)) {
      const { status = 500, extra } = outcome
      return json(status, { ...extra }, 'application/problem+json', status)
    }
    if (!isReply(outcome)) return json(200, outcome)
    const { status, body, type, headers, stream } = outcome
    if (typeof body === 'string' || Buffer.isBuffer(body))
      return {
        status,
        headers: { 'Content-Type': type ?? 'text/plain', ...headers },
        body: Buffer.from(body),
        ...(stream ? { stream } : {}),
        code: 0,
      }
    if (body === undefined) return { status, headers: {}, body: Buffer.alloc(0), code: 0 }
    return json(status, body)
  },
}

function mostOf(endpoint: Pick<Endpoint, 'body_bytes_max'> | undefined): string {
  return (endpoint?.body_bytes_max ?? 1_048_576).toLocaleString('en')
}

/** The field for which a path has an empty place. */
function holeIn(path: string): string | undefined {
  const sent = path.split('/')
  for (const endpoint of controlSurface.endpoints) {
    const parts = (controlSurface.prefix + endpoint.path).split('/')
    const fits = (part: string, i: number) => part.startsWith('{') || part === sent[i]
    const hole = parts.find((part, i) => part.startsWith('{') && sent[i] === '')
    if (hole && parts.length === sent.length && parts.every(fits)) return hole.slice(1, -1)
  }
  return undefined
}

function json(status: number, body: unknown, type = 'application/json', code = 0): Answer {
  return {
    status,
    headers: { 'Content-Type': `${type}; charset=utf-8` },
    body: Buffer.from(JSON.stringify(body)),
    code,
  }
}

function authenticate(call: Call<undefined>): Refusal | undefined {
  const { db, real_now: real, fields, address } = call
  const name =
    typeof fields['world'] === 'string' ? fields['world'] : (address.world ?? default_world)
  const found = isCleanText(name) ? namedWorld(db, name, real) : undefined
  const world = found ?? namedWorld(db, default_world, real)
  if (!world) throw new Error('the default world is missing')
  call.enter(world, { key: 'control' })
  return refuseWorld(call, name, found)
}

/** Deleting a world that is gone is no mistake; making and listing worlds needs none. */
function refuseWorld(
  call: Pick<Call<undefined>, 'db' | 'endpoint'>,
  name: string,
  found: World | undefined,
): Refusal | undefined {
  const { endpoint } = call
  if (!endpoint?.path.includes('{world}') || endpoint.id === 'world.delete') return undefined
  if (!found) {
    return unknownName(call, unknownWorld(call.db, name))
  }
  const isLook = endpoint.methods[0] === 'GET' || endpoint.id === 'world.reset'
  if (name !== unattributed || isLook) return undefined
  const reason = `${name} keeps the calls that no world claims, and has nothing else`
  return problem('conflict', { field: 'world', reason, fix: 'use another world' })
}
