/** When every scenario takes place: a Tuesday morning in UTC, in milliseconds since the epoch. Give it to `now`. */
export const SCENARIO_TIME: number = Date.UTC(2027, 2, 2, 9, 30)
