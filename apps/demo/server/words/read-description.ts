import { toThirdPerson } from './predicate.ts'
import { lowerFirst } from './lower-first.ts'
import { shorten } from './shorten.ts'

export interface Description {
  /** In the third person: "makes lamps", "roasts coffee in small batches". */
  does: string
  /** What it is about, as it was said, without the people: "lamps". */
  what: string
  /** "people who camp in the north"; missing where the text does not say. */
  whom?: string
}

const LONGEST = 140

/** Reads what somebody does and for whom from the first sentence of a description. */
export function readDescription(text: string, name = ''): Description {
  const [first = ''] = text.trim().split(/[.!?](?:\s|$)|\n/)
  const sentence = startsWithName(first, name) ? first.slice(name.length).trim() : first.trim()
  const [, whole = sentence, people] = /^(.{3,}?)\s+for\s+(.{3,})$/is.exec(sentence) ?? []
  const whom =
    people && !/^(?:\d|(?:a while|example|years|months|free|sale)\b)/i.test(people) ? people.trim() : undefined
  const rest = whom ? whole : sentence

  const inFirstPerson = /^(?:we|i)\s+(?:also\s+)?(\p{L}+)\s+(.+)$/iu.exec(rest)
  const inThirdPerson = startsWithName(first, name) ? /^(is|are|has|\p{L}+s)\s+(.+)$/iu.exec(rest) : null
  const [, verb = '', object = rest] = inFirstPerson ?? inThirdPerson ?? []
  const what = shorten(lowerFirst(object || first || text).replace(/[\s,;:]+$/, ''), LONGEST)
  const thing = what.split(/\s+and\s+(?=\p{L}+\s+(?:them|it)\b)/iu)[0] ?? what
  const thirdPerson = inThirdPerson ? verb.toLowerCase() : toThirdPerson(verb.toLowerCase())
  return {
    what: thing,
    does: `${verb ? thirdPerson : 'offers'} ${what}`,
    ...(whom && { whom: shorten(lowerFirst(whom), LONGEST) }),
  }
}

function startsWithName(sentence: string, name: string): boolean {
  return name !== '' && sentence.toLowerCase().startsWith(`${name.toLowerCase()} `)
}
