/** For the middle of a sentence: "Roasted weekly" becomes "roasted weekly"; "EU made", "LED" and "I" stay. */
export function lowerFirst(text: string): string {
  const [first = '', second = ''] = text
  if (!/^\p{Lu}$/u.test(first) || !/^\p{Ll}$/u.test(second)) return text
  return first.toLocaleLowerCase('en') + text.slice(first.length)
}
