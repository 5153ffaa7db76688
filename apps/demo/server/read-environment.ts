import { DEFAULT_PACE_MS } from './generators/step-runner.ts'
import { DEFAULT_DATA_FOLDER } from './data-folder.ts'
import { DEFAULT_HOST } from './listen.ts'
import { StartError } from './start-error.ts'

/** What the demo takes from its environment. The table in README.md says the same for people. */
export interface Environment {
  port: number
  host: string
  dataFolder: string
  databaseUrl: string | undefined
  paceMs: number
  stepLedger: string | undefined
  leaseMs: number | undefined
  simulateFaults: boolean
}

/** @throws StartError in one sentence that names the variable. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  return {
    port: wholeNumber(env, 'PORT', { fallback: 3_000, max: 65_535 }),
    host: env['HOST'] || DEFAULT_HOST,
    dataFolder: env['BRANDKIT_DATA'] || DEFAULT_DATA_FOLDER,
    databaseUrl: databaseUrl(env['DATABASE_URL']),
    paceMs: wholeNumber(env, 'BRANDKIT_PACE_MS', { fallback: DEFAULT_PACE_MS, max: 60_000 }),
    stepLedger: env['BRANDKIT_STEP_LEDGER'] || undefined,
    leaseMs: env['BRANDKIT_LEASE_MS']
      ? wholeNumber(env, 'BRANDKIT_LEASE_MS', { fallback: 30_000, max: 600_000 })
      : undefined,
    simulateFaults: env['NODE_ENV'] !== 'production',
  }
}

function wholeNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  { fallback, max }: { fallback: number; max: number },
): number {
  const text = env[name]?.trim()
  if (!text) return fallback
  if (/^\d{1,6}$/.test(text) && Number(text) <= max) return Number(text)
  throw new StartError(`${name} is "${text}"; it must be a whole number from 0 to ${max}.`)
}

function databaseUrl(text: string | undefined): string | undefined {
  if (!text?.trim()) return undefined
  const protocol = URL.canParse(text) ? new URL(text).protocol : ''
  if (protocol === 'postgres:' || protocol === 'postgresql:') return text
  // The value is not repeated: it usually holds a password.
  throw new StartError(
    'DATABASE_URL is not a Postgres address; it must look like postgres://user:password@host:5432/database.',
  )
}
