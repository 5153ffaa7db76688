const OPEN = '([{'
const CLOSE = ')]}'

/**
 * Reads the source of a property out of an object's source: `b` of `{ a: 1, b: (x) => [x] }` is `(x) => [x]`. Enough for
 * the stories of this repository, whose strings hold no single brackets. `undefined` if there is no such property.
 */
export function readProperty(source: string, name: string): string | undefined {
  const start = new RegExp(String.raw`(?<=[{,\s])${name}:\s*`).exec(source)
  if (!start) return undefined
  const from = start.index + start[0].length
  let depth = 0
  for (let at = from; at < source.length; at += 1) {
    const character = source.charAt(at)
    if (OPEN.includes(character)) depth += 1
    if (CLOSE.includes(character)) depth -= 1
    if (depth < 0 || (depth === 0 && character === ',')) return shiftLeft(source.slice(from, at).trim())
  }
  return undefined
}

/** Takes away the indentation that the lines after the first have in common. */
function shiftLeft(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  const depths = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const least = Math.min(...depths, 40)
  return [first, ...rest.map((line) => line.slice(least))].join('\n')
}
