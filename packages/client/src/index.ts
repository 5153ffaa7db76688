export type { TaskFollower, TaskFollowerOptions } from './task-follower.js'
export { createTaskService, taskService } from './task-service.js'
export type { CreateOptions, RequestOptions, TaskService, TaskServiceOptions, TaskWire } from './task-service.js'
