import { multipartOf } from './multipart.ts'
import { partsOf, type Script, type ScriptCall, type Take, token_variable } from './script.ts'

type Names = Script['names']

/** A script as one file for Java 11 or newer, by its own library alone. */
export function javaScript({ calls, names }: Script): string {
  const matches = calls.some(({ takes }) => takes.length > 0)
  const follows = calls.some(({ takes }) => takes.some((take) => 'query' in take))
  const sendsForm = calls.some(({ form }) => form)
  const client = follows
    ? 'HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()'
    : 'HttpClient.newHttpClient()'
  const parts = calls.map((call, i) => statements(call, i, { names, of: calls.length }))
  return `// java -Dfile.encoding=UTF-8 Example.java
${sendsForm ? 'import static java.nio.charset.StandardCharsets.UTF_8;\n\n' : ''}import java.net.URI;
${sendsForm ? 'import java.net.URLEncoder;\n' : ''}import java.net.http.*;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
${matches ? 'import java.util.regex.*;\n' : ''}
public class Example {
  public static void main(String[] args) throws Exception {
    var client = ${client};

${parts.map((part) => part.replaceAll(/^/gm, '    ')).join('\n\n')}
  }
}`
}

function statements(call: ScriptCall, i: number, at: { names: Names; of: number }): string {
  const isLast = i === at.of - 1
  const answer = isLast ? 'response' : `response${i + 1}`
  const lines = [
    `var ${answer} = client.send(${request(call, at.names)}, BodyHandlers.ofString());`,
  ]
  if (isLast && call.isPlain)
    lines.push(`System.out.println(${answer}.statusCode() + " " + ${answer}.headers().map());`)
  else if (isLast)
    lines.push(`System.out.println(${answer}.statusCode() + " " + ${answer}.body());`)
  else for (const take of call.takes) lines.push(taking(take, answer))
  return lines.join('\n')
}

function request(call: ScriptCall, names: Names): string {
  const { method, url, body, form, xml, file } = call
  const upload = file && multipartOf(file)
  const plain = upload?.body ?? xml
  const raw = plain && text(plain, names)
  const sent = body ? json(body, names) : form ? encoded(form, names) : raw
  const publisher = sent ? `BodyPublishers.ofString(${sent})` : 'BodyPublishers.noBody()'
  const type = form ? form_type : upload?.type
  const headers = type === undefined ? call.headers : { 'Content-Type': type, ...call.headers }
  const isPlain = method === 'GET' && sent === undefined
  return [
    `HttpRequest.newBuilder(URI.create(${text(url, names)}))`,
    ...Object.entries(headers).map(([name, value]) => `.header("${name}", ${text(value, names)})`),
    ...(isPlain ? [] : [`.method("${method}", ${publisher})`]),
    '.build()',
  ].join('\n    ')
}

/** Java has no JSON of its own: what is needed of an answer is found by its name. */
function taking(take: Take, answer: string): string {
  const [pattern, subject] =
    'query' in take
      ? [`[?&]${take.query}=([^&]*)`, `${answer}.uri().toString()`]
      : [patternOf(take), `${answer}.body()`]
  const found = `Pattern.compile(${JSON.stringify(pattern)}).matcher(${subject})`
  return `var ${take.name} = ${found}.results().findFirst().get().group(1);`
}

function patternOf({ at, match }: Extract<Take, { at: unknown }>): string {
  const key = at.at(-1)
  return match ? `"${key}":"[^"]*?(${match.source.replace(/\$$/, '')})"` : `"${key}":"?([^",}]+)`
}

/** A body, with a line for each of its fields. */
function json(body: object, names: Names): string {
  const pairs = Object.entries(body).map(([name, value], i, { length }) =>
    text(`${JSON.stringify(name)}:${JSON.stringify(value)}${i < length - 1 ? ',' : ''}`, names),
  )
  const lines = [`"{"`, ...pairs, `"}"`]
  return `\n        ${lines.join('\n        + ')}`
}

const form_type = 'application/x-www-form-urlencoded'

/** A form, which Java's library does not write by itself. */
function encoded(form: Readonly<Record<string, string>>, names: Names): string {
  const lines = Object.entries(form).map(
    ([name, value], i) =>
      `"${i > 0 ? '&' : ''}${name}=" + URLEncoder.encode(${text(value, names)}, UTF_8)`,
  )
  return `\n        ${lines.join('\n        + ')}`
}

function text(value: string, names: Names): string {
  const parts = partsOf(value, names)
  return parts
    .map((part) => (typeof part === 'string' ? JSON.stringify(part) : variable(part.name)))
    .join(' + ')
}

function variable(name: string): string {
  return name === token_variable ? `System.getenv("${name}")` : name
}
