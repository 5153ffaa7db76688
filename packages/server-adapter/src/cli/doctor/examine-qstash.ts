import { isJsonObject, strayCharacters } from '@brandkit/core'
import { lookup } from 'node:dns/promises'
import { explainConnection } from '../../explain-connection.js'
import { isPublicAddress } from '../../integrations/notify/public-address.js'
import { toDeliveryUrl } from '../../queue/qstash/delivery-url.js'
import { QSTASH_URL } from '../../queue/qstash/qstash-client.js'
import { type Finding, findingsOf } from './finding.js'

/** As the environment has them: a missing variable is undefined or empty. */
export interface QStashSettings {
  token: string | undefined
  currentSigningKey: string | undefined
  nextSigningKey: string | undefined
  publicUrl: string | undefined
  baseUrl: string | undefined
}

const { ok, warning, failed, skipped } = findingsOf('qstash')

const ANSWER_MS = 10_000

const VARIABLES = {
  token: 'QSTASH_TOKEN',
  currentSigningKey: 'QSTASH_CURRENT_SIGNING_KEY',
  nextSigningKey: 'QSTASH_NEXT_SIGNING_KEY',
} as const

/** Checks the settings of `qstashQueue`, and asks QStash whether they are those of the account. Publishes nothing. */
export async function examineQStash(settings: QStashSettings): Promise<Finding[]> {
  const { token, currentSigningKey, nextSigningKey, publicUrl } = settings
  if (!token && !currentSigningKey && !nextSigningKey) {
    return [skipped('keys', 'Not checked: set QSTASH_TOKEN, QSTASH_CURRENT_SIGNING_KEY and QSTASH_NEXT_SIGNING_KEY.')]
  }
  const faults = findFaults(settings)
  const keys = faults.length > 0 ? faults : [await compareKeys(settings)]
  return [...keys, await examinePublicUrl(publicUrl)]
}

function findFaults(settings: QStashSettings): Finding[] {
  return (['token', 'currentSigningKey', 'nextSigningKey'] as const).flatMap((name) => {
    const value = settings[name]
    if (!value) return [failed('keys', `${VARIABLES[name]} is not set. The QStash console shows it.`)]
    const stray = strayCharacters(value)
    return stray === undefined ? [] : [failed('keys', `${VARIABLES[name]} ${stray}.`)]
  })
}

/** Whether the deliveries that QStash signs will be accepted. */
async function compareKeys({ token, baseUrl, currentSigningKey, nextSigningKey }: QStashSettings): Promise<Finding> {
  const url = URL.parse('/v2/keys', baseUrl || QSTASH_URL)
  if (!url) return failed('keys', 'QSTASH_URL is not a URL. Leave it out for the vendor’s.')
  let response: Response
  let body: unknown
  try {
    const signal = AbortSignal.timeout(ANSWER_MS)
    response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal })
    body = await response.json().catch(() => null)
  } catch (error) {
    return failed('keys', `QStash at ${url.host} ${explainConnection(error)}`)
  }
  if (response.status === 401 || response.status === 403) {
    return failed(
      'keys',
      `QStash at ${url.host} refuses QSTASH_TOKEN. Copy it again from the console of the same region.`,
    )
  }
  if (!response.ok || !isJsonObject(body) || typeof body['current'] !== 'string') {
    return failed('keys', `QStash at ${url.host} answers HTTP ${response.status} when asked for its signing keys.`)
  }
  const { current, next } = body
  if (current !== currentSigningKey && current !== nextSigningKey) {
    return failed(
      'keys',
      'QStash signs with another key than the two that are set, so every delivery is refused. Copy both again.',
    )
  }
  if (current !== currentSigningKey || next !== nextSigningKey) {
    return warning(
      'keys',
      'The signing keys were rolled. Copy both again, since after the next roll every delivery is refused.',
    )
  }
  return ok('keys', `QStash at ${url.host} accepts the token, and signs with the keys that are set.`)
}

async function examinePublicUrl(publicUrl: string | undefined): Promise<Finding> {
  if (!publicUrl) {
    return failed(
      'public URL',
      'Where does QStash find the mount? Give --public-url https://app.example/api/jobs, or set PUBLIC_URL.',
    )
  }
  try {
    toDeliveryUrl(publicUrl)
  } catch (error) {
    return failed('public URL', (error as TypeError).message)
  }
  const { hostname } = new URL(publicUrl)
  // A URL writes IPv6 in brackets.
  const name = hostname.replaceAll(/^\[|\]$/g, '')
  try {
    const addresses = await lookup(name, { all: true })
    if (addresses.every(({ address }) => isPublicAddress(address)))
      return ok('public URL', `${hostname} is a public address.`)
    return failed(
      'public URL',
      `${hostname} leads to ${addresses.map(({ address }) => address).join(', ')}, which QStash cannot reach. Give the public address, or that of a tunnel.`,
    )
  } catch (error) {
    return failed('public URL', `${hostname} ${explainConnection(error)}`)
  }
}
