// Takes pictures of all stories of the built Storybook, in every view: `node tooling/take-screenshots.ts <folder> [part
// of a story's id] [a view]`. These pictures are for review; docs/screenshots holds the few that are committed.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { photographStories, STORYBOOK, type ViewName, VIEWS } from '@brandkit/tooling/photograph-stories'

const [folder = '', wanted = '', wantedView] = process.argv.slice(2)
if (!folder)
  fail("Say where the pictures go: node tooling/take-screenshots.ts <folder> [part of a story's id] [a view]")

const index = await readFile(join(STORYBOOK, 'index.json'), 'utf8').catch(() =>
  fail('There is no built Storybook: npm run storybook:build makes one.'),
)
const { entries } = JSON.parse(index) as { entries: Record<string, { id: string; type: string }> }
const stories = Object.values(entries).filter(({ id, type }) => type === 'story' && id.includes(wanted))
const views = (Object.keys(VIEWS) as ViewName[]).filter((view) => !wantedView || view === wantedView)
const shots = stories.flatMap(({ id }) => views.map((view) => ({ storyId: id, view })))

await photographStories(folder, shots)
console.log(`${shots.length} pictures in ${folder}`)

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
