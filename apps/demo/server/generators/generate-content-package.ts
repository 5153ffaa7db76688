import { POST_CHARACTERS } from '@brandkit/core/brand-tasks'
import { fillPostCalendar } from '../numbers/fill-post-calendar.ts'
import { chooseAngles, draftPost } from '../drafter/draft-content.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { keepFields } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * A content package: editorial angles by tone and topic; the beginnings of posts, in each channel's form and within its
 * limit; a calendar that spreads the posts over the channels' best days. A model writes angles and posts. Code checks
 * limits and the form of hashtags, and sets the dates.
 */
export function createContentPackageGenerator(
  options: GeneratorOptions = {},
): BrandGenerator<'GENERATE_CONTENT_PACKAGE'> {
  return async (context) => {
    const { taskId, payload } = context
    const { run, runItems, provenance } = createStepRunner('GENERATE_CONTENT_PACKAGE', context, options)
    const drafts = chooseAngles(payload)

    const angles = await run('angles', {
      compute: () => drafts.map(({ angle, promise }) => ({ angle, promise })),
      write: {
        task: 'Find points of view on the topic that this audience has not read a hundred times. Keep their number.',
        keep: (draft, written) => draft.map((angle, index) => written[index] ?? angle),
      },
      show: (soFar) => ({ angles: soFar }),
    })

    const slots = payload.channels.flatMap((channel) =>
      Array.from({ length: payload.postsPerChannel }, (_, position) => ({ channel, position })),
    )
    const posts = await runItems('posts', {
      drafts: slots.map(({ channel, position }) =>
        draftPost({ payload, channel, position, angles: drafts, named: angles }),
      ),
      keyOf: ({ postKey }) => postKey,
      write: {
        task:
          'Write the post in the tone that is asked for, as somebody would who knows channel and audience. The text includes hashtags and call to action; its longest length per channel in characters: ' +
          `${JSON.stringify(POST_CHARACTERS)}.`,
        keep: (draft, written) => keepFields(draft, written, ['headline', 'text', 'hashtags', 'visual']),
      },
      show: (soFar) => ({ posts: soFar }),
    })

    const calendar = await run('calendar', {
      compute: () => fillPostCalendar(posts, payload),
      show: (soFar) => ({ calendar: soFar }),
    })

    return {
      contentPackageId: `content-package-${taskId}`,
      topic: payload.topic,
      angles,
      posts,
      calendar,
      ...provenance(),
    }
  }
}
