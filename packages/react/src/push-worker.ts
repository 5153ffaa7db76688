import { type PushWorkerScope, servePush } from './push/serve-push.js'

// The whole service worker of an app without one of its own. Others import this file in theirs.
servePush(globalThis as unknown as PushWorkerScope)
