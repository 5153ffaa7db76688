import type { Files } from './create-project.js'

/** A test of the story on the page about tests, which a person looks at in Storybook. */
export const STORY_TEST: Files = {
  'FailedStory.test.tsx': `// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { FailedStory } from './FailedStory.tsx'

afterEach(cleanup)

it('shows the failed task', async () => {
  render(<FailedStory />)
  expect(await screen.findByRole('button', { name: 'Try again: Content package: Sleep better' })).toBeDefined()
})
`,
}

/** Testing Library waits a second, and vitest five. A machine that does much else needs more. */
export const SLOW_MACHINE: Files = {
  'vitest.config.ts': `import { mergeConfig } from 'vitest/config'
import app from './vite.config.ts'

export default mergeConfig(app, { test: { testTimeout: 120_000, setupFiles: ['slow-machine.ts'] } })
`,
  'slow-machine.ts': `import { configure } from '@testing-library/react'

configure({ asyncUtilTimeout: 60_000 })
`,
}
