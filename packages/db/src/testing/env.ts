const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: integration tests get their servers from the global setup of vitest (tests/setup)`);
  return value;
};

/** The servers of one test run. The database address names a superuser and its maintenance database. */
export const testServers = () => ({ databaseUrl: required("MARU_TEST_DATABASE_URL"), redisUrl: required("MARU_TEST_REDIS_URL") });

/** Tells apart what runs at once on one server: the run's own name, or none when somebody set the servers by hand. */
export const testRun = (): string => process.env.MARU_TEST_RUN ?? "by-hand";
