import { capitalise } from './capitalise.ts'

/** "New from {brand}: {Offer}." with its words put in; `{Offer}` is `{offer}` at the start of a sentence. */
export function fillTemplate(template: string, words: Readonly<Record<string, string>>): string {
  // A function, so that "$&" in somebody's text stays what it is.
  const filled = template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const plain = words[name]
    if (plain !== undefined) return plain
    const lower = words[name.charAt(0).toLowerCase() + name.slice(1)]
    return lower === undefined ? placeholder : capitalise(lower)
  })
  return capitalise(filled)
}
