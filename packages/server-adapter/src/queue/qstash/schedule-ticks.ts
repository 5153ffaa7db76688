import { createHash } from 'node:crypto'
import { askQStash, assertBaseUrl, createQStashClient } from './qstash-client.js'
import { toDeliveryUrl } from './delivery-url.js'

export interface ScheduleTicksOptions {
  token: string
  /** The same value as for `qstashQueue`. */
  publicUrl: string
  /** How often. Default `* * * * *`, every minute. */
  cron?: string | undefined
  baseUrl?: string | undefined
}

/**
 * Lets QStash call for maintenance on a schedule, for deployments whose processes end with each request. Run it when you
 * deploy; once for each public URL is enough. Repeating it changes the schedule instead of adding one.
 *
 * Without a schedule, recovery works only while requests arrive.
 */
export async function scheduleTicks({
  token,
  publicUrl,
  cron = '* * * * *',
  baseUrl,
}: ScheduleTicksOptions): Promise<{ scheduleId: string }> {
  const destination = toDeliveryUrl(publicUrl)
  assertBaseUrl(baseUrl)
  const client = await createQStashClient({ token, baseUrl })
  const scheduling = client.schedules.create({
    scheduleId: `brandkit-${createHash('sha256').update(destination).digest('hex').slice(0, 16)}`,
    destination,
    cron,
    body: JSON.stringify({ tick: true }),
    // The next tick is the retry.
    retries: 0,
  })
  const { scheduleId } = await askQStash(scheduling, { baseUrl })
  return { scheduleId }
}
