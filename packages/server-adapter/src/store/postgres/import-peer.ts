import { TaskError } from '@brandkit/core'

/** Loads an optional peer, or says how to install it. */
export async function importPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (!isMissing) throw error
    throw new TaskError(
      'store_unavailable',
      `postgresStore() needs the package ${name} here. Install it: npm install ${name}`,
      {
        cause: error,
        retryable: false,
      },
    )
  }
}
