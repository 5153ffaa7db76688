import type { Principal } from '../../principal.js'

/** The caller of a fake server. */
export interface FakeUser extends Omit<Principal, 'brandIds'> {
  /** Default `'*'`: all. */
  brandIds?: Principal['brandIds'] | undefined
}

/** The header that names the caller, unless the option `userOf` decides. */
export const USER_HEADER = 'x-fake-user'

/** The user named by `x-fake-user`. Without that header: `ada`. */
export function userOfHeader(request: Request): FakeUser {
  return { userId: request.headers.get(USER_HEADER) ?? 'ada' }
}

export function toPrincipal({ brandIds = '*', ...user }: FakeUser): Principal {
  return { ...user, brandIds }
}
