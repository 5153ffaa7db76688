export interface BenefitClass {
  /** Words of a feature that belong to it. */
  signs: RegExp
  /** After "{Group} …". */
  benefit: string
  /** What would make people believe it; {number} is the first number of the feature. */
  proof: { withNumber: string; plain: string }
  occasion: string
  need: string
}

/**
 * What features are good for, as laddering asks ("and why does that matter to you?": Reynolds and Gutman, 1988), by the words that
 * they are named with. The first class that matches counts; the last one is for everything else.
 */
export const BENEFIT_CLASSES: readonly [BenefitClass, ...BenefitClass[]] = [
  {
    signs: /\b(cancel\w*|trial|return\w*|refund\w*|no contract|money back)/i,
    benefit: 'can say yes today and still change their minds tomorrow',
    proof: {
      withNumber: 'Put “{number}” and the terms on one card, without an asterisk',
      plain: 'Put the terms on one card, without an asterisk',
    },
    occasion: 'The moment before paying, when the doubt comes',
    need: 'to be sure that it can be undone',
  },
  {
    signs: /\b(guarantee\w*|warrant\w*|repair\w*|service\w*|support|spare parts?|replace\w*)/i,
    benefit: 'know that somebody will put it right',
    proof: {
      withNumber: 'Show one that came back, what was done to it, and “{number}” on the form',
      plain: 'Show one that came back, what was done to it, and who did it',
    },
    occasion: 'The day on which something breaks',
    need: 'somebody who puts it right instead of selling a new one',
  },
  {
    signs:
      /\b(dim\w*|quiet\w*|soft\w*|comfort\w*|warm\w*|gentle|silent|cozy|cosy|smooth\w*|ergonomic\w*|cushion\w*)\b/i,
    benefit: 'come to rest sooner',
    proof: {
      withNumber: 'Measure it where it is used: {number}, and the same place without',
      plain: 'Film the same evening with and without it, without music',
    },
    occasion: 'The evening, when the day has been loud',
    need: 'less of everything',
  },
  {
    signs:
      /\b(batter\w*|hours?|lasts?|lasting|durab\w*|lifetime|for life|robust|sturdy|waterproof|unbreak\w*|steel)\b/i,
    benefit: 'need not think about it again for a long while',
    proof: {
      withNumber: 'Let {number} run down in front of a camera, with a clock in the picture',
      plain: 'Show one that has been used for a year beside a new one',
    },
    occasion: 'Two days from the next socket or shop',
    need: 'something that simply goes on working',
  },
  {
    signs: /\b(fast|quick\w*|minutes?|seconds?|instant\w*|automat\w*|one.click|ready|same.day|express)\b/i,
    benefit: 'get back time that they lose today',
    proof: {
      withNumber: 'Take the time: {number} beside the usual way, uncut',
      plain: 'Do it side by side with the usual way, uncut, with a clock',
    },
    occasion: 'A weekday morning with ten minutes to go',
    need: 'to have it off the list',
  },
  {
    signs:
      /\b(fresh\w*|roast\w*|flavou?r\w*|taste\w*|ingredient\w*|organic|homemade|single.origin|whole.bean|brew\w*|bak\w*)\b/i,
    benefit: 'taste what they pay for',
    proof: {
      withNumber: 'Print the date on it and taste it {number} later, on camera',
      plain: 'Let people taste it blind against what they have at home',
    },
    occasion: 'The first quiet quarter of an hour of the day',
    need: 'a small thing to look forward to',
  },
  {
    signs: /\b(free|price\w*|cheap\w*|sav(?:e|es|ing)|discount\w*|included|no fees?|flat.rate|afford\w*|refill\w*)\b/i,
    benefit: 'spend less without having less',
    proof: {
      withNumber: 'Add up a year, with {number} in the first line',
      plain: 'Add up a year against the usual choice, line by line',
    },
    occasion: 'The end of the month, with the bill on the table',
    need: 'to know what it will cost, to the cent',
  },
  {
    signs:
      /\b(recycl\w*|sustainab\w*|solar|bikes?|local\w*|plastic.free|compost\w*|carbon|fair\w*|vegan|second.hand|deadstock|green)\b/i,
    benefit: 'can enjoy it with a good conscience',
    proof: {
      withNumber: 'Show where {number} comes from: the list of everybody who had it in their hands',
      plain: 'Show the whole way of it, with the names of those who had it in their hands',
    },
    occasion: 'A talk among friends on what one still can buy',
    need: 'an answer that holds when somebody asks',
  },
  {
    signs: /\b(light(?:weight)?|small|compact|portable|fold\w*|grams?|pocket\w*|travel\w*|carry\w*|stack\w*)\b/i,
    benefit: 'have it with them when it counts',
    proof: {
      withNumber: 'Put {number} on a kitchen scale beside things that everybody knows',
      plain: 'Show it in the bag that people have anyway',
    },
    occasion: 'Packing on the evening before a journey',
    need: 'one thing that does not have to stay at home',
  },
  {
    signs: /\b(safe\w*|secur\w*|priva\w*|encrypt\w*|certif\w*|tested|child.?proof|backup\w*|insur\w*|non.?toxic)\b/i,
    benefit: 'can stop worrying about it',
    proof: {
      withNumber: 'Name who tested it and how often: {number}',
      plain: 'Name who tested it, when, and link the report',
    },
    occasion: 'The news of somebody to whom it did happen',
    need: 'to know that they are on the safe side',
  },
  {
    signs: /\b(connect\w*|apps?|sync\w*|integrat\w*|shar\w*|works with|import\w*|export\w*|api|calendar\w*|team\w*)\b/i,
    benefit: 'can use it with what they have already',
    proof: {
      withNumber: 'Set it up from nothing in one take: {number}',
      plain: 'Set it up from nothing in one take, with the things on somebody’s real desk',
    },
    occasion: 'The first day with it',
    need: 'to begin without moving house',
  },
  {
    signs: /\b(custom\w*|personal\w*|adjust\w*|choose|choice|colou?rs?|sizes?|engrav\w*|modular|tailor\w*)\b/i,
    benefit: 'get it the way that suits them, and not the average',
    proof: {
      withNumber: 'Line up {number} that real people chose, each with the reason',
      plain: 'Line up what real people chose, each with the reason',
    },
    occasion: 'A birthday in the circle of those who have everything',
    need: 'something that only fits one person',
  },
  {
    signs: /\b(hand\w*|craft\w*|design\w*|wood\w*|leather|linen|ceramic\w*|beaut\w*|vintage|silver|gold)\b/i,
    benefit: 'have something that they like to look at every day',
    proof: {
      withNumber: 'Show {number} in daylight, close enough to see the grain',
      plain: 'Show it in daylight, close enough to see how it is made',
    },
    occasion: 'Moving in, or clearing out at last',
    need: 'less, but better',
  },
  {
    signs: /(?:)/,
    benefit: 'get further with less trouble',
    proof: {
      withNumber: 'Make “{number}” something that can be seen in a picture',
      plain: 'Let somebody who has it show it in their own words',
    },
    occasion: 'The next time the old way lets them down',
    need: 'a way that works the first time',
  },
]

/** The class of a feature, by its words. */
export function classOf(feature: string): BenefitClass {
  return BENEFIT_CLASSES.find(({ signs }) => signs.test(feature)) ?? BENEFIT_CLASSES[0]
}
