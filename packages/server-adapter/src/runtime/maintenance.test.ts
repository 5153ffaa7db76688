import { silentLogger } from '@brandkit/core'
import { expect, it, vi } from 'vitest'
import { createMaintenance } from './maintenance.js'

it('in passing asks the store once in its interval, whatever the number of requests, also after a clock was set back', async () => {
  let now = 1_000_000
  const maintain = vi.fn(async () => null)
  const maintenance = createMaintenance({
    store: { maintain },
    queue: {},
    clock: { now: () => now, uptime: () => 0 },
    timings: { maintenanceMs: 5_000 },
    logger: silentLogger,
  } as unknown as Parameters<typeof createMaintenance>[0])

  const requests = () => Promise.all([maintenance.inPassing(), maintenance.inPassing()])
  await requests()
  now += 4_999
  await requests()
  expect(maintain).toHaveBeenCalledTimes(1)
  now += 1
  await requests()
  expect(maintain).toHaveBeenCalledTimes(2)
  now -= 60_000
  await requests()
  expect(maintain).toHaveBeenCalledTimes(3)
})
