import { type AfterResponseHook, type KyInstance, replaceOption } from 'ky'

/**
 * An app's own ky, with its hooks, headers and `fetch`, and with our rules for repeating and waiting. ky adds the entries of
 * two lists together, so the app's `retry` is replaced as a whole: otherwise a create that got no answer would be sent twice.
 *
 * @throws TypeError when it is no ky instance
 */
export function toTaskKy(given: KyInstance): KyInstance {
  if (typeof given?.extend !== 'function' || typeof given !== 'function')
    throw new TypeError('createTaskService takes a ky instance as `ky`, such as `ky.extend({ hooks })`.')
  return given.extend(({ hooks }) => ({
    retry: replaceOption({ limit: 1, methods: [] }),
    totalTimeout: false,
    hooks: replaceOption({ ...hooks, afterResponse: hooks?.afterResponse?.map(withOneRepeat) ?? [] }),
  }))
}

/**
 * A hook may have a request sent once more, for example with a renewed token. The second answer counts, even if the hook asks
 * again: a 401 then means `unauthenticated`, and not a request that failed on its way.
 */
function withOneRepeat(hook: AfterResponseHook): AfterResponseHook {
  return async (state) => {
    const outcome = await hook(state)
    return state.retryCount === 0 || outcome instanceof Response ? outcome : undefined
  }
}
