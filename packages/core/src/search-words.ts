/** Words are compared by this many UTF-16 units; what follows is ignored on both sides. */
const LONGEST_WORD = 64

/** Scripts that put no blanks between words: each of their characters is a word. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`
const WORD = new RegExp(String.raw`${UNSPACED}|(?:(?!${UNSPACED})[\p{L}\p{N}\p{M}])+`, 'gu')

/**
 * The words of a text, each once: runs of letters and digits, in capitals, so that "Straße" equals "STRASSE". Everything
 * else parts words.
 */
export function toSearchWords(text: string): string[] {
  const words = text.normalize('NFKC').toUpperCase().match(WORD) ?? []
  return [...new Set(words.map(cutWord))]
}

/** A cut between the halves of a character leaves the half out. */
function cutWord(word: string): string {
  return word.length <= LONGEST_WORD ? word : word.slice(0, LONGEST_WORD).replace(/\p{Surrogate}$/u, '')
}

/** The words by which a search finds a task: those of its title and of its tags. */
export function wordsOfTask({ title, tags = [] }: { title: string; tags?: readonly string[] | undefined }): string[] {
  return toSearchWords([title, ...tags].join('\n'))
}

/**
 * Whether a search finds a task: each word of the search begins a word of the title or of a tag. A search without a word,
 * such as "&", finds nothing.
 */
export function isFound(task: Parameters<typeof wordsOfTask>[0], search: string): boolean {
  const wanted = toSearchWords(search)
  if (wanted.length === 0) return false
  const words = wordsOfTask(task)
  return wanted.every((wish) => words.some((word) => word.startsWith(wish)))
}
