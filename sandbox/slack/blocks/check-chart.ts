import { isList, isObject, type Json, type JsonObject } from "../../json.ts";
import { CHART_LIMITS } from "./limits.ts";
import type { Report } from "./report.ts";
import { type Check, checkByType, checkFields, checkItems, checkString } from "./shape.ts";

/** A `data_visualization` block. */
export const checkChart: Check = (block, at, report) => {
  checkFields(block, at, report, { required: ["title", "chart"], optional: ["block_id"] });
  checkString(block.title, `${at}/title`, report, { least: 1, most: CHART_LIMITS.title });
  if (isObject(block.chart)) checkByType(block.chart, `${at}/chart`, report, CHARTS);
  else if (block.chart !== undefined) report.fault(`${at}/chart`, "must be an object");
};

const checkPie: Check = (chart, at, report) => {
  checkFields(chart, at, report, { required: ["segments"], optional: [] });
  const most = CHART_LIMITS.segments;
  const segments = checkItems(chart.segments, `${at}/segments`, report, { least: 1, most });
  for (const [index, segment] of segments.entries()) {
    checkPoint(segment, `${at}/segments/${index}`, report);
    if (typeof segment.value === "number" && segment.value <= 0) {
      report.fault(`${at}/segments/${index}/value`, "must be more than 0");
    }
  }
};

/** Line, bar and area charts share one form: series over common categories. */
const checkXy: Check = (chart, at, report) => {
  checkFields(chart, at, report, { required: ["series", "axis_config"], optional: [] });
  const categories = checkAxes(chart.axis_config, `${at}/axis_config`, report);
  const most = CHART_LIMITS.series;
  const series = checkItems(chart.series, `${at}/series`, report, { least: 1, most });
  const names = new Set<string>();
  for (const [index, one] of series.entries()) {
    const place = `${at}/series/${index}`;
    checkFields(one, place, report, { required: ["name", "data"], optional: [] });
    checkString(one.name, `${place}/name`, report, { least: 1, most: CHART_LIMITS.seriesName });
    if (names.has(String(one.name))) report.fault(`${place}/name`, "must be unique");
    names.add(String(one.name));
    checkData(one.data, `${place}/data`, report, categories);
  }
};

const CHARTS: Readonly<Record<string, Check>> = {
  pie: checkPie,
  line: checkXy,
  bar: checkXy,
  area: checkXy,
};

function checkAxes(axes: Json | undefined, at: string, report: Report): readonly string[] {
  if (!isObject(axes)) return [];
  checkFields(axes, at, report, { required: ["categories"], optional: ["x_label", "y_label"] });
  for (const label of ["x_label", "y_label"]) {
    checkString(axes[label], `${at}/${label}`, report, { most: CHART_LIMITS.axisLabel });
  }
  const { categories } = axes;
  if (!isList(categories) || !categories.every((label) => typeof label === "string")) {
    report.fault(`${at}/categories`, "must be an array of strings");
    return [];
  }
  if (categories.length < 1) report.fault(`${at}/categories`, "no fewer than 1 items allowed");
  if (categories.length > CHART_LIMITS.points) {
    report.fault(`${at}/categories`, `no more than ${CHART_LIMITS.points} items allowed`);
  }
  for (const [index, label] of categories.entries()) {
    checkString(label, `${at}/categories/${index}`, report, { least: 1, most: CHART_LIMITS.label });
  }
  if (new Set(categories).size !== categories.length)
    report.fault(`${at}/categories`, "must be unique");
  return categories;
}

/** Every series has one point for each category. */
function checkData(
  data: Json | undefined,
  at: string,
  report: Report,
  categories: readonly string[],
): void {
  const points = checkItems(data, at, report, { least: 1, most: CHART_LIMITS.points });
  for (const [index, point] of points.entries()) checkPoint(point, `${at}/${index}`, report);
  const labels = new Set(points.map((point) => point.label));
  const isWhole =
    points.length === categories.length && categories.every((label) => labels.has(label));
  if (!isWhole) report.fault(at, "must have exactly one point for each category");
}

function checkPoint(point: JsonObject, at: string, report: Report): void {
  checkFields(point, at, report, { required: ["label", "value"], optional: [] });
  checkString(point.label, `${at}/label`, report, { least: 1, most: CHART_LIMITS.label });
  if (typeof point.value !== "number") report.fault(`${at}/value`, "must be a finite number");
}
