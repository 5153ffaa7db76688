import { toNext } from '../../../../../next.ts'

// The app is built by Next and run in the process of the test, which says what is mounted.
export const { GET, POST, OPTIONS } = toNext({
  handler: (request) => globalThis.mountedOnNext.handler(request),
})
