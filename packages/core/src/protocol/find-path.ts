import type { FieldIssue } from '../task-error.js'

/** The path to the first wanted value in a tree, searched level by level. Cycles are allowed. Null when no value matches. */
export function findPath(root: object, isWanted: (value: unknown) => boolean): FieldIssue['path'] | null {
  const seen = new Set<object>([root])
  // The loop below adds to this list while it walks it.
  const places: { node: object; path: FieldIssue['path'] }[] = [{ node: root, path: [] }]
  for (const { node, path } of places) {
    for (const [key, child] of Object.entries(node)) {
      const isFound = isWanted(child)
      if (!isFound && (typeof child !== 'object' || child === null || seen.has(child))) continue
      const place = [...path, Array.isArray(node) ? Number(key) : key]
      if (isFound) return place
      seen.add(child as object)
      places.push({ node: child as object, path: place })
    }
  }
  return null
}
