import { describe, expect, it } from 'vitest'
import { describeBrandTask } from '../testing/describe-brand-task.js'
import { contentPackage } from './content-package.schema.js'

const post = {
  postKey: 'x-1',
  channel: 'x',
  angle: 'Craft',
  headline: 'Made by hand',
  text: 'Six people, one lamp. #northlight',
  hashtags: ['#northlight'],
  visual: 'Hands at a bench',
} as const
const result = {
  contentPackageId: 'package-1',
  topic: 'How our lamps are made',
  angles: [{ angle: 'Craft', promise: 'See the hands.' }],
  posts: [{ ...post, hashtags: [...post.hashtags] }],
  calendar: [{ postKey: 'x-1', channel: post.channel, date: '2027-03-02', time: '08:30' }],
}

describeBrandTask('GENERATE_CONTENT_PACKAGE', {
  payload: {
    topic: 'How our lamps are made',
    audience: 'People who repair things',
    channels: ['x', 'instagram'],
    postsPerChannel: 1,
    startDate: '2027-03-01',
    weeks: 1,
    tone: 'inspiring',
    callToAction: 'Visit the workshop',
    language: 'en',
  },
  title: 'Content package: How our lamps are made',
  id: 'contentPackageId',
  refused: [
    ['topic', { topic: 'x'.repeat(121) }],
    ['channels.0', { channels: ['myspace'] }],
    ['postsPerChannel', { postsPerChannel: 13 }],
    ['startDate', { startDate: '01.03.2027' }],
    ['tone', { tone: 'rude' }],
  ],
  result,
})

describe('a post', () => {
  it('is refused when it is longer than its channel allows', () => {
    const tooLong = { ...result, posts: [{ ...post, text: 'x'.repeat(281) }] }
    expect(contentPackage.result.safeParse(tooLong).error?.issues).toMatchObject([{ path: ['posts', 0, 'text'] }])
  })
})
