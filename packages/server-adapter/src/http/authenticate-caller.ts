import { TaskError } from '@brandkit/core'
import type { KnownPrincipal, Principal } from '../principal.js'
import { parsePrincipal } from '../principal.schema.js'
import { readAnswer } from '../read-answer.js'
import type { HttpRequest } from './http-exchange.js'

export interface AuthenticationOptions {
  /** The app's function; see `TaskServerOptions`. */
  authenticate: (request: Request) => Principal | null | Promise<Principal | null>
  /** Aborts when the server stops. */
  closing: AbortSignal
}

interface AuthenticatedCaller {
  principal: KnownPrincipal
  /** Authenticates the same request again; null if the caller is no longer signed in. */
  currentPrincipal: () => Promise<KnownPrincipal | null>
}

/** @throws TaskError `unauthenticated`, `shutting_down` */
export async function authenticateCaller(
  request: HttpRequest,
  { authenticate, closing }: AuthenticationOptions,
): Promise<AuthenticatedCaller> {
  const currentPrincipal = async (): Promise<KnownPrincipal | null> =>
    readAnswer(authenticate(request.web), { from: 'authenticate', read: toPrincipal, closing })
  return { principal: signedIn(await currentPrincipal()), currentPrincipal }
}

/** @throws TaskError `unauthenticated` */
export function signedIn(principal: KnownPrincipal | null): KnownPrincipal {
  if (principal) return principal
  throw new TaskError('unauthenticated', 'You are signed out. Sign in and try again.')
}

/** Checks the answer of `authenticate`. JavaScript apps may answer `undefined` instead of `null`. */
function toPrincipal(given: unknown): KnownPrincipal | null {
  return given === null || given === undefined ? null : parsePrincipal(given, 'authenticate')
}
