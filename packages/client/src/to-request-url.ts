import { type Action, strayCharacters, TaskError } from '@brandkit/core'

/** Query values. Lists are joined by commas; `undefined` omits a name. */
export type RequestQuery = Readonly<Record<string, string | number | readonly string[] | undefined>>

/**
 * The absolute address of one request. Keeps the query that `url` already has.
 *
 * @throws TaskError `invalid_request` when `url` is relative and no page gives it an origin.
 */
export function toRequestUrl(url: string, action: Action, query: RequestQuery = {}): URL {
  const address = resolve(url)
  address.searchParams.set('action', action)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) address.searchParams.set(name, String(value))
  }
  return address
}

/**
 * Refuses an impossible `url` before the first request: browsers would treat a mistyped one as a path of the page.
 *
 * @throws TypeError in one sentence
 */
export function assertUrl(url: string, { schemes }: { schemes: RegExp }): void {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (url !== '' && (scheme === undefined || (schemes.test(scheme) && URL.canParse(url)))) return
  throw new TypeError(
    'The url of the task service must be a path such as /api/jobs, or an address such as https://app.example/api/jobs.',
  )
}

/**
 * Like `assertUrl`, for a url from a file or a shell, which may add quotes and line breaks.
 *
 * @throws TypeError in one sentence
 */
export function assertConfiguredUrl(url: string, options: { schemes: RegExp }): void {
  const stray = strayCharacters(url)
  if (stray !== undefined) throw new TypeError(`The url of the task service ${stray}.`)
  assertUrl(url, options)
}

function resolve(url: string): URL {
  // A page resolves against its base element, a web worker against its script; a server has neither.
  const base = globalThis.document?.baseURI ?? globalThis.location?.href
  try {
    return new URL(url, base)
  } catch (cause) {
    throw new TaskError(
      'invalid_request',
      `There is no page that "${url}" could be relative to. Pass createTaskService({ url: 'https://…' }).`,
      { cause, status: 0 },
    )
  }
}
