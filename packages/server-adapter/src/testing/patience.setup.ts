import { vi } from 'vitest'

/** Milliseconds that a condition may take to come true: a busy machine is no failure. */
const PATIENCE_MS = 20_000

const { waitFor } = vi
// Its own default is one second, which is short where two cores run everything at once.
vi.waitFor = (callback, options = PATIENCE_MS) => waitFor(callback, options)
