import type { FetchServer } from '../../integrations/fetch-server.js'

/** A mounted server. */
export interface OpenMount {
  /** The mount's address: an absolute `http:` URL whose path has more than one part, such as `/app/api/jobs`. */
  url: string
  close(): Promise<void>
}

/** The mount under test, and control of its server. */
export interface MountInHand {
  /** The address at which the mount listens. */
  url: () => string
  /** Sets the handler of the mounted server for this test. */
  answer: (handler: FetchServer['handler']) => void
}
