import type { IdeaEffort, IdeaFormat, ViralEmotion } from '@brandkit/core/brand-tasks'

export interface Mechanic {
  key: string
  /** Feelings that it can wake, strongest first. */
  emotions: readonly [ViralEmotion, ...ViralEmotion[]]
  format: IdeaFormat
  effort: IdeaEffort
  title: string
  hook: string
  outline: string
}

/** How posts that get passed on are built. {topic}, {group}, {trouble}, {wish} and {habit} come from the payload. */
export const MECHANICS: readonly Mechanic[] = [
  {
    key: 'blind-test',
    emotions: ['surprise', 'amusement'],
    format: 'short-video',
    effort: 'day',
    title: 'Blind test: {topic}',
    hook: 'Eyes closed, three tries: which one is the expensive one?',
    outline:
      'Three {group} try three versions of {topic} without knowing which is which. They say what they feel first, guess second; the answer comes in the last two seconds.',
  },
  {
    key: 'in-reverse',
    emotions: ['awe', 'surprise'],
    format: 'short-video',
    effort: 'day',
    title: '{Topic}, in reverse',
    hook: 'You have seen how it ends. Watch how it began.',
    outline:
      'Start with the finished thing and run backwards through every hand it went through, to the raw beginning of {topic}. One cut per step, no words.',
  },
  {
    key: 'one-take',
    emotions: ['awe', 'pride'],
    format: 'short-video',
    effort: 'day',
    title: 'One hour of {topic} in one minute',
    hook: 'Nobody stopped the camera.',
    outline:
      'A camera that does not move, an hour of {topic}, played in a minute. The only text is the clock in the corner.',
  },
  {
    key: 'price-of',
    emotions: ['anger', 'surprise'],
    format: 'carousel',
    effort: 'day',
    title: 'What {topic} really costs, on six cards',
    hook: 'Guess the biggest part before you swipe.',
    outline:
      'One card for each part of the cost of {topic}, drawn to scale, the largest last. The final card names the part that should not be ({trouble}), and what we do about it.',
  },
  {
    key: 'unsaid',
    emotions: ['amusement', 'pride'],
    format: 'meme',
    effort: 'hour',
    title: 'What {group} say about {topic}, and what they mean',
    hook: '“It is fine.” It is not fine.',
    outline: 'Left what {group} say about {topic}, right what they mean. Four lines; the last one says it: {trouble}.',
  },
  {
    key: 'starter-kit',
    emotions: ['amusement', 'nostalgia'],
    format: 'meme',
    effort: 'hour',
    title: 'The {topic} starter pack',
    hook: 'Number four is in every home.',
    outline:
      'Six things that give somebody away who is into {topic}. The more exact, the better: brands blurred, dents and stains left in. Ask which one is missing.',
  },
  {
    key: 'used-to',
    emotions: ['nostalgia', 'amusement'],
    format: 'carousel',
    effort: 'day',
    title: '{Topic}: then and now',
    hook: 'Your parents did it like this. Were they right?',
    outline:
      'Pairs of pictures of {topic} then and now, found with {group}, not staged. Each pair has one line on what got better and one on what was lost.',
  },
  {
    key: 'worst-advice',
    emotions: ['amusement', 'anger'],
    format: 'short-video',
    effort: 'hour',
    title: 'The worst advice on {topic}, tried out',
    hook: 'Somebody on the internet said this works.',
    outline:
      'Take the piece of advice on {topic} that is repeated most, follow it to the letter, and show honestly what happens. Ask for the next one to try.',
  },
  {
    key: 'seven-days',
    emotions: ['pride', 'awe'],
    format: 'challenge',
    effort: 'week',
    title: 'Seven days, one change: {topic}',
    hook: 'Day 1. I give it till Thursday.',
    outline:
      'Seven {group} change one thing about {topic} and post one honest sentence a day. Those who stop say why. Day 7 puts all sentences together.',
  },
  {
    key: 'pass-it-on',
    emotions: ['pride', 'amusement'],
    format: 'challenge',
    effort: 'day',
    title: 'Show yours, name three: {topic}',
    hook: 'Mine is not tidy. Yours?',
    outline:
      'Show your own {topic} as it is this minute, without tidying, and name three people who come next. The brand starts, with the least tidy one.',
  },
  {
    key: 'expert-reacts',
    emotions: ['surprise', 'anxiety'],
    format: 'short-video',
    effort: 'day',
    title: 'Somebody who knows looks at {topic} in films',
    hook: 'No. No. … That one is actually right.',
    outline:
      'Five scenes in which films show {topic}, judged by somebody who does it for a living. Green or red after each, one sentence why.',
  },
  {
    key: 'check-yours',
    emotions: ['anxiety', 'surprise'],
    format: 'carousel',
    effort: 'hour',
    title: 'Check this before tonight: {topic}',
    hook: 'It takes ten seconds, and most do not.',
    outline:
      'Four things about {topic} to check at home, one a card, each with what to do if it is not right. No fear without a way out: the last card is the fix.',
  },
  {
    key: 'either-or',
    emotions: ['amusement', 'pride'],
    format: 'poll',
    effort: 'hour',
    title: 'Settle it: two ways to do {topic}',
    hook: 'This has split our team since Tuesday.',
    outline:
      'Two ways of {topic} that both have their people, as a poll of two. The team argues in the comments, each under their own name; the winner is carried out.',
  },
  {
    key: 'guess-number',
    emotions: ['surprise', 'awe'],
    format: 'poll',
    effort: 'hour',
    title: 'Guess the number behind {topic}',
    hook: 'Nobody in the office came within half.',
    outline:
      'One number about {topic} that can be checked, four answers. The resolution comes a day later with a picture that makes the number visible.',
  },
  {
    key: 'open-letter',
    emotions: ['anger', 'pride'],
    format: 'article',
    effort: 'day',
    title: 'An open letter about {topic}',
    hook: 'We have to talk about what we all put up with.',
    outline:
      'To those who could change it: why {trouble}, what that costs in a year, and three things that would help. Signed by a person; room to sign below.',
  },
  {
    key: 'letter-to-past',
    emotions: ['nostalgia', 'pride'],
    format: 'article',
    effort: 'day',
    title: 'What I would tell my younger self about {topic}',
    hook: 'You are about to make it harder than it is.',
    outline:
      'Somebody from among {group} writes to themselves ten years ago: two mistakes, one thing they were right about, and what {topic} is to them today.',
  },
  {
    key: 'small-sound',
    emotions: ['awe', 'nostalgia'],
    format: 'story',
    effort: 'hour',
    title: 'The sound of {topic}',
    hook: 'Turn it up. That is all.',
    outline:
      'Five close-ups of {topic} with nothing but their own sound, ten seconds in all. The viewer names the last one.',
  },
  {
    key: 'fix-live',
    emotions: ['pride', 'anxiety'],
    format: 'live-stream',
    effort: 'day',
    title: 'Bring us your {topic}, we put it right live',
    hook: 'Worst one first.',
    outline:
      'An hour live: {group} send in their case of {topic}, and it is put right on camera. What cannot be solved is said so, and looked up by next week.',
  },
  {
    key: 'all-night',
    emotions: ['awe', 'surprise'],
    format: 'live-stream',
    effort: 'week',
    title: 'Twelve hours of {topic}, live',
    hook: 'Something will go wrong. We just do not know when.',
    outline:
      'A fixed camera on {topic} for twelve hours, with a person nearby who answers. The best minute becomes the film of the week.',
  },
  {
    key: 'overheard',
    emotions: ['amusement', 'nostalgia'],
    format: 'story',
    effort: 'hour',
    title: 'Overheard about {topic}',
    hook: '“I only came in for one thing.”',
    outline:
      'Sentences that {group} really said about {topic}, in plain type on a plain ground. One a day, with permission and without names.',
  },
  {
    key: 'map',
    emotions: ['pride', 'surprise'],
    format: 'carousel',
    effort: 'week',
    title: 'Where {topic} is best: a map by those who know',
    hook: 'We asked. Nobody named the famous one.',
    outline:
      'Ask {group} for their place for {topic}, one each, with a reason. Draw the map by hand; add what comes in through the comments.',
  },
  {
    key: 'swap',
    emotions: ['surprise', 'amusement'],
    format: 'short-video',
    effort: 'day',
    title: 'Two strangers swap their {topic} for a day',
    hook: 'They have nothing in common but this.',
    outline:
      'Somebody from among {group} and somebody quite unlike them change {topic} for a day, and film it themselves. They meet for the last ten seconds.',
  },
  {
    key: 'no-more',
    emotions: ['anger', 'pride'],
    format: 'challenge',
    effort: 'week',
    title: 'A week without the worst of {topic}',
    hook: 'We stop doing this on Monday. Who joins in?',
    outline:
      'Name the one thing about {topic} that should not be normal ({trouble}) and do without it for a week, in public. Count who joins.',
  },
  {
    key: 'close-up',
    emotions: ['awe', 'surprise'],
    format: 'carousel',
    effort: 'hour',
    title: '{Topic} from two centimetres away',
    hook: 'You look at it every day. What is it?',
    outline:
      'Five close-ups of {topic} that nobody recognises, the whole picture on the last card. The first right answer chooses the next object.',
  },
]
