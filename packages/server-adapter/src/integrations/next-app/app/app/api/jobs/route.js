// oxlint-disable no-restricted-imports -- an app, which imports the package by its name

import { toNext } from '@brandkit/server-adapter/next'

// The app is built by Next and run in the process of the test, which says what is mounted.
export const { GET, POST, OPTIONS } = toNext({
  handler: (request) => globalThis.mountedOnNext.handler(request),
})
