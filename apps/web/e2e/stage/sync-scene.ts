import type { Database } from "./database";

/** A source of a directory with a preview, as if somebody had looked at one. */
export const prepareSync = async (
  database: Database,
  personId: string,
  name: string,
): Promise<{ readonly sourceId: string; readonly runId: string }> => {
  const { id: sourceId } = await database.row<{ id: string }>(
    `INSERT INTO sync_source (id, kind, name, url, bind_dn, base_dn, filter, mapping, created_at, updated_at, updated_by_id)
     VALUES (gen_random_uuid(), 'AD', $2, 'ldaps://dc1.corp.test:636', 'CN=sync,DC=corp,DC=test', 'DC=corp,DC=test',
       '(objectClass=user)', '{"attributes":{"username":"sAMAccountName","name":"displayName"}}', now(), now(), $1) RETURNING id`,
    [personId, name],
  );
  const { id: runId } = await database.row<{ id: string }>(
    `INSERT INTO sync_run (id, source_id, state, is_full, is_dry_run, requested_by_id, requested_at, started_at, finished_at, scope, phases, counts)
     VALUES (gen_random_uuid(), $1, 'DONE', false, true, $2, now(), now(), now(), 'scope', '[{"name":"reading","ms":120,"count":2}]',
       '{"PERSON.CREATE":1,"PERSON.UPDATE":1,"CONFLICT":1}') RETURNING id`,
    [sourceId, personId],
  );
  await database.rows(
    `INSERT INTO sync_run_item (run_id, seq, target, action, external_id, label, before, after, status, error) VALUES
     ($1, 0, 'PERSON', 'CREATE', 'a', '홍새로', NULL, '{"name":"홍새로","username":"hong.saero"}', 'PLANNED', 'titleUnknown'),
     ($1, 1, 'PERSON', 'UPDATE', 'b', '김바뀜', '{"email":"old@corp.test"}', '{"email":"new@corp.test"}', 'PLANNED', NULL),
     ($1, 2, 'PERSON', 'UPDATE', 'c', '이겹침', '{"email":null}', '{"email":"new@corp.test"}', 'CONFLICT', 'emailTwice')`,
    [runId],
  );
  return { sourceId, runId };
};
