import type { FetchServer } from '../../integrations/fetch-server.js'

/** A mounted server. */
export interface OpenMount {
  /** The mount's address: an absolute `http:` URL whose path has more than one part, such as `/app/api/jobs`. */
  url: string
  close(): Promise<void>
}

/** What the tests of a mount work with. */
export interface MountInHand {
  /** The address at which the mount listens. */
  url: () => string
  /** Says what the mounted server does with the requests of this test. */
  answer: (handler: FetchServer['handler']) => void
}
