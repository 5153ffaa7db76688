import { errorCodeOf } from '@brandkit/core'

interface PeerImport<Module> {
  /** What the caller has called. */
  neededBy: string
  load: () => Promise<Module>
  /** What is to be installed. Default: the package alone. */
  install?: string
  /** Default: an `Error` that says who needs what, and the line that installs it. */
  toError?: (cause: unknown) => Error
}

/** Loads an optional peer, or says how to install it. */
export async function importPeer<Module>(
  name: string,
  { neededBy, load, install = name, toError }: PeerImport<Module>,
): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    if (errorCodeOf(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause
    if (toError) throw toError(cause)
    throw new Error(`${neededBy} needs the package ${name}, which is not installed: npm install ${install}`, { cause })
  }
}
