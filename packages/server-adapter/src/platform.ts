import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { dequal } from 'dequal'

// The functions of Node.js that `createTaskServer` needs with memory store and memory queue, each with a substitute for
// browsers, where the fake task server runs. Bundlers for browsers reject imports of `node:`.

const node: Partial<Pick<NodeJS.Process, 'getBuiltinModule'>> | undefined = globalThis.process
const asyncHooks = node?.getBuiltinModule?.('node:async_hooks')
const crypto = node?.getBuiltinModule?.('node:crypto')
const events = node?.getBuiltinModule?.('node:events')
const timers = node?.getBuiltinModule?.('node:timers/promises')
const util = node?.getBuiltinModule?.('node:util')
const NativeBuffer = globalThis.Buffer as typeof globalThis.Buffer | undefined

/** The SHA-256 of a text. Native if the platform has a synchronous implementation. */
export const hashText: (text: string, encoding: 'hex' | 'base64url') => string = crypto
  ? hashWith(crypto)
  : (text, encoding) => {
      const bytes = sha256(utf8ToBytes(text))
      return encoding === 'hex' ? bytesToHex(bytes) : encodeBytes(bytes)
    }

/** Two hex digits in lower case for each byte. */
export const toHex: (bytes: Uint8Array) => string = NativeBuffer
  ? ({ buffer, byteOffset, byteLength: length }) => NativeBuffer.from(buffer, byteOffset, length).toString('hex')
  : bytesToHex

/** The length of a text in UTF-8, in bytes. */
export const byteLength: (text: string) => number = NativeBuffer
  ? (text) => NativeBuffer.byteLength(text)
  : (text) => utf8ToBytes(text).byteLength

export const toBase64Url: (text: string) => string = NativeBuffer
  ? (text) => NativeBuffer.from(text).toString('base64url')
  : (text) => encodeBytes(utf8ToBytes(text))

/** May throw for invalid base64. */
export const fromBase64Url: (encoded: string) => string = NativeBuffer
  ? (encoded) => NativeBuffer.from(encoded, 'base64url').toString()
  : (encoded) => {
      const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
      return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
    }

/** Whether two values are deeply equal, prototypes included. */
export const isDeepEqual: (a: unknown, b: unknown) => boolean = util ? util.isDeepStrictEqual : dequal

/** Resolves in a later turn of the event loop, so that timers and messages run first. */
export const nextTurn: () => Promise<unknown> = timers ? () => timers.setImmediate() : takeTurn

/** Allows any number of listeners on the signal. Only Node.js warns about many listeners. */
export function expectManyListeners(signal: AbortSignal): void {
  events?.setMaxListeners(0, signal)
}

/** A value that follows a call through everything that it calls and awaits. */
export interface CallContext<Value> {
  run<Result>(value: Value, work: () => Result): Result
  getStore(): Value | undefined
}

/** Makes a call context. Browsers cannot follow a call through promises: `getStore` gives `undefined` there. */
export function createCallContext<Value>(): CallContext<Value> {
  if (asyncHooks) return new asyncHooks.AsyncLocalStorage<Value>()
  return { run: (_value, work) => work(), getStore: () => undefined }
}

/**
 * Does work within the call contexts in which the app has loaded this package: for work that serves several callers and must
 * see the context of none. A server may be made and started within a request, which would then stay with it. Browsers have no
 * contexts.
 */
export const outsideOfRequests: <Result>(work: () => Result) => Result = asyncHooks
  ? asyncHooks.AsyncLocalStorage.snapshot()
  : (work) => work()

/** One call costs half of a `Hash` object; runtimes that only imitate Node.js may lack it. */
function hashWith(native: NonNullable<typeof crypto>): typeof hashText {
  if (typeof native.hash === 'function') return (text, encoding) => native.hash('sha256', text, encoding)
  return (text, encoding) => native.createHash('sha256').update(text).digest(encoding)
}

/** Sends itself a message, because browsers delay repeated timers by 4 ms. */
async function takeTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const { promise, resolve } = Promise.withResolvers<void>()
  port1.addEventListener('message', () => resolve())
  port1.start()
  port2.postMessage(null)
  await promise
  port1.close()
}

function encodeBytes(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
