/** For the middle of a sentence: "Roasted weekly" becomes "roasted weekly"; "EU made", "LED" and "I" stay. */
export function lowerFirst(text: string): string {
  if (/^(?:A|An|The) /.test(text)) return text.charAt(0).toLowerCase() + text.slice(1)
  const [first = '', second = ''] = text
  if (!/^\p{Lu}$/u.test(first) || !/^\p{Ll}$/u.test(second)) return text
  return first.toLocaleLowerCase('en') + text.slice(first.length)
}
