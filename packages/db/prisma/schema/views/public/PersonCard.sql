SELECT
  p.id,
  p.name,
  p.name_en,
  p.employee_no,
  r.name AS rank,
  r.name_en AS rank_en,
  r.sort_order AS rank_order,
  r.is_executive,
  t.name AS title,
  t.name_en AS title_en,
  t.sort_order AS title_order,
  t.is_head,
  d.id AS department_id,
  d.name AS department,
  d.name_en AS department_en,
  p.photo_file_id,
  p.state
FROM
  (
    (
      (
        (
          person p
          LEFT JOIN rank r ON ((r.id = p.rank_id))
        )
        LEFT JOIN affiliation a ON (
          (
            (a.person_id = p.id)
            AND a.is_primary
            AND (a.ends_on IS NULL)
          )
        )
      )
      LEFT JOIN title t ON ((t.id = a.title_id))
    )
    LEFT JOIN department d ON ((d.id = a.department_id))
  );