import { toSearchWords } from '@brandkit/core'
import type { ListFilter } from '../../src/store/list-filter.js'
import type { StoreMutant } from './store-mutant.js'

const isSearch = ({ search, tags }: ListFilter) => search !== undefined || tags !== undefined

/** Mutants of tags and of searches. */
export const STORE_SEARCH_MUTANTS: readonly StoreMutant[] = [
  {
    name: 'keeps no tags',
    breaks: 'keeps the tags of a task in their order through its whole life, and a task without tags has none',
    breakIt: (store) => ({
      create: (input) => store.create({ ...input, tasks: input.tasks.map((task) => ({ ...task, tags: undefined })) }),
    }),
  },
  {
    name: 'searches the whole tenant for everybody',
    breaks: 'searches only what the scope may see',
    breakIt: (store) => ({
      list: (filter, scope) => {
        const { tenantId } = scope
        return store.list(filter, isSearch(filter) ? { reach: 'tenant', tenantId } : scope)
      },
    }),
  },
  {
    name: 'finds whole words only',
    breaks: 'finds tasks by the beginnings of the words of title and tags',
    breakIt: (store) => ({
      list: async (filter, scope) => {
        const page = await store.list(filter, scope)
        const words = toSearchWords(filter.search ?? '')
        const isWhole = ({ title, tags = [] }: { title: string; tags?: string[] }) =>
          words.every((word) => toSearchWords([title, ...tags].join(' ')).includes(word))
        return filter.search === undefined ? page : { ...page, tasks: page.tasks.filter(isWhole) }
      },
    }),
  },
  {
    name: 'takes any of the tags for all of them',
    breaks: 'lists only tasks that have all of the tags, exactly as they are written',
    breakIt: (store) => ({ list: (filter, scope) => store.list({ ...filter, tags: filter.tags?.slice(0, 1) }, scope) }),
  },
  {
    name: 'ends a search where it stops looking',
    breaks: 'looks at a bounded number of tasks for each page of a search, and loses none at its end',
    breakIt: (store) => ({
      list: async (filter, scope) => {
        const page = await store.list(filter, scope)
        return page.tasks.length < filter.limit ? { ...page, nextCursor: null } : page
      },
    }),
  },
  {
    name: 'looks at every task for one page of a search',
    breaks: 'ends the page of a search after a hundred tasks for each that was asked for',
    breakIt: (store) => ({
      list: async (filter, scope) => {
        let page = await store.list(filter, scope)
        while (page.tasks.length === 0 && page.nextCursor !== null)
          page = await store.list({ ...filter, cursor: page.nextCursor }, scope)
        return page
      },
    }),
  },
]
