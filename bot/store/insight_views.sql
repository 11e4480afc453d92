-- What may be seen of the database by whoever looks at numbers: views that hold counts and times, and no person.
--
-- The page for the service desk, its CSV files and Datasette all read these, so they show the same. A count below five
-- is left out (NULL), and a system or a virksomhet with fewer cases a year stands among the others ("andre"): what only
-- a few have could tell who they are. Weeks are named by their Monday and months by their first day, on the
-- organisation's clock. What 1.linje passes on is the same matter once more, so it is counted once.
--
-- Never change a view that has been released: a migration replaces it. insight_updates_by_month is replaced by step 20.

CREATE VIEW insight_cases_by_week AS
WITH counted AS (
    SELECT date(substr(json_extract(json, '$.created_at'), 1, 10), 'weekday 0', '-6 days') AS week,
           json_extract(json, '$.kind') AS kind
    FROM cases WHERE json_extract(json, '$.moved_from') IS NULL
)
SELECT week,
       CASE WHEN sum(kind = 'support') >= 5 THEN sum(kind = 'support') END AS faults,
       CASE WHEN sum(kind = 'service') >= 5 THEN sum(kind = 'service') END AS orders
FROM counted GROUP BY week ORDER BY week;

CREATE VIEW insight_systems_by_year AS
WITH counted AS (
    SELECT substr(json_extract(json, '$.created_at'), 1, 4) AS year,
           coalesce(nullif(trim(json_extract(json, '$.answers.system')), ''), 'andre') AS system, count(*) AS cases
    FROM cases WHERE json_extract(json, '$.moved_from') IS NULL GROUP BY 1, 2
),
named AS (SELECT year, CASE WHEN cases >= 5 THEN system ELSE 'andre' END AS system, cases FROM counted)
SELECT year, system, CASE WHEN sum(cases) >= 5 THEN sum(cases) END AS cases
FROM named GROUP BY year, system ORDER BY year, system = 'andre', sum(cases) DESC, system;

CREATE VIEW insight_virksomheter_by_year AS
WITH counted AS (
    SELECT substr(json_extract(json, '$.created_at'), 1, 4) AS year,
           coalesce(nullif(trim(json_extract(json, '$.reporter.virksomhet')), ''), 'andre') AS virksomhet,
           count(*) AS cases
    FROM cases WHERE json_extract(json, '$.moved_from') IS NULL GROUP BY 1, 2
),
named AS (SELECT year, CASE WHEN cases >= 5 THEN virksomhet ELSE 'andre' END AS virksomhet, cases FROM counted)
SELECT year, virksomhet, CASE WHEN sum(cases) >= 5 THEN sum(cases) END AS cases
FROM named GROUP BY year, virksomhet ORDER BY year, virksomhet = 'andre', sum(cases) DESC, virksomhet;

CREATE VIEW insight_fellesfeil AS
WITH told AS (
    SELECT ref, status, json_extract(json, '$.since') AS began,
           (SELECT min(json_extract(value, '$.at')) FROM json_each(notices.json, '$.history')
            WHERE json_extract(value, '$.kind') = 'published') AS published,
           (SELECT max(json_extract(value, '$.at')) FROM json_each(notices.json, '$.history')
            WHERE json_extract(value, '$.kind') = 'resolved') AS resolved
    FROM notices WHERE json_extract(json, '$.type') = 'fellesfeil'
),
reported AS (
    SELECT json_extract(json, '$.fellesfeil') AS ref, min(json_extract(json, '$.created_at')) AS first,
           CASE WHEN count(*) >= 5 THEN count(*) END AS cases
    FROM cases WHERE json_extract(json, '$.fellesfeil') IS NOT NULL GROUP BY 1
)
SELECT told.ref, told.status, told.began, told.published, told.resolved,
       CAST(round((julianday(told.published) - julianday(told.began)) * 1440) AS INTEGER) AS minutes_to_notice,
       CAST(round((julianday(told.published) - julianday(reported.first)) * 1440) AS INTEGER) AS minutes_from_first_case,
       CAST(round((julianday(told.resolved) - julianday(told.began)) * 1440) AS INTEGER) AS minutes_lasted,
       reported.cases
FROM told LEFT JOIN reported USING (ref)
WHERE told.published IS NOT NULL AND told.status IN ('active', 'resolved') ORDER BY told.began, told.ref;

CREATE VIEW insight_updates_by_month AS
SELECT strftime('%Y-%m-01', due / 1000, 'unixepoch') AS month, sum(kept = 1) AS in_time, sum(kept = 0) AS late
FROM promises WHERE kept IS NOT NULL GROUP BY 1 ORDER BY 1;

CREATE VIEW insight_forms_by_week AS
SELECT date(day, 'weekday 0', '-6 days') AS week,
       CASE WHEN count(*) >= 5 THEN count(*) END AS cases,
       CASE WHEN count(*) >= 5 THEN sum(chosen IS NOT proposed) END AS other_form
FROM choices WHERE confirmed = 1 AND proposed IS NOT NULL GROUP BY 1 ORDER BY 1;
