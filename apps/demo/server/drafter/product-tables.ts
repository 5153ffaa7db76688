import type { IdeaEffort, IdeaFormat, ProductIdeaKind } from '@brandkit/core/brand-tasks'

/** One way to look at a feature: what it may be good for, and what would make people believe it. */
export interface Lens {
  /** Words of a feature that belong to it. */
  signs: RegExp
  benefit: string
  proof: string
  occasion: string
  need: string
}

/**
 * What features are good for, as laddering asks ("and why does that matter to you?": Reynolds and Gutman, 1988). Each feature
 * of a product gets a lens of its own, by its words where they say so; there are more lenses than a product has features.
 */
export const LENSES: readonly [Lens, ...Lens[]] = [
  {
    signs: /\b(cancel\w*|trial|return\w*|refund\w*|no contract|money back)/i,
    benefit: 'Less risk: say what can be undone, and until when',
    proof: 'The terms on one card, without an asterisk',
    occasion: 'The moment before paying',
    need: 'to be sure that it can be undone',
  },
  {
    signs: /\b(guarantee\w*|warrant\w*|repair\w*|service\w*|support|screwdriver|spare parts?|replace\w*)/i,
    benefit: 'Help afterwards: say who puts it right, and how soon',
    proof: 'One that came back, and what was done to it',
    occasion: 'The day on which something breaks',
    need: 'somebody who puts it right',
  },
  {
    signs:
      /\b(dim\w*|quiet\w*|soft\w*|comfort\w*|warm\w*|gentle|silent|cozy|cosy|smooth\w*|ergonomic\w*|night vision)\b/i,
    benefit: 'Comfort: say what gets quieter, softer or easier',
    proof: 'The same evening filmed with and without it',
    occasion: 'The end of a loud day',
    need: 'less of everything',
  },
  {
    signs:
      /\b(batter\w*|charge|lasts?|lasting|durab\w*|lifetime|for life|rain|robust|sturdy|waterproof|unbreak\w*|steel)\b/i,
    benefit: 'Staying power: say how long it goes on without care',
    proof: 'One that has been used for a year beside a new one',
    occasion: 'Two days from the next shop',
    need: 'something that simply goes on working',
  },
  {
    signs: /\b(fast|quick\w*|minutes?|seconds?|instant\w*|automat\w*|before nine|deliver\w*|ready|same.day|express)\b/i,
    benefit: 'Time: say how much sooner it is done',
    proof: 'The usual way and this one side by side, with a clock',
    occasion: 'A weekday morning with ten minutes to go',
    need: 'to have it off the list',
  },
  {
    signs:
      /\b(fresh\w*|roast\w*|steep\w*|flavou?r\w*|taste\w*|ingredient\w*|organic|homemade|single.origin|brew\w*|bak\w*)\b/i,
    benefit: 'Taste: say what one notices at the first try',
    proof: 'A blind test against what people have at home',
    occasion: 'The first quiet quarter of an hour of the day',
    need: 'a small thing to look forward to',
  },
  {
    signs:
      /\b(recycl\w*|refill\w*|sustainab\w*|solar|bikes?|local\w*|plastic.free|compost\w*|carbon|vegan|second.hand|green)\b/i,
    benefit: 'Footprint: say what is not thrown away, burnt or driven',
    proof: 'The whole way of it, step by step',
    occasion: 'A talk among friends about what to buy',
    need: 'an answer that holds when somebody asks',
  },
  {
    signs: /\b(free|price\w*|cheap\w*|sav(?:e|es|ing)|discount\w*|included|no fees?|flat.rate|afford\w*|fair\w*)\b/i,
    benefit: 'Cost: say what a year of it adds up to',
    proof: 'A year beside the usual choice, line by line',
    occasion: 'The end of the month',
    need: 'to know what it will cost',
  },
  {
    signs:
      /\b(light(?:weight)?|small|compact|portable|fold\w*|grams?|kg|pocket\w*|travel\w*|carry\w*|stack\w*|weighs)\b/i,
    benefit: 'Weight and size: say where it fits',
    proof: 'A kitchen scale, and the bag that people have anyway',
    occasion: 'Packing on the evening before a journey',
    need: 'one thing that need not stay at home',
  },
  {
    signs: /\b(safe\w*|secur\w*|priva\w*|encrypt\w*|certif\w*|tested|child.?proof|backup\w*|insur\w*|non.?toxic)\b/i,
    benefit: 'Safety: say who tested it, and for what',
    proof: 'The report, with its date',
    occasion: 'News of somebody to whom it did happen',
    need: 'to be on the safe side',
  },
  {
    signs: /\b(connect\w*|apps?|sync\w*|integrat\w*|shar\w*|works with|import\w*|export\w*|api|calendar\w*|team\w*)\b/i,
    benefit: 'Fit with the rest: say what it works with',
    proof: 'A set-up from nothing in one take',
    occasion: 'The first day with it',
    need: 'to begin without changing everything',
  },
  {
    signs: /\b(custom\w*|personal\w*|adjust\w*|choose|choice|colou?rs?|sizes?|engrav\w*|modular|tailor\w*)\b/i,
    benefit: 'Choice: say what can be chosen, and by when',
    proof: 'What real buyers chose, each with the reason',
    occasion: 'A present for somebody who has everything',
    need: 'something that fits one person',
  },
  {
    signs: /\b(hand\w*|craft\w*|design\w*|wood\w*|leather|linen|ceramic\w*|beaut\w*|vintage|silver|gold)\b/i,
    benefit: 'Making: say who makes it, and how',
    proof: 'A close-up in daylight',
    occasion: 'Moving in, or clearing out at last',
    need: 'less, but better',
  },
  {
    signs: /(?:)/,
    benefit: 'Everyday use: say what it spares people',
    proof: 'Somebody who has it, in their own words',
    occasion: 'The next time the old way fails',
    need: 'a way that works the first time',
  },
]

export interface ProductMechanic {
  key: string
  format: IdeaFormat
  effort: IdeaEffort
  /** How likely somebody passes it on, 0 to 1; an assumption of this demo. */
  shareability: number
  /** Before the feature: "One claim: “steeped for 16 hours”". */
  name: string
  hook: string
  outline: string
}

/** What a feature can become. */
export const PRODUCT_MECHANICS: Readonly<Record<ProductIdeaKind, readonly ProductMechanic[]>> = {
  campaign: [
    {
      key: 'one-claim',
      format: 'short-video',
      effort: 'week',
      shareability: 0.7,
      name: 'One claim',
      hook: 'We only say one thing. Here is the proof.',
      outline: 'Four weeks in which every advert says the same one thing, each with another proof.',
    },
    {
      key: 'without-it',
      format: 'carousel',
      effort: 'week',
      shareability: 0.75,
      name: 'A week without it',
      hook: 'Day 1: we took it away.',
      outline: 'Three people who have it do without for a week and tell what they missed.',
    },
    {
      key: 'dare',
      format: 'challenge',
      effort: 'week',
      shareability: 0.85,
      name: 'Prove us wrong',
      hook: 'If you can show that it is not so, it is on us.',
      outline: 'A public dare, with its rules on one page. Who shows the opposite is answered in public.',
    },
  ],
  content: [
    {
      key: 'how-made',
      format: 'article',
      effort: 'day',
      shareability: 0.45,
      name: 'How it came about',
      hook: 'The first three versions did not work.',
      outline: 'The people who made it tell why it is there, what they threw away, and what it is good for.',
    },
    {
      key: 'proof-film',
      format: 'short-video',
      effort: 'day',
      shareability: 0.65,
      name: 'Seen, not said',
      hook: 'No words in this one.',
      outline: 'Only the proof: no voice, no music. One line at the end says what it was.',
    },
    {
      key: 'moment',
      format: 'carousel',
      effort: 'hour',
      shareability: 0.55,
      name: 'Five things that help',
      hook: 'Number three is not from us.',
      outline: 'Five honest tips for one moment of the day. One of them is this, and it is not the first.',
    },
  ],
  promotion: [
    {
      key: 'try-at-moment',
      format: 'story',
      effort: 'day',
      shareability: 0.4,
      name: 'Try it when it counts',
      hook: 'Not in the shop. Then.',
      outline: 'An offer that is tied to a moment and not to a date: who writes in then may try it.',
    },
    {
      key: 'bring-old',
      format: 'poll',
      effort: 'day',
      shareability: 0.5,
      name: 'Bring the old one',
      hook: 'What has it cost you so far?',
      outline:
        'Who brings what it replaces gets something off, and is asked one question. The answers become the next advert.',
    },
    {
      key: 'first-hundred',
      format: 'story',
      effort: 'hour',
      shareability: 0.45,
      name: 'The first hundred',
      hook: 'We would like to hear from you, by name.',
      outline:
        'The first hundred buyers who write one line about it get a small thing back. No lottery, no fine print.',
    },
  ],
  partnership: [
    {
      key: 'neighbour',
      format: 'carousel',
      effort: 'week',
      shareability: 0.5,
      name: 'With a neighbour',
      hook: 'Two that nobody has put together yet.',
      outline:
        'Find the maker whose things are used at the same moment. Each explains the other, and both send it to their people.',
    },
    {
      key: 'tester',
      format: 'live-stream',
      effort: 'week',
      shareability: 0.55,
      name: 'Handed to somebody who doubts',
      hook: 'They may say whatever they find.',
      outline:
        'Somebody who is trusted, and not paid for praise, has it for a month. The verdict goes out live, with questions.',
    },
  ],
  event: [
    {
      key: 'open-table',
      format: 'live-stream',
      effort: 'week',
      shareability: 0.4,
      name: 'An evening to touch it',
      hook: 'Come as you are. Doubts welcome.',
      outline: 'Twenty people, one long table, one thing to try. Everybody takes home a note of what they found.',
    },
    {
      key: 'at-the-moment',
      format: 'challenge',
      effort: 'week',
      shareability: 0.6,
      name: 'Meet where it is needed',
      hook: 'Not in a hall. There.',
      outline: 'Meet people where the need comes up, with enough for everybody to try.',
    },
  ],
  bundle: [
    {
      key: 'moment-kit',
      format: 'carousel',
      effort: 'day',
      shareability: 0.45,
      name: 'The kit for that moment',
      hook: 'Everything is in the box.',
      outline: 'With the two things that are missing just then, from others, at one price. The box says what for.',
    },
    {
      key: 'one-for-two',
      format: 'story',
      effort: 'hour',
      shareability: 0.6,
      name: 'One to keep, one to give',
      hook: 'You thought of somebody just now.',
      outline: 'Two in one parcel, the second with a card on which it is explained by hand.',
    },
  ],
}
