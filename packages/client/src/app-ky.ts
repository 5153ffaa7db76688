import { type AfterResponseHook, type InitHook, type KyInstance, replaceOption } from 'ky'

/**
 * Combines the hooks, headers and `fetch` of an app's ky with our rules for retries and time-outs. ky joins the entries
 * of two lists, so the app's `retry` is replaced as a whole. Otherwise a create without an answer would be sent twice.
 *
 * @throws TypeError when `given` is no ky instance
 */
export function toTaskKy(given: KyInstance): KyInstance {
  if (typeof given?.extend !== 'function' || typeof given !== 'function')
    throw new TypeError('createTaskService takes a ky instance as `ky`, such as `ky.extend({ hooks })`.')
  return given.extend(({ hooks }) => ({
    retry: replaceOption({ limit: 1, methods: [] }),
    totalTimeout: false,
    hooks: replaceOption({
      ...hooks,
      init: hooks?.init ? [keepingRules(hooks.init)] : [],
      afterResponse: hooks?.afterResponse?.map(withOneRepeat) ?? [],
    }),
  }))
}

/** Runs the app's `init` hooks, which may change every option of a request, and then sets our rules again. */
function keepingRules(hooks: readonly InitHook[]): InitHook {
  return (options) => {
    const { timeout, totalTimeout, throwHttpErrors } = options
    for (const hook of hooks) hook(options)
    Object.assign(options, { timeout, totalTimeout, throwHttpErrors, retry: { limit: 1, methods: [] } })
  }
}

/**
 * Lets a hook repeat a request once, for example with a renewed token. The second answer counts, even if the hook asks for
 * another retry: a second 401 then means `unauthenticated` instead of `network_error`.
 */
function withOneRepeat(hook: AfterResponseHook): AfterResponseHook {
  return async (state) => {
    const outcome = await hook(state)
    return state.retryCount === 0 || outcome instanceof Response ? outcome : undefined
  }
}
