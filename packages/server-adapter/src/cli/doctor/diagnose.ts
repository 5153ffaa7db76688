import { readManifest } from '../manifest.js'
import type { Report } from '../report.js'
import type { Terminal } from '../terminal.js'
import { examineDatabase } from './examine-database.js'
import { examineMount } from './examine-mount.js'
import { examinePackages } from './examine-packages.js'
import { examineQStash } from './examine-qstash.js'
import { examineRedis } from './examine-redis.js'
import { describeFindings } from './describe-findings.js'

export interface DoctorOptions {
  database?: string | undefined
  redis?: string
  /** The address at which QStash finds the mount. */
  publicUrl?: string
  /** Mounts to ask. */
  url?: string[]
  /** What each of them must allow. */
  origin?: string[]
  strict?: true
}

/** Checks whatever it was told of, all at once. A check that fails keeps no other from being made. */
export async function diagnose(
  { database, redis, publicUrl, url = [], origin = [], strict }: DoctorOptions,
  terminal: Pick<Terminal, 'paint'>,
): Promise<Report> {
  const qstash = {
    token: process.env['QSTASH_TOKEN'],
    currentSigningKey: process.env['QSTASH_CURRENT_SIGNING_KEY'],
    nextSigningKey: process.env['QSTASH_NEXT_SIGNING_KEY'],
    baseUrl: process.env['QSTASH_URL'],
    publicUrl,
  }
  const found = await Promise.all([
    examinePackages({ database, redis, qstash: qstash.token }),
    examineDatabase(database),
    examineRedis(redis),
    examineQStash(qstash),
    ...url.map((mount) => examineMount(mount, origin)),
  ])
  const findings = found.flat()
  const ok = !findings.some(({ status }) => status === 'failed' || (strict && status === 'warning'))
  return {
    ok,
    json: { ok, version: readManifest().version, node: process.version, findings },
    text: describeFindings(findings, { ok, paint: terminal.paint }),
  }
}
