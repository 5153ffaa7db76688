import { errorCodeOf } from '@brandkit/core'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from './start-error.ts'
import webPush from 'web-push'

/** `.data` beside the app's package.json: it survives restarts and is ignored by git. */
export const DEFAULT_DATA_FOLDER = fileURLToPath(new URL('../.data', import.meta.url))

interface DataFolder {
  /** The folder of the embedded database. */
  readonly database: string
  /** The key that signs sessions. It is made once and kept, so that users stay signed in after a restart. */
  readonly sessionSecret: string
  /** The keys for Web Push, made once and kept, because a browser's subscription belongs to one key. */
  readonly vapid: VapidKeys
}

/** Makes the folder if it is missing. @throws StartError when the folder cannot be written */
export function openDataFolder(folder: string): DataFolder {
  try {
    mkdirSync(folder, { recursive: true })
    const probe = path.join(folder, `.writable-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
    return {
      database: path.join(folder, 'database'),
      sessionSecret: readOrMakeSecret(path.join(folder, 'session-secret')),
      vapid: keepVapidKeys(folder),
    }
  } catch (error) {
    throw new StartError(
      `The data folder ${folder} cannot be written (${codeOf(error)}); make it writable or set BRANDKIT_DATA to another folder.`,
      {
        cause: error,
      },
    )
  }
}

function readOrMakeSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  // Also narrows the rights of a file that a backup restored.
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8')
}

function codeOf(error: unknown): string {
  return errorCodeOf(error) ?? 'unknown error'
}

/** The keys by which push services know this studio. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** The keys in the data folder. They are made once: a browser's subscription belongs to one key. */
function keepVapidKeys(folder: string): VapidKeys {
  const file = path.join(folder, 'vapid-keys.json')
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(webPush.generateVAPIDKeys()), { mode: 0o600, flag: 'wx' })
  return JSON.parse(readFileSync(file, 'utf8')) as VapidKeys
}
