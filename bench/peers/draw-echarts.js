/** The same card by ECharts on a server: SVG text, made pixels and PNG by sharp. */
import * as echarts from "echarts";
import sharp from "sharp";

export async function draw({ title, subtitle, value, footer, points, target }) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 600, height: 425 });
  try {
    chart.setOption(option({ title, subtitle, value, footer, points, target }));
    const svg = chart.renderToSVGString();
    return await sharp(Buffer.from(svg), { density: 144 }).png({ compressionLevel: 2 }).toBuffer();
  } finally {
    chart.dispose();
  }
}

function option({ title, subtitle, value, footer, points, target }) {
  const text = (left, top, words, size, weight = 400) => ({
    type: "text",
    left,
    top,
    style: { text: words, font: `${weight} ${size}px Inter`, fill: "#1D2733" },
  });
  const line = (name, data, extra) => ({ name, type: "line", symbol: "none", data, ...extra });
  return {
    animation: false,
    backgroundColor: "#FFFFFF",
    textStyle: { fontFamily: "Inter" },
    graphic: [
      text(20, 22, title, 18, 600),
      text(460, 20, value, 24, 600),
      text(20, 52, subtitle, 13),
      text(20, 390, footer, 12),
    ],
    legend: { top: 80, left: 20, data: ["Actual", "Expected", "Target"] },
    grid: { left: 60, right: 60, top: 120, height: 220 },
    xAxis: { type: "category", data: points.map((point) => point.week) },
    yAxis: { type: "value", scale: true },
    series: [
      line(
        "Low",
        points.map((p) => p.band?.low ?? null),
        { stack: "band", lineStyle: { opacity: 0 } },
      ),
      line(
        "Range",
        points.map((p) => (p.band ? p.band.high - p.band.low : null)),
        {
          stack: "band",
          lineStyle: { opacity: 0 },
          areaStyle: { color: "#0B62B8", opacity: 0.12 },
        },
      ),
      line(
        "Expected",
        points.map((p) => p.band?.expected ?? null),
        { color: "#8A94A1" },
      ),
      line(
        "Actual",
        points.map((p) => p.value),
        { color: "#0B62B8", lineStyle: { width: 2.5 } },
      ),
      line(
        "Target",
        points.map(() => target),
        { color: "#B35900", lineStyle: { type: "dashed" } },
      ),
    ],
  };
}
