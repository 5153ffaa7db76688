// oxlint-disable no-restricted-imports -- an app, which imports the package by its name

import { toNext } from '@brandkit/server-adapter/next'
import { server } from '../../../server.js'

export const { GET, POST, OPTIONS } = toNext(server)
