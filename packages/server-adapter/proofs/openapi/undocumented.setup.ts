import { afterEach } from 'vitest'
import { takeUndocumented } from './documented.js'

// In every test: an answer that the OpenAPI document does not describe fails the test.
afterEach(() => {
  const undocumented = takeUndocumented()
  if (undocumented.length === 0) return
  throw new Error(`The OpenAPI document does not describe these answers:\n${undocumented.join('\n')}`)
})
