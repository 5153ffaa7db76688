/** The oldest Node.js with all of `Object.groupBy`, `Promise.withResolvers`, `URL.parse`, and `require` of ES modules. */
const OLDEST_NODE = { major: 22, minor: 12 }

/**
 * Tells users of an old Node.js which version is needed; a later request would only say `Object.groupBy is not a function`.
 * Other runtimes pass: they report a Node.js version only for compatibility.
 *
 * @throws Error naming both versions
 */
export function assertRuntime(versions = runningVersions()): void {
  const { node, uv, bun, deno } = versions
  // Bun and Deno report versions of Node.js and libuv too, for compatibility.
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
