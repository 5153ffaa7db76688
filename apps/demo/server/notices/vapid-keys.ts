import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import webPush from 'web-push'

/** The keys by which push services know this studio. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** The keys in the data folder. They are made once: a browser's subscription belongs to one key. */
export function keepVapidKeys(folder: string): VapidKeys {
  const file = path.join(folder, 'vapid-keys.json')
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(webPush.generateVAPIDKeys()), { mode: 0o600, flag: 'wx' })
  return JSON.parse(readFileSync(file, 'utf8')) as VapidKeys
}
