/** At most `max` UTF-16 units: cut after a whole word where there is one, with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  const lastSpace = cut.search(/\s\S*$/)
  const whole = lastSpace > max / 2 ? cut.slice(0, lastSpace) : cut
  // A cut through a surrogate pair would leave half a character.
  return `${whole.replace(/[\uD800-\uDBFF]$/, '').replace(/[\s,;:–-]+$/, '')}…`
}
