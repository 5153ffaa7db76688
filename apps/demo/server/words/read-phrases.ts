import { shorten } from '../words.ts'

const LONGEST = 90

/** The parts of a text between full stops, commas and semicolons, and around "and" where that leaves parts of two words. */
export function readPhrases(text: string): string[] {
  const phrases = text
    .replaceAll(/\s+/g, ' ')
    // A comma or point between digits belongs to a number.
    .split(/[;:!?\n]+|[.,](?!\d)|\s[-–—]\s/)
    .flatMap(splitAtAnd)
    .map((phrase) => phrase.replace(/^[\s"'“”‘’()–-]*(?:(?:and|or|but)\s+)?/i, '').replace(/[\s"'“”()–-]+$/, ''))
    .filter((phrase) => phrase.length > 1)
    .map((phrase) => shorten(phrase, LONGEST))
  return [...new Set(phrases)]
}

function splitAtAnd(phrase: string): string[] {
  const parts = phrase.split(/\s+and\s+/i)
  return parts.every((part) => part.trim().split(' ').length >= 2) ? parts : [phrase]
}
