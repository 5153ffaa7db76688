import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger } from '@brandkit/core'
import { keptPglite } from '@brandkit/tooling/kept-pglite'
import { startDemo } from '../server/app.ts'

/** Makes a data folder as the demo leaves it after its first start, with a database that holds only tables. */
export async function createDataFolder(): Promise<string> {
  const original = await keptPglite('demo', startAndStop)
  const folder = await mkdtemp(path.join(tmpdir(), 'brandkit-demo-'))
  await cp(original, folder, { recursive: true })
  return folder
}

/** Starts the demo instead of only initialising a database, so that the copied files lie where the demo expects them. */
async function startAndStop(dataFolder: string): Promise<void> {
  const demo = await startDemo({ dataFolder, logger: silentLogger })
  await demo.stop()
  await rm(path.join(dataFolder, 'session-secret'))
}
