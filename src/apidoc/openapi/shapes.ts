import type { DocumentedEndpoint } from '../../core/endpoint.ts'
import { isObject } from '../describe.ts'
import { type JsonObject, jsonSchemaOf } from '../json-schema.ts'

/**
 * What several answers have in common, by a name of its own: the answer of an endpoint, or what stands in it there. A list
 * means each of its items. Whatever else is answered has the name of its endpoint.
 */
export const shapes = {
  AccessToken: 'token.get',
  AccountDetails: 'account.get',
  AccountInfo: 'account.create',
  ApplicationInfo: 'application.get',
  AssociationImportInfo: 'association_import.get',
  AssociationInfo: 'association.list/items',
  AuditedMessage: 'audit.get/lost',
  CallbackInfo: 'callback.list/items',
  ChatMessage: 'phone.chat/messages',
  ClockInfo: 'clock.get',
  Contact: 'contact.list/items',
  DrillInfo: 'drill.start',
  EndedTokens: 'access_token.expire',
  ExchangeInfo: 'exchange.get',
  FaultInfo: 'fault.get',
  FollowerProfile: 'user.info',
  IpList: 'ip.api',
  MessageInfo: 'message.list/items',
  Ok: 'menu.create',
  OpenidPage: 'user.list',
  PersonInfo: 'person.create',
  PhoneConsent: 'phone.allow',
  PhoneRelation: 'phone.follow',
  PhoneSaid: 'phone.text',
  PrivacyNoticeInfo: 'privacy_notice.publish',
  PushInfo: 'push.get',
  RanJob: 'clock.advance/ran',
  Sendable: 'account.get/sendable',
  Snapshot: 'snapshot.create',
  StepInfo: 'account.get/checklist',
  TemplateStanding: 'template.enable',
  TupuAccount: 'tupu_account.get',
  TupuMessage: 'message.get',
  WebsiteAppInfo: 'website_app.create',
  WorldInfo: 'world.get',
} as const

/** Those shapes as schemas, by their names, that the endpoints have. Throws where an endpoint has none at its place. */
export function sharedShapes(
  endpoints: readonly Pick<DocumentedEndpoint<never>, 'id' | 'answer'>[],
): Map<string, JsonObject> {
  const answers = new Map(endpoints.map(({ id, answer }) => [id, answer]))
  const found = Object.entries(shapes).flatMap(([name, where]): [string, JsonObject][] => {
    const [id = '', ...way] = where.split('/')
    if (!answers.has(id)) return []
    const answer = answers.get(id)
    let schema: unknown = typeof answer === 'object' ? jsonSchemaOf(answer, 'output') : undefined
    for (const part of way) {
      const field = isObject(schema) && isObject(schema['properties']) && schema['properties'][part]
      schema = isObject(field) && field['type'] === 'array' ? field['items'] : field
    }
    if (!isObject(schema)) throw new Error(`${name}: there is no ${where}`)
    return [[name, schema]]
  })
  return new Map(found)
}
