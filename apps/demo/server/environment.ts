import { DEFAULT_URL, strayCharacters } from '@brandkit/core'
import { StartError } from './start-error.ts'
import { DEFAULT_DATA_FOLDER, type VapidKeys } from './data-folder.ts'
import { DEFAULT_PACE_MS } from './generators/step-runner.ts'
import { DEFAULT_HOST } from './listen.ts'
import type { LanguageModelOptions, ModelPrices } from './model/language-model.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/**
 * The value of a variable. An empty or blank value counts as unset.
 *
 * @throws StartError in one sentence, without the value, when the value has quotes or blanks around it
 */
function readVariable(env: Variables, name: string): string | undefined {
  const value = env[name]
  if (!value?.trim()) return undefined
  const stray = strayCharacters(value)
  if (stray !== undefined) throw new StartError(`${name} ${stray}.`)
  return value
}

/** The queue that delivers tasks to workers, and its settings. */
export type QueueChoice = { kind: 'pg-boss' } | { kind: 'bullmq'; redisUrl: string } | QStashChoice

export interface QStashChoice {
  kind: 'qstash'
  token: string
  currentSigningKey: string
  nextSigningKey: string
  /** The address to which QStash delivers: `https://studio.example/api/jobs`. */
  publicUrl: string
  /** QStash's own address, which differs by region. */
  baseUrl: string
}

const QSTASH_URL = 'https://qstash.upstash.io'
const SIGNING_KEYS = ['QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY'] as const

/**
 * pg-boss in the store's own database, unless `REDIS_URL` or `QSTASH_TOKEN` chooses another queue.
 *
 * @throws StartError in one sentence that names the variable; never repeats a value that may hold a password
 */
export function readQueueChoice(env: Variables): QueueChoice {
  const redisUrl = readVariable(env, 'REDIS_URL')
  const token = readVariable(env, 'QSTASH_TOKEN')
  if (redisUrl && token) throw new StartError('REDIS_URL and QSTASH_TOKEN choose two queues; unset one of them.')
  if (token) return readQStash(env, token)

  const key = SIGNING_KEYS.find((name) => readVariable(env, name))
  if (key) throw new StartError(`${key} is set, but QSTASH_TOKEN is not; set the token too, or unset the key.`)
  if (!redisUrl) return { kind: 'pg-boss' }

  if (!/^rediss?:\/\//i.test(redisUrl) || !URL.canParse(redisUrl)) {
    throw new StartError('REDIS_URL is not a Redis address; it must look like redis://user:password@host:6379.')
  }
  if (!readVariable(env, 'DATABASE_URL')) {
    throw new StartError(
      'REDIS_URL needs DATABASE_URL, because the embedded database belongs to one process; set it too, or unset REDIS_URL.',
    )
  }
  return { kind: 'bullmq', redisUrl }
}

function readQStash(env: Variables, token: string): QStashChoice {
  const required = (name: string, from: string) => {
    const value = readVariable(env, name)
    if (value) return value
    throw new StartError(`QSTASH_TOKEN needs ${name}: ${from}; set it too, or unset QSTASH_TOKEN.`)
  }
  const [currentSigningKey, nextSigningKey] = [
    required('QSTASH_CURRENT_SIGNING_KEY', 'the QStash console shows it'),
    required('QSTASH_NEXT_SIGNING_KEY', 'the QStash console shows it'),
  ]
  const origin = required('PUBLIC_URL', 'where QStash finds this server, such as https://studio.example')
  const publicUrl = URL.parse(DEFAULT_URL, origin)
  if (!publicUrl) throw new StartError('PUBLIC_URL is no address; it must look like https://studio.example.')
  const baseUrl = readVariable(env, 'QSTASH_URL') ?? QSTASH_URL
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) {
    throw new StartError(`QSTASH_URL is no http or https address; it must look like ${QSTASH_URL}.`)
  }
  return {
    kind: 'qstash',
    token,
    currentSigningKey,
    nextSigningKey,
    publicUrl: publicUrl.href,
    baseUrl,
  }
}

/** The settings that the demo reads from its environment. README.md has the same table for people. */
export interface Environment {
  port: number
  host: string
  dataFolder: string
  sessionSecret: string | undefined
  databaseUrl: string | undefined
  /** The keys of what users write, the newest first. Undefined: the database holds plain text. */
  payloadKeys: readonly Uint8Array[] | undefined
  queue: QueueChoice
  works: boolean
  concurrency: number
  paceMs: number
  stepLedger: string | undefined
  leaseMs: number | undefined
  drainMs: number
  simulateFaults: boolean
  /** Undefined: the generators compute all texts. */
  languageModel: LanguageModelOptions | undefined
  /** How often all workers together may ask the model in a minute. */
  modelRequestsPerMinute: number
  /** A file that lists feeds. Undefined: the sample. */
  trendFeeds: string | undefined
  trendFeedsNetwork: 'public' | 'any'
  /** Undefined: the studio sends no mail. */
  smtpUrl: string | undefined
  /** Undefined: those of the data folder. */
  vapid: VapidKeys | undefined
  /** Undefined: the address that the server listens on. */
  studioUrl: string | undefined
}

/** @throws StartError in one sentence that names the variable */
export function readEnvironment(env: Variables): Environment {
  const queue = readQueueChoice(env)
  return {
    port: wholeNumber(env, 'PORT', { fallback: 3_000, max: 65_535 }),
    host: readVariable(env, 'HOST') ?? DEFAULT_HOST,
    dataFolder: dataFolder(env),
    sessionSecret: sessionSecret(env),
    databaseUrl: databaseUrl(env),
    payloadKeys: payloadKeys(env),
    queue,
    works: works(env, queue),
    concurrency: wholeNumber(env, 'BRANDKIT_CONCURRENCY', { fallback: 10, min: 1, max: 1_000 }),
    paceMs: wholeNumber(env, 'BRANDKIT_PACE_MS', { fallback: DEFAULT_PACE_MS, max: 60_000 }),
    stepLedger: readVariable(env, 'BRANDKIT_STEP_LEDGER'),
    leaseMs: readVariable(env, 'BRANDKIT_LEASE_MS')
      ? wholeNumber(env, 'BRANDKIT_LEASE_MS', { fallback: 30_000, max: 600_000 })
      : undefined,
    drainMs: wholeNumber(env, 'BRANDKIT_DRAIN_MS', { fallback: 10_000, max: 600_000 }),
    simulateFaults: readVariable(env, 'NODE_ENV') !== 'production',
    languageModel: languageModel(env),
    modelRequestsPerMinute: wholeNumber(env, 'LLM_REQUESTS_PER_MINUTE', { fallback: 60, min: 1, max: 100_000 }),
    trendFeeds: readVariable(env, 'TREND_FEEDS'),
    trendFeedsNetwork: trendFeedsNetwork(env),
    smtpUrl: smtpUrl(env),
    vapid: vapid(env),
    studioUrl: studioUrl(env),
  }
}

function wholeNumber(
  env: Variables,
  name: string,
  { fallback, min = 0, max }: { fallback: number; min?: number; max: number },
): number {
  const text = readVariable(env, name)
  if (text === undefined) return fallback
  if (/^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text)
  throw new StartError(`${name} is "${text}"; it must be a whole number from ${min} to ${max}.`)
}

/** Whether the web process also works on tasks. A process of `npm run worker` always works. */
function works(env: Variables, queue: QueueChoice): boolean {
  const text = readVariable(env, 'BRANDKIT_WORKER') ?? 'on'
  if (text === 'on') return true
  if (text !== 'off') throw new StartError(`BRANDKIT_WORKER is "${text}"; it must be on or off.`)
  if (queue.kind === 'qstash') {
    throw new StartError(
      'BRANDKIT_WORKER=off does not go with QSTASH_TOKEN, because QStash has the web process do the work; unset one of them.',
    )
  }
  if (readVariable(env, 'DATABASE_URL') !== undefined) return false
  throw new StartError(
    'BRANDKIT_WORKER=off needs DATABASE_URL, because no other process can work in the embedded database; set it, or unset BRANDKIT_WORKER.',
  )
}

function sessionSecret(env: Variables): string | undefined {
  const text = readVariable(env, 'SESSION_SECRET')
  if (text === undefined) return undefined
  if (text.length >= 32) return text
  throw new StartError('SESSION_SECRET is too short to be one; it must have at least 32 characters, drawn at random.')
}

function dataFolder(env: Variables): string {
  const folder = readVariable(env, 'BRANDKIT_DATA') ?? DEFAULT_DATA_FOLDER
  if (!folder.includes('://')) return folder
  throw new StartError(
    'BRANDKIT_DATA is a URL; it must be a folder. DATABASE_URL takes the address of a Postgres server.',
  )
}

function databaseUrl(env: Variables): string | undefined {
  const text = readVariable(env, 'DATABASE_URL')
  if (text === undefined) return undefined
  if (/^postgres(ql)?:\/\//i.test(text) && URL.canParse(text)) return text
  // The message omits the value, which usually holds a password.
  throw new StartError(
    'DATABASE_URL is not a Postgres address; it must look like postgres://user:password@host:5432/database.',
  )
}

function payloadKeys(env: Variables): readonly Uint8Array[] | undefined {
  const keys = readVariable(env, 'PAYLOAD_KEY')?.split(',')
  if (keys?.every((key) => /^[0-9a-f]{64}$/i.test(key))) return keys.map((key) => Buffer.from(key, 'hex'))
  if (keys === undefined) return undefined
  throw new StartError(
    'PAYLOAD_KEY is no key; it must be 64 hexadecimal digits (openssl rand -hex 32), and older keys may follow, each after a comma.',
  )
}

function languageModel(env: Variables): LanguageModelOptions | undefined {
  const [baseUrl, model, apiKey] = ['LLM_BASE_URL', 'LLM_MODEL', 'LLM_API_KEY'].map((name) => readVariable(env, name))
  if (!baseUrl && !model && !apiKey) return undefined
  if (!baseUrl) {
    throw new StartError(
      `${model ? 'LLM_MODEL' : 'LLM_API_KEY'} is set without LLM_BASE_URL; set that too, such as https://api.openai.com/v1, or neither.`,
    )
  }
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : ''
  // The message omits the address, which may hold a key.
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new StartError('LLM_BASE_URL is no http or https address; it must look like https://api.openai.com/v1.')
  }
  if (!model)
    throw new StartError('LLM_BASE_URL is set without LLM_MODEL; name the model that is to be asked, or unset both.')
  return { baseUrl, model, apiKey, prices: modelPrices(env) }
}

function modelPrices(env: Variables): ModelPrices | undefined {
  const text = readVariable(env, 'LLM_PRICES')
  if (text === undefined) return undefined
  const [, input, output, currency] = /^(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?) ([A-Z]{3})$/.exec(text) ?? []
  if (currency !== undefined) return { input: Number(input), output: Number(output), currency }
  throw new StartError(
    `LLM_PRICES is "${text}"; it must be what a million tokens of input and of output cost, such as 0.25/2 USD.`,
  )
}

function trendFeedsNetwork(env: Variables): 'public' | 'any' {
  const network = readVariable(env, 'TREND_FEEDS_NETWORK') ?? 'public'
  if (network === 'public' || network === 'any') return network
  throw new StartError(
    `TREND_FEEDS_NETWORK is "${network}"; it must be public, or any to read feeds on private addresses too.`,
  )
}

function smtpUrl(env: Variables): string | undefined {
  const text = readVariable(env, 'SMTP_URL')
  if (text === undefined) return undefined
  if (/^smtps?:\/\/./.test(text) && URL.canParse(text)) return text
  // The message omits the value, which usually holds a password.
  throw new StartError('SMTP_URL is no address of a mail server; it must look like smtp://user:password@host:587.')
}

function vapid(env: Variables): VapidKeys | undefined {
  const publicKey = readVariable(env, 'VAPID_PUBLIC_KEY')
  const privateKey = readVariable(env, 'VAPID_PRIVATE_KEY')
  if (publicKey !== undefined && privateKey !== undefined) return { publicKey, privateKey }
  if (publicKey === undefined && privateKey === undefined) return undefined
  throw new StartError('Only one of VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY is set; set both, or neither.')
}

function studioUrl(env: Variables): string | undefined {
  const text = readVariable(env, 'STUDIO_URL')
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin
  throw new StartError('STUDIO_URL is no http or https address; it must look like https://studio.example.')
}
