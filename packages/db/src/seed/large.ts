import { Client } from "pg";

// Everything in sets: one statement a table. Ids are UUIDv7 of the moment that the row tells.
const LARGE = `
  WITH authors AS (SELECT array_agg(id ORDER BY id) AS ids FROM person WHERE state = 'ACTIVE')
  INSERT INTO post (id, board_id, author_id, title, body, body_text, attachment_count, comment_count, like_count, view_count, published_at)
  SELECT
    (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || right(md5(n::text || $1::text), 15))::uuid,
    $1::uuid, authors.ids[1 + n % array_length(authors.ids, 1)],
    (ARRAY['주간 업무 보고', '회의록', '자료 공유', '일정 변경 안내', '질문 있습니다', '점검 결과'])[1 + n % 6] || ' ' || n,
    jsonb_build_object('type', 'doc', 'content', jsonb_build_array(
      jsonb_build_object('type', 'heading', 'attrs', jsonb_build_object('level', 2), 'content', jsonb_build_array(jsonb_build_object('type', 'text', 'text', '내용 ' || n))),
      jsonb_build_object('type', 'paragraph', 'content', jsonb_build_array(jsonb_build_object('type', 'text', 'text', text))))),
    '내용 ' || n || E'\\n' || text, 0, 0, n % 5, n % 60, at
  FROM authors, generate_series(1, $2::int) AS n,
    LATERAL (SELECT date_trunc('milliseconds', now()) - n * interval '3 minutes' AS at,
      '담당자와 일정을 확인하고 다음 단계로 넘어갑니다. 필요한 자료는 첨부했습니다. ' || repeat('이번 주에 정한 내용을 함께 보고 의견을 남겨 주세요. ', 1 + n % 5) AS text) AS made`;

const READS = `
  INSERT INTO post_read (person_id, post_id, first_read_at, read_at)
  SELECT $2::uuid, id, published_at, published_at FROM post WHERE board_id = $1::uuid AND view_count % 3 = 0
  ON CONFLICT DO NOTHING`;

/**
 * Adds a board with so many posts for the bench, a third of them read by one person, and returns the board's id. Beside the demo, or on a
 * database that has at least one person.
 */
export const seedLarge = async (options: {
  readonly databaseUrl: string;
  readonly posts: number;
  readonly slug?: string;
}): Promise<string> => {
  const { databaseUrl, posts, slug = "bench" } = options;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    const board = await client.query<{ id: string }>(
      `INSERT INTO board (id, slug, name, name_en, sort_order) VALUES (gen_random_uuid(), $1, $2, $3, 1000) RETURNING id`,
      [slug, `부하 시험 ${posts}`, `Bench ${posts}`],
    );
    const boardId = board.rows[0]?.id ?? "";
    await client.query(LARGE, [boardId, posts]);
    const reader = await client.query<{ person_id: string }>(`SELECT person_id FROM account WHERE username = 'hong'`);
    if (reader.rows[0]) await client.query(READS, [boardId, reader.rows[0].person_id]);
    await client.query("COMMIT");
    // What autovacuum would do within minutes: the bench measures a database at rest.
    await client.query("VACUUM ANALYZE");
    return boardId;
  } finally {
    await client.end();
  }
};
