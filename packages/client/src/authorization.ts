import { describeError, type TaskLogger } from '@brandkit/core'

export interface AuthorizationOptions {
  /** Asked before every request, for a bearer token that changes. */
  headers?: (() => HeadersInit | Promise<HeadersInit>) | undefined
  /** Called once on a 401; `true` means that credentials were renewed and the request is sent once more. */
  onUnauthenticated?: (() => Promise<boolean>) | undefined
}

/** Says who asks, where a cookie does not, and renews credentials once for all the requests that were refused with them. */
export interface Authorization {
  /** The headers of one request. Rejects with what the app threw. */
  headers(): Promise<HeadersInit | undefined>
  /**
   * To be called before a request is sent. Returns the function that renews the credentials which the request had; it
   * resolves to whether sending again makes sense.
   */
  prepare(): () => Promise<boolean>
}

export function createAuthorization(options: AuthorizationOptions, logger: TaskLogger): Authorization {
  let running: Promise<boolean> | undefined
  let ended = 0
  let renewed = false

  async function run(): Promise<boolean> {
    try {
      renewed = (await options.onUnauthenticated?.()) === true
    } catch (error) {
      // The caller is told `unauthenticated`, which is what it can act on; why stands here.
      logger.warn('onUnauthenticated failed', { error: describeError(error) })
      renewed = false
    }
    ended += 1
    running = undefined
    return renewed
  }

  return {
    headers: async () => options.headers?.(),
    prepare: () => {
      const mark = ended
      return async () => {
        // A refusal that comes in late was meant for the old credentials: the renewal that ended since answers it too.
        if (mark !== ended) return renewed
        running ??= run()
        return running
      }
    },
  }
}
