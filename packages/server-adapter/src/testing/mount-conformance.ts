import { afterAll, beforeAll, describe } from 'vitest'
import type { FetchServer } from '../integrations/fetch-server.js'
import { describeLeaving } from './mount/leaving.js'
import { describeMisfortunes } from './mount/misfortunes.js'
import type { MountInHand, OpenMount } from './mount/mount-in-hand.js'
import { describeReplies } from './mount/replies.js'
import { describeRequests } from './mount/requests.js'

/**
 * Everything that a mount promises for any server: it passes requests and answers on unchanged, piece by piece. A mount is
 * finished when this passes on the real server of its framework.
 *
 * @param open mounts the server and listens on a port of this machine. Called once.
 */
export function describeMount(name: string, open: (server: FetchServer) => Promise<OpenMount>): void {
  describe(`mount: ${name}`, { timeout: 20_000 }, () => {
    let handler: FetchServer['handler']
    let mount: OpenMount
    beforeAll(async () => {
      mount = await open({ handler: (request) => handler(request) })
    }, 120_000)
    afterAll(() => mount.close())

    const inHand: MountInHand = {
      url: () => mount.url,
      answer(next) {
        handler = next
      },
    }
    describe('a request', () => describeRequests(inHand))
    describe('a reply', () => describeReplies(inHand))
    describe('a caller who leaves', () => describeLeaving(inHand))
    describe('misfortune', () => describeMisfortunes(inHand))
  })
}
