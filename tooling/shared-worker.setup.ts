import { afterAll, vi } from 'vitest'

const { setTimeout: clock, setInterval: interval } = globalThis

// The runner restores before each test only, so the last test of a file would leave its mocks and stubs to the next file.
// Hooks that are registered first run last: the file has had its own.
afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  if (globalThis.setTimeout === clock && globalThis.setInterval === interval) return
  Object.assign(globalThis, { setTimeout: clock, setInterval: interval })
  throw new Error(
    'This file leaves a fake clock to the next file of its worker. Call vi.useRealTimers() in afterEach, and replace a timer under a fake clock without vi.spyOn, whose restore brings the fake back.',
  )
})
