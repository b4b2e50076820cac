-- A company of any size, the same one at each run: every number comes from the row's own number and
-- a salt. 1,000 usage rows, 100 of telemetry and 20 users an account, over 104 weeks.
-- bench.size(accounts, first, ends) says how much and when; files of usage_rows / 1,000 accounts.

CREATE FUNCTION bench.pick(i bigint, salt int, n int) RETURNS int IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT ((hashint8extended(i, salt) & 2147483647) % n)::int $$;

-- An instant that has come, or none.
CREATE FUNCTION bench.past(at timestamptz) RETURNS timestamptz STABLE LANGUAGE sql AS
$$ SELECT CASE WHEN at < (SELECT ends FROM bench.size)::timestamp AT TIME ZONE 'UTC' THEN at END $$;

INSERT INTO source.tiers VALUES ('free', 0, false), ('starter', 1, true), ('pro', 2, true), ('enterprise', 3, true);
INSERT INTO source.channels VALUES ('direct', true), ('organic', true), ('paid', false), ('partner', false), ('community', true);
INSERT INTO source.campaigns VALUES ('none', 'other', 'direct'), ('spring', 'email', 'direct'),
  ('launch', 'event', 'partner'), ('search', 'paid', 'paid'), ('guides', 'blog', 'organic');
INSERT INTO source.features
SELECT 'f' || i, CASE WHEN i <= 5 THEN 'core' WHEN i <= 7 THEN 'integration' ELSE 'other' END, i <= 5,
       CASE WHEN i <= 6 THEN first - 400 ELSE first + 60 * (i - 6) END, NULL, CASE WHEN i > 6 THEN 1 ELSE 0 END
FROM bench.size, generate_series(1, 9) i;   -- nobody uses f9 until late rows come
INSERT INTO source.models
SELECT m, r, CASE WHEN r > 2 THEN 'high' ELSE 'standard' END, first - 400
FROM bench.size, unnest(ARRAY['none', 'small', 'large', 'frontier']) WITH ORDINALITY x(m, r);
INSERT INTO source.service_regions SELECT s, r FROM unnest(ARRAY['api', 'app']) s, unnest(ARRAY['eu', 'us']) r;
INSERT INTO source.releases
SELECT 'r' || i, first + 18 * i + interval '10 hours', (ARRAY['feature', 'improvement', 'fix'])[1 + i % 3], 'f' || 1 + i % 8
FROM bench.size, generate_series(0, 39) i;
INSERT INTO source.incidents
SELECT 'i' || i, (ARRAY['api', 'app'])[1 + i % 2], (ARRAY['eu', 'us'])[1 + bench.pick(i, 1, 2)], 1 + bench.pick(i, 2, 4),
       i % 3 > 0, at, bench.past(at + interval '1 minute' * (10 + bench.pick(i, 3, 300)))
FROM bench.size, generate_series(0, 103) i, LATERAL (SELECT first + 7 * i + interval '1 hour' * bench.pick(i, 4, 160) AS at) x;
INSERT INTO source.capacity_hourly
SELECT 'pool', r, first + interval '1 hour' * h, 100, 40 + bench.pick(h, 5, 50)
FROM bench.size, generate_series(0, 104 * 7 * 24 - 1) h, unnest(ARRAY['eu', 'us']) r;
INSERT INTO source.marketing_daily
SELECT first + d, c.channel, 'none', 500 + bench.pick(d, 6, 200), 300, 40 + bench.pick(d, 7, 20), 30
FROM bench.size, generate_series(0, 104 * 7 - 1) d, source.channels c;

-- Four in ten are older than the first week; one in ten has left again, half pay.
INSERT INTO source.accounts
SELECT 'a' || i, 'Account ' || i, (ARRAY['campaign', 'referral', 'organic', 'outbound', 'partner'])[1 + bench.pick(i, 10, 5)],
       (ARRAY['direct', 'organic', 'paid', 'partner', 'community'])[1 + bench.pick(i, 11, 5)],
       (ARRAY['none', 'spring', 'launch', 'search', 'guides'])[1 + bench.pick(i, 12, 5)],
       (ARRAY['smb', 'mid', 'enterprise'])[1 + bench.pick(i, 13, 3)], (ARRAY['eu', 'us', 'apac'])[1 + bench.pick(i, 14, 3)],
       CASE WHEN bench.pick(i, 15, 4) = 0 THEN 0.999 END, up,
       CASE WHEN bench.pick(i, 16, 10) < 8 THEN bench.past(up + interval '1 hour' * (1 + bench.pick(i, 17, 900))) END,
       CASE WHEN bench.pick(i, 18, 10) < 6 THEN bench.past(up + interval '1 hour' * (24 + bench.pick(i, 19, 600))) END,
       CASE WHEN bench.pick(i, 20, 10) < 4 THEN bench.past(up + interval '1 day' * (10 + bench.pick(i, 21, 60))) END,
       CASE WHEN bench.pick(i, 22, 10) < 5 THEN bench.past(up + interval '1 day' * (20 + bench.pick(i, 23, 60))) END,
       CASE WHEN bench.pick(i, 24, 10) < 1 THEN bench.past(up + interval '1 day' * (100 + bench.pick(i, 25, 600))) END,
       bench.pick(i, 26, 100) = 0
FROM bench.size, generate_series(1, accounts) i,
     LATERAL (SELECT first + CASE WHEN bench.pick(i, 8, 10) < 4 THEN -1 - bench.pick(i, 9, 365) ELSE bench.pick(i, 9, 104 * 7) END
                     + interval '1 minute' * bench.pick(i, 27, 1440) AS up) x;
INSERT INTO source.users
SELECT account_id, 'u' || k, 't' || k % 3, signed_up_at + interval '1 second' * k
FROM source.accounts, generate_series(0, 19) k;
-- Free until the first payment; of those who pay a third moves up after half a year.
INSERT INTO source.subscription_periods
SELECT account_id, 'main', began, ended, true, tier, status, mrr
FROM (SELECT *, substr(account_id, 2)::bigint AS n,
             CASE WHEN bench.pick(substr(account_id, 2)::bigint, 50, 3) = 0 THEN bench.past(first_paid_at + interval '180 days') END AS up_at
      FROM source.accounts) a,
     LATERAL (VALUES
       (signed_up_at, coalesce(first_paid_at, closed_at), 'free', 'free', 0),
       (first_paid_at, coalesce(least(up_at, closed_at), closed_at), 'starter', 'paid', 40 + bench.pick(n, 51, 60)),
       (up_at, closed_at, CASE WHEN bench.pick(n, 52, 4) = 0 THEN 'enterprise' ELSE 'pro' END, 'paid', 200 + bench.pick(n, 53, 800))
     ) p(began, ended, tier, status, mrr)
WHERE began IS NOT NULL AND (ended IS NULL OR ended > began);

-- The days on which an account is there.
CREATE TABLE bench.stay AS
SELECT account_id, substr(account_id, 2)::bigint AS n, greatest(signed_up_at::date, first) AS since,
       least(closed_at::date, ends) - greatest(signed_up_at::date, first) AS days,
       least(closed_at::date, ends) - greatest(first_paid_at::date, first) AS paying, first_paid_at::date AS paid_from
FROM source.accounts, bench.size;

-- Each user has fifty turns, spread over the stay, and others' days; of a stay that is shorter, as many as it has days.
INSERT INTO source.usage_daily
SELECT account_id, 'u' || k, since + slot * days / 50 + CASE WHEN days >= 100 THEN k % (days / 50) ELSE 0 END, 'f' || 1 + bench.pick(n * 1000 + k * 50 + slot, 60, 8),
       (ARRAY['none', 'none', 'small', 'large', 'frontier'])[1 + bench.pick(n * 1000 + k * 50 + slot, 61, 5)],
       1 + bench.pick(n * 1000 + k * 50 + slot, 62, 9), bench.pick(n * 1000 + k * 50 + slot, 63, 200),
       bench.pick(n * 1000 + k * 50 + slot, 64, 5000), bench.pick(n * 1000 + k * 50 + slot, 65, 90)
FROM bench.stay, generate_series(0, 49) slot, generate_series(0, 19) k
WHERE days > 0 AND (slot = 0 OR slot * days / 50 > (slot - 1) * days / 50)
ORDER BY 3, n;
INSERT INTO source.telemetry_hourly
SELECT account_id, (ARRAY['api', 'app'])[1 + h % 2], (ARRAY['eu', 'us'])[1 + bench.pick(n, 70, 2)], at,
       2100 + h, bench.pick(n * 104 + w, 72, 9), bench.pick(n * 104 + w, 73, 3), 90, 100, 200, 300, 400, 300, 200, 200, 100, 80, 60, 40, 20, 8, h % 3
FROM bench.stay, generate_series(0, 103) w,
     LATERAL (SELECT bench.pick(n * 104 + w, 71, 168) AS h) x, LATERAL (SELECT since + 7 * w + interval '1 hour' * h AS at) y
WHERE 7 * w + h / 24 < days ORDER BY at, n;
INSERT INTO source.revenue_daily
SELECT account_id, greatest(paid_from, first) + d, kind, CASE kind WHEN 'usage' THEN 'large' ELSE 'none' END,
       1 + bench.pick(n * 1000 + d, 80, 900) / 100.0, bench.pick(n * 1000 + d, 81, 100) / 100.0
FROM bench.stay, bench.size, generate_series(0, 727, 4) d, unnest(ARRAY['subscription', 'usage']) kind
WHERE paid_from IS NOT NULL AND d < paying;

-- What happens to an account now and then: k-th of its events, at a moment of its stay.
CREATE FUNCTION bench.moments(salt int, times int)
RETURNS TABLE (account_id text, n bigint, k int, at timestamptz) STABLE LANGUAGE sql AS
$$ SELECT account_id, n * 10 + k, k, since + interval '1 minute' * bench.pick(n * 10 + k, salt, days * 1440)
   FROM bench.stay, generate_series(0, times - 1) k WHERE days > 0 $$;
INSERT INTO source.tickets
SELECT account_id, 't' || k, at, solved, solved, bench.past(CASE WHEN bench.pick(n, 91, 10) = 0 THEN solved + interval '1 day' END),
       1 + bench.pick(n, 92, 4), bench.past(CASE WHEN bench.pick(n, 93, 12) = 0 THEN at + interval '3 hours' END)
FROM bench.moments(90, 5), LATERAL (SELECT bench.past(at + interval '1 minute' * (5 + bench.pick(n, 94, 5000))) AS solved) x;
INSERT INTO source.escalations
SELECT account_id, 'e' || ticket_id, ticket_id, escalated_at, bench.past(escalated_at + interval '2 hours'), bench.past(escalated_at + interval '2 days')
FROM source.tickets WHERE escalated_at IS NOT NULL;
INSERT INTO source.surveys
SELECT account_id, 's' || k, 'u' || k, (ARRAY['csat', 'csat', 'nps', 'nps', 'support', 'roi'])[1 + k],
       CASE WHEN k IN (2, 3, 5) THEN bench.pick(n, 101, 11) ELSE 1 + bench.pick(n, 101, 5) END, at
FROM bench.moments(100, 6);
INSERT INTO source.journey_runs
SELECT account_id, 'j' || k, 'u' || k, CASE k WHEN 0 THEN 'onboarding' ELSE 'journey' || k END, at,
       CASE WHEN bench.pick(n, 111, 10) < 7 THEN bench.past(at + interval '1 minute' * bench.pick(n, 112, 3000)) END
FROM bench.moments(110, 4);
INSERT INTO source.workspace_objects
SELECT account_id, 'w' || k, (ARRAY['use_case', 'workflow', 'application'])[1 + k % 3], at,
       CASE WHEN bench.pick(n, 121, 5) = 0 THEN bench.past(at + interval '90 days') END
FROM bench.moments(120, 4);
INSERT INTO source.cs_activities
SELECT account_id, 'c' || k, (ARRAY['qbr', 'health_check', 'outreach'])[1 + k % 3], at::date,
       CASE WHEN bench.pick(n, 131, 10) < 8 THEN bench.past(at + interval '2 days') END, k % 2 = 0
FROM bench.moments(130, 4);
INSERT INTO source.renewals
SELECT account_id, 'n', at::date, 100, (ARRAY['renewed', 'renewed', 'renewed', 'churned'])[1 + bench.pick(n, 141, 4)], at::date, 90
FROM bench.moments(140, 1);
INSERT INTO source.customer_outcomes
SELECT account_id, 'o' || k, (ARRAY['goal', 'cost_savings', 'revenue_growth'])[1 + k % 3], at::date, at::date, 1000, at::date
FROM bench.moments(150, 2);
INSERT INTO source.leads
SELECT 'l' || n, account_id, 'none', 'campaign', 'paid', at, bench.pick(n, 161, 101), bench.past(at + interval '1 day'),
       bench.past(at + interval '2 days'), CASE WHEN n % 2 = 0 THEN bench.past(at + interval '3 days') END,
       CASE WHEN n % 3 = 0 THEN bench.past(at + interval '5 days') END
FROM bench.moments(160, 2);
INSERT INTO source.opportunities
SELECT 'p' || n, 'l' || n, account_id, at, bench.past(at + interval '20 days'),
       CASE WHEN bench.past(at + interval '20 days') IS NOT NULL THEN (ARRAY['won', 'lost'])[1 + bench.pick(n, 171, 2)] END, 500
FROM bench.moments(160, 1);

INSERT INTO source.source_watermarks
SELECT table_name, ends::timestamp AT TIME ZONE 'UTC' FROM bench.size, information_schema.tables
WHERE table_schema = 'source' AND table_name <> 'source_watermarks';
ANALYZE;
