import { TaskError } from '@brandkit/core'
import { importPeer } from '../../import-peer.js'

/** Loads what talks to the database. No repetition mends that it is not installed. */
export function importDriver<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  return importPeer(name, {
    neededBy: 'postgresStore()',
    load,
    toError: (cause) =>
      new TaskError(
        'store_unavailable',
        `postgresStore() needs the package ${name} here. Install it: npm install ${name}`,
        { cause, retryable: false },
      ),
  })
}
