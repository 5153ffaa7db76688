import { lowerFirst, shorten, withArticle } from '../words.ts'
import { toThirdPerson } from './predicate.ts'

export interface Description {
  /** In the third person: "makes lamps", "roasts coffee in small batches". */
  does: string
  /** What it is about, as it was said, without the people: "lamps". */
  what: string
  /** "people who camp in the north"; missing where the text does not say. */
  whom?: string
}

const LONGEST = 140

/** "Our mission is to make food affordable": we make it. */
const MISSION = /^our\s+(?:aim|goal|mission|purpose|vision)\s+is\s+to\s+/i
const FIRST_PERSON = /^(?:we|i)\s+(?:also\s+)?(\p{L}+)\s+(.+)$/iu
const THIRD_PERSON = /^(is|are|has|\p{L}+s)\s+(.+)$/iu
/** What is bought for somebody and not for something: "for campers", "for people who camp", but not "for outdoor gear". */
const SOMEBODY =
  /\b(?:adults|agencies|anyone|babies|brands|businesses|cats?|children|clinics|companies|couples|dogs?|everybody|everyone|families|firms|homes|hotels|kids|men|offices|parents|people|pets|professionals|restaurants|schools|start-?ups|students|studios|teams|teens|those|toddlers|who|women)\b|\b\p{L}{3,}(?:ers|ors|ists|ants|ians)\b/iu
/** Things that are spoken of with an article. */
const SINGULAR =
  /\b(?:agency|app|bag|bakery|bike|book|box|brand|café|club|course|game|hotel|kit|lamp|magazine|marketplace|newsletter|platform|podcast|restaurant|school|service|shop|store|studio|subscription|tool)$/i

/** Reads what somebody does and for whom from a description: from its first sentence, or the first that says what they do. */
export function readDescription(text: string, name = ''): Description {
  const sentences = text
    .trim()
    .split(/[.!?](?:\s|$)|\n/)
    .map((sentence) => sentence.trim().replace(MISSION, 'We '))
  const [first = ''] = sentences
  const saysLittle = startsWithName(first, name) && /^is\s/i.test(first.slice(name.length).trim())
  const chosen = (saysLittle && sentences.slice(0, 3).find((sentence) => FIRST_PERSON.test(sentence))) || first

  const sentence = startsWithName(chosen, name) ? chosen.slice(name.length).trim() : chosen
  const [, whole = sentence, people = ''] = /^(.{3,}?)\s+for\s+(.{3,})$/is.exec(sentence) ?? []
  const whom = SOMEBODY.test(people) ? people.trim() : undefined
  const rest = (whom ? whole : sentence).replace(/[\s,;:]+$/, '')

  const inThirdPerson = startsWithName(chosen, name) ? THIRD_PERSON.exec(rest) : null
  const [, verb = '', object = rest] = FIRST_PERSON.exec(rest) ?? inThirdPerson ?? []
  const what = shorten(withMissingArticle(lowerFirst(object || chosen || text)), LONGEST)
  // "beans every Tuesday and delivers them by bike" is what is done; the thing is only its beginning.
  const thing = what.split(/\s+and\s+(?=\p{L}+\s+(?:them|it)\b)/iu)[0] ?? what
  const thirdPerson = inThirdPerson ? verb.toLowerCase() : toThirdPerson(verb.toLowerCase())
  return {
    what: thing,
    does: `${verb ? thirdPerson : 'offers'} ${what}`,
    ...(whom && { whom: shorten(lowerFirst(whom), LONGEST) }),
  }
}

function withMissingArticle(thing: string): string {
  const [noun = thing] = thing.split(/\s+(?:at|by|for|from|in|of|on|that|to|which|with)\s+/i)
  return SINGULAR.test(noun) && !/^(?:an?|the|one|every|our|my|your)\s/i.test(noun) ? withArticle(thing) : thing
}

function startsWithName(sentence: string, name: string): boolean {
  return name !== '' && sentence.toLowerCase().startsWith(`${name.toLowerCase()} `)
}
