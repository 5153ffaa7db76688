import { type Action, strayCharacters, TaskError } from '@brandkit/core'

/** Query values. Lists are joined by commas; `undefined` leaves a name out. */
export type RequestQuery = Readonly<Record<string, string | number | readonly string[] | undefined>>

/**
 * The absolute address of one request. What `url` has in its query already stays.
 *
 * @throws TaskError `invalid_request` when `url` is relative and there is no page whose origin it could mean.
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
 * Refuses what no request could be sent to, before the first is: a mistyped `url` would be a path of the page.
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
 * The same for a url that may come out of a file or a shell, which add quotes and line breaks.
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
