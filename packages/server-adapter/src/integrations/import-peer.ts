interface PeerImport<Module> {
  /** The function of ours that the caller has called. */
  neededBy: string
  load: () => Promise<Module>
}

/** Loads an optional peer, or says how to install it. */
export async function importPeer<Module>(name: string, { neededBy, load }: PeerImport<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
    if (!isMissing) throw cause
    throw new Error(`${neededBy} needs the package ${name}, which is not installed: npm install ${name}`, { cause })
  }
}
