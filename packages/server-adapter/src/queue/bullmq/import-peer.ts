/** Loads an optional peer, or says how to install both that this queue needs. */
export async function importPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
    if (!isMissing) throw cause
    throw new Error(`bullmqQueue needs the package ${name}, which is not installed: npm install bullmq ioredis`, {
      cause,
    })
  }
}
