import * as fc from 'fast-check'
import { hostileKey, hostileValue } from './hostile-values.js'

type Path = readonly (string | number)[]

/** One change of a nested value. */
interface Mutation {
  kind: 'drop' | 'add' | 'rename' | 'replace' | 'wrap' | 'repeat'
  /** The index of the place to change. */
  place: number
  key: string
  value: unknown
}

/** The values of another arbitrary with one to three changes each: keys dropped, added and renamed, values of other kinds. */
export function mutated(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    kind: fc.constantFrom('drop', 'add', 'rename', 'replace', 'wrap', 'repeat'),
    place: fc.nat(),
    key: hostileKey,
    value: hostileValue,
  })
  return fc
    .tuple(values, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([value, mutations]) => mutations.reduce<unknown>(mutate, value))
}

function mutate(root: unknown, { kind, place, key, value }: Mutation): unknown {
  const paths = pathsOf(root)
  const path = paths[place % paths.length] ?? []
  return change(root, path, (node) => {
    if (kind === 'replace') return value
    if (kind === 'wrap') return place % 2 === 0 ? [node] : { [key]: node }
    if (Array.isArray(node))
      return kind === 'repeat' ? [...(node as unknown[]), ...(node as unknown[])] : [...(node as unknown[]), value]
    if (typeof node !== 'object' || node === null) return value
    const entries = Object.entries(node)
    const index = place % Math.max(1, entries.length)
    if (kind === 'drop') return Object.fromEntries(entries.filter((_, at) => at !== index))
    if (kind === 'rename')
      return Object.fromEntries(entries.map(([name, child], at) => [at === index ? key : name, child]))
    return Object.fromEntries([...entries, [key, value]])
  })
}

function pathsOf(root: unknown): Path[] {
  const paths: Path[] = [[]]
  const walk = (node: unknown, path: Path) => {
    if (typeof node !== 'object' || node === null || paths.length > 200) return
    for (const [key, child] of Object.entries(node)) {
      paths.push([...path, key])
      walk(child, [...path, key])
    }
  }
  walk(root, [])
  return paths
}

function change(node: unknown, [key, ...rest]: Path, by: (node: unknown) => unknown): unknown {
  if (key === undefined) return by(node)
  if (Array.isArray(node))
    return node.map((child: unknown, index) => (String(index) === key ? change(child, rest, by) : child))
  return Object.fromEntries(
    Object.entries(node as object).map(([name, child]: [string, unknown]) => [
      name,
      name === key ? change(child, rest, by) : child,
    ]),
  )
}
