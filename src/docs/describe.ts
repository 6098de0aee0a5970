import type {
  DocsContext,
  EndpointDoc,
  ExampleFacts,
  FieldPlace,
  NavEndpoint,
  NavSurface,
} from '../../views/docs/props.ts'
import { type Documented, exampleAnswer, fieldsOf, inLang } from '../apidoc/describe.ts'
import { refusedAnswers } from '../apidoc/error-docs.ts'
import { curlScript } from '../apidoc/example/curl.ts'
import { javaScript } from '../apidoc/example/java.ts'
import { pythonScript } from '../apidoc/example/python.ts'
import { exampleScript, type Script, token_variable } from '../apidoc/example/script.ts'
import { typescriptScript } from '../apidoc/example/typescript.ts'
import { fieldRows, objectRows } from '../apidoc/field-row.ts'
import { type DocLang, jsonSchemaOf } from '../apidoc/json-schema.ts'
import { jsonText } from '../apidoc/json-text.ts'
import { tagOf } from '../apidoc/openapi.ts'
import type { DocumentedEndpoint } from '../core/endpoint.ts'
import { refusalDoc } from './codes.ts'
import type { DocsFacts } from './facts.ts'

/** The order in which fields are shown. */
const places: readonly FieldPlace[] = ['path', 'header', 'query', 'body']

/** The languages of examples. */
export const languages: readonly { readonly language: string; write(script: Script): string }[] = [
  { language: 'curl', write: curlScript },
  { language: 'TypeScript', write: typescriptScript },
  { language: 'Python', write: pythonScript },
  { language: 'Java', write: javaScript },
]

type Endpoint = DocumentedEndpoint<never>

/** Surfaces as the ways to their pages. */
export function navOf(surfaces: readonly Documented[], lang: DocLang): DocsContext['surfaces'] {
  return surfaces.map((surface): NavSurface => {
    const { name, spelling } = surface
    const nouns = Map.groupBy(surface.endpoints, ({ id }) => id.split('.')[0] ?? id)
    return {
      tag: tagOf(surface),
      name: nameOf(name),
      profile: spelling && spelling.name !== 'default' ? spelling.name : undefined,
      nouns: [...nouns].map(([noun, endpoints]) => ({
        noun,
        endpoints: endpoints.map((endpoint) => navEndpoint(surface, endpoint, lang)),
      })),
    }
  })
}

function navEndpoint(surface: Documented, endpoint: Endpoint, lang: DocLang): NavEndpoint {
  const { id, methods, path, summary } = endpoint
  return { id, methods, path: surface.prefix + path, summary: summary[lang] }
}

function nameOf(name: string): NavSurface['name'] {
  if (name === 'tupu' || name === 'wechat' || name === 'sink' || name === 'control') return name
  throw new Error(`the surface ${name} has no words`)
}

/** What examples of all kinds are filled with. */
export function exampleFacts({
  origin,
  base,
  values,
  sender,
  needsToken,
}: DocsFacts): ExampleFacts {
  const of = (name: string) => values.get(name) ?? ''
  return {
    fill: {
      origin,
      base,
      world: of('world'),
      eid: of('acme.eid'),
      appid: of('acme.appid'),
      mobile: of('wang.mobile'),
      auth: needsToken ? ` -H "Authorization: Bearer $${token_variable}"` : '',
    },
    sender,
    needsToken,
  }
}

/** Describes an endpoint for people: its value in, rows of text out. */
export function describeEndpoint(
  surfaces: readonly Documented[],
  { surface, endpoint }: { readonly surface: Documented; readonly endpoint: Endpoint },
  { lang, facts }: { readonly lang: DocLang; readonly facts: DocsFacts },
): EndpointDoc {
  const { status, body } = exampleAnswer(surface, endpoint)
  const script = exampleScript(surfaces, { surface, endpoint }, facts)
  const earlier = script.calls.slice(0, -1).map(({ id }) => id)
  return {
    ...navEndpoint(surface, endpoint, lang),
    source: inLang(endpoint.source, lang),
    fidelity: surface.table ? endpoint.fidelity : undefined,
    fields: requestRows(surface, endpoint, lang),
    refusals: refusedAnswers(surface, endpoint).map(({ entry }) => refusalDoc(entry, lang)),
    statuses: surface.table ? [] : endpoint.refusals,
    examples: languages.map(({ language, write }) => ({ language, code: write(script) })),
    earlier: [...new Set(earlier)].filter((id) => id !== ''),
    status,
    answer: body === null ? '' : atOrigin(jsonText(body), facts),
    answerFields: answerRows(surface, endpoint, lang),
  }
}

/** Where the answers of examples were made. */
const made_origin = 'http://sim.localhost'

/** An answer as this server gives it: its links are its own. */
function atOrigin(answer: string, { origin }: DocsFacts): string {
  return answer.replaceAll(made_origin, origin)
}

/** The fields of a call with all that is below them, in the order of their places. */
export function requestRows(
  surface: Documented,
  endpoint: Endpoint,
  lang: DocLang,
): EndpointDoc['fields'] {
  const placed = fieldsOf(surface, endpoint, endpoint.methods[0], lang)
  return places
    .flatMap((place) => placed.filter((field) => field.in === place))
    .flatMap((field) =>
      fieldRows(field.at.join('.'), field.schema, field.required).map((row) => ({
        ...row,
        place: field.in,
      })),
    )
}

/** The fields of an answer, where it is JSON in our own words. */
export function answerRows(
  { spelling }: Documented,
  { id, answer }: Endpoint,
  lang: DocLang,
): EndpointDoc['answerFields'] {
  const isSpelled = spelling?.success(id, {}) !== undefined
  return typeof answer === 'string' || isSpelled
    ? []
    : objectRows(jsonSchemaOf(answer, 'output', lang))
}
