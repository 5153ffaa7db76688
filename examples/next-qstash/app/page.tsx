export { StoryPage as default } from './tasks.tsx'
