import { describeError, type TaskLogger } from '@brandkit/core'

export interface AuthorizationOptions {
  /** Called before every request, for bearer tokens that change. */
  headers?: (() => HeadersInit | Promise<HeadersInit>) | undefined
  /** Called once on a 401. `true` means that the credentials were renewed, and the request is sent once more. */
  onUnauthenticated?: (() => Promise<boolean>) | undefined
}

/**
 * Adds credentials to requests, for apps without cookies. Renews refused credentials once for all requests that used
 * them.
 */
export interface Authorization {
  /** The headers of one request. Rejects with the error that the app threw. */
  headers(): Promise<HeadersInit | undefined>
  /**
   * Call it before a request is sent. Returns the function that renews the credentials of that request; it resolves to
   * whether the request should be sent again.
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
      // The caller gets `unauthenticated` and can act on it; the log keeps the cause.
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
        // A late 401 was for the old credentials. The renewal that has ended since then answers it, too.
        if (mark !== ended) return renewed
        running ??= run()
        return running
      }
    },
  }
}
