/** The first letter large: "a lamp" becomes "A lamp". */
export function capitalise(text: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase('en') + text.slice(first.length)
}
