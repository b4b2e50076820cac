import { accountsTable, subscriptionPeriodsTable, usersTable } from "./account-tables.ts";
import { metricObservationsTable, targetsTable, watermarksOf } from "./goals-and-reports.ts";
import { marketingDailyTable } from "./marketing-daily.ts";
import { capacityTable, incidentsTable, releasesTable } from "./platform-tables.ts";
import { journeyRunsTable, workspaceObjectsTable } from "./product-tables.ts";
import {
  campaignsTable,
  channelsTable,
  featuresTable,
  modelsTable,
  serviceRegionsTable,
  tiersTable,
} from "./reference-tables.ts";
import { revenueDailyTable } from "./revenue-daily.ts";
import { leadsTable, opportunitiesTable } from "./sales-tables.ts";
import { csActivitiesTable, customerOutcomesTable, renewalsTable } from "./success-tables.ts";
import { escalationsTable, ticketsTable } from "./support-tables.ts";
import { surveysTable } from "./surveys.ts";
import type { TableOfCompany } from "./table.ts";
import { telemetryHourlyTable } from "./telemetry-hourly.ts";
import { usageDailyTable } from "./usage-daily.ts";

const sources: readonly TableOfCompany[] = [
  tiersTable,
  channelsTable,
  campaignsTable,
  featuresTable,
  modelsTable,
  serviceRegionsTable,
  releasesTable,
  incidentsTable,
  capacityTable,
  marketingDailyTable,
  targetsTable,
  metricObservationsTable,
  leadsTable,
  opportunitiesTable,
  accountsTable,
  usersTable,
  subscriptionPeriodsTable,
  revenueDailyTable,
  usageDailyTable,
  telemetryHourlyTable,
  journeyRunsTable,
  workspaceObjectsTable,
  ticketsTable,
  escalationsTable,
  surveysTable,
  csActivitiesTable,
  renewalsTable,
  customerOutcomesTable,
];

/** All source tables, each after those that its foreign keys point to. */
export const allTables: readonly TableOfCompany[] = [...sources, watermarksOf(sources)];
