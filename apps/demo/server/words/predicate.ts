const MODALS = /^(?:can|cannot|can't|could|may|might|must|should|will|would)$/i
const ADVERBS = /^(?:already|also|always|hardly|just|mostly|never|often|only|rarely|really|sometimes|still|usually)$/i

/** "drink three cups a day" for one person: "drinks three cups a day". Reads plural predicates, as in "people who …". */
export function toThirdPerson(predicate: string): string {
  const [first = '', ...rest] = predicate.split(' ')
  if (MODALS.test(first)) return predicate
  if (ADVERBS.test(first)) return `${first} ${toThirdPerson(rest.join(' '))}`.trim()
  return [conjugate(first), ...rest].join(' ')
}

/** The same of oneself: "are short of time, like their peers" becomes "I am short of time, like my peers". */
export function toFirstPerson(predicate: string): string {
  return `I ${swap(predicate.replace(/^are\b/i, 'am'), { their: 'my', them: 'me', they: 'I', themselves: 'myself' })}`
}

/** The same to somebody's face: "you are short of time, like your peers". */
export function toSecondPerson(predicate: string): string {
  return `you ${swap(predicate, { their: 'your', them: 'you', they: 'you', themselves: 'yourself' })}`
}

function swap(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\b(?:themselves|their|them|they)\b/gi, (word) => words[word.toLowerCase()] ?? word)
}

function conjugate(verb: string): string {
  if (/^(?:are|am)$/i.test(verb)) return 'is'
  if (/^have$/i.test(verb)) return 'has'
  if (/^(?:don't|do)$/i.test(verb)) return verb.length > 2 ? "doesn't" : 'does'
  // Already in the third person, or not a verb that we could know.
  if (/[^s]s$/i.test(verb) || !/^\p{L}+$/u.test(verb)) return verb
  if (/(?:ss|x|z|ch|sh|o)$/i.test(verb)) return `${verb}es`
  return /[^aeiou]y$/i.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`
}
