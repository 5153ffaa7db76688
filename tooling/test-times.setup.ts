import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { vi } from 'vitest'

const { waitFor, waitUntil } = vi
// Their default is one second, and the runner has no setting for it.
vi.waitFor = (callback, options) => waitFor(callback, patient(options))
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options))

function patient(options: number | { timeout?: number; interval?: number } | undefined) {
  return typeof options === 'number' ? options : { timeout: CONDITION_MS, ...options }
}
