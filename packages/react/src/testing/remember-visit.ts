import { createUserStorage } from '@brandkit/client'

/**
 * Lets this browser remember an earlier visit of a user, as it does after a real one. Without it, a page takes tasks that
 * have ended already for history: only failures appear.
 *
 * @param at the end of the visit, in milliseconds since the epoch. Default 0: all ended tasks of the last day are news
 */
export function rememberVisit(userId: string, at = 0): void {
  createUserStorage({ name: 'visit', userId }).write({ at })
}
