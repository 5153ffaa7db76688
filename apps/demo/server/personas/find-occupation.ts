import { type AudienceTrait, readTraits } from '../media-plan/read-audience.ts'
import { capitalise, pickBy, readKeywords } from '../words.ts'

type Choices = readonly [string, ...string[]]

const BY_TRAIT: Readonly<Partial<Record<AudienceTrait, Choices>>> = {
  young: ['Student of economics', 'Trainee in a workshop', 'Junior designer', 'Student nurse', 'Barista and student'],
  older: ['Retired teacher', 'Retired engineer', 'Part-time bookkeeper', 'Volunteer, formerly a nurse'],
  families: [
    'Primary school teacher',
    'Project manager on part time',
    'Nurse on shifts',
    'Self-employed carpenter',
    'Account manager',
  ],
  professionals: ['Team lead', 'Consultant', 'Product manager', 'Controller', 'Software engineer'],
  commuters: ['Office manager', 'Paralegal', 'Sales representative', 'IT administrator'],
  culture: ['Bookseller', 'Sound engineer', 'Graphic designer', 'Librarian'],
  lifestyle: ['Physiotherapist', 'Hotel manager', 'Buyer for a retailer', 'Yoga teacher'],
}
const ANYBODY: Choices = [
  'Office administrator',
  'Shop manager',
  'Electrician',
  'Civil servant',
  'Care worker',
  'Planner',
]
/** Ends of words that name what somebody does: "workers", "designers", "assistants". */
const WORKING = /(?:[^f]ers|ors|ists|ants|ians|eers|nurses|chefs|cooks|students|founders|freelancers)$/i
const NOT_WORK =
  /^(?:customers|members|subscribers|buyers|lovers|users|owners|dwellers|campers|runners|mothers|fathers|brothers|sisters|teenagers|others|visitors|seniors|neighbors|neighbours|followers|readers|gamers|players|commuters|drivers|travellers|travelers|hikers|swimmers|climbers|boomers|beginners|grandparents|parents|immigrants|tourists|drinkers|eaters|shoppers)$/i

/** What somebody of the group works as: the group itself where it names a job, else a job that its people often have. */
export function findOccupation(group: string, seed: string): string {
  const [head = group] = group.split(/\s+(?:in|with|of|from|at|on|near|under|over|for)\s+/i)
  const last = head.split(' ').at(-1) ?? ''
  if (WORKING.test(last) && !NOT_WORK.test(last)) return capitalise(head.replace(/s$/i, ''))

  const choices = readTraits(readKeywords(group)).flatMap((trait) => BY_TRAIT[trait] ?? [])
  const [first, ...others] = choices
  return pickBy(seed, first ? [first, ...others] : ANYBODY)
}
