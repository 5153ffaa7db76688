export type { TaskFollower, TaskFollowerOptions } from './task-follower.js'
export type { CreateOptions, RequestOptions, TaskService, TaskServiceOptions, TaskWire } from './task-service.js'
