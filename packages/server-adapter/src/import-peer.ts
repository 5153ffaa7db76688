import { errorCodeOf } from '@brandkit/core'

interface PeerImport<Module> {
  /** The function that the app called. */
  neededBy: string
  load: () => Promise<Module>
  /** The packages to install, as arguments of `npm install`. Default: the package alone. */
  install?: string
  /** Makes the error for a missing package. Default: an `Error` with both names and the command that installs the package. */
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
