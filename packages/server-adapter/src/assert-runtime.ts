/** The oldest Node.js that has what is used here: `Object.groupBy`, `Promise.withResolvers`, `URL.parse`, and `require` of ES modules. */
const OLDEST_NODE = { major: 22, minor: 12 }

/**
 * Says on an old Node.js which one is needed, instead of `Object.groupBy is not a function` at some request. Other runtimes
 * name a version of Node.js that they are not: they are not judged by it.
 *
 * @throws Error naming both versions
 */
export function assertRuntime(versions = runningVersions()): void {
  const { node, uv, bun, deno } = versions
  // Only Node.js itself runs on libuv; Bun and Deno say so for the sake of compatibility.
  if (node === undefined || uv === undefined || bun !== undefined || deno !== undefined) return
  const [major = 0, minor = 0] = node.split('.').map(Number)
  if (major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)) return
  throw new Error(
    `@brandkit/server-adapter needs Node.js ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer; this is ${node}. Install the current LTS release.`,
  )
}

/** Browsers have no `process`. */
function runningVersions(): Readonly<Record<string, string | undefined>> {
  return (globalThis.process as NodeJS.Process | undefined)?.versions ?? {}
}
