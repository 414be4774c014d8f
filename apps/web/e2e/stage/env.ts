const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the journeys run through playwright.config.ts, whose global set-up starts the product`);
  return value;
};

/** Where the product under test is, as tests/setup/product.ts left it. */
export const stage = {
  /** The one origin of the product. */
  url: () => required("MARU_E2E_URL"),
  redisUrl: () => required("MARU_E2E_REDIS_URL"),
  databaseUrl: () => required("MARU_E2E_DATABASE_URL"),
  /** Where the supervisor notes the process numbers of web and worker. */
  runFolder: () => required("MARU_E2E_RUN_FOLDER"),
};
