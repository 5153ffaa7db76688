/** The time of every scenario: a Tuesday morning in UTC, in milliseconds since the epoch. Pass it as `now`. */
export const SCENARIO_TIME: number = Date.UTC(2027, 2, 2, 9, 30)
