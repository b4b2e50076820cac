/** The same card by Chart.js on a Skia canvas, which also encodes the PNG. */
import { createCanvas } from "@napi-rs/canvas";
import { Chart, registerables } from "chart.js";

Chart.register(...registerables);
Chart.defaults.font.family = "Inter";

export async function draw({ title, subtitle, value, footer, points, target }) {
  const canvas = createCanvas(600, 425);
  const context = canvas.getContext("2d");
  const dataset = (label, data, extra) => ({ label, data, pointRadius: 0, ...extra });
  const chart = new Chart(context, {
    type: "line",
    data: {
      labels: points.map((point) => point.week),
      datasets: [
        dataset(
          "High",
          points.map((p) => p.band?.high ?? null),
          { fill: "+1", backgroundColor: "#0B62B820", borderWidth: 0 },
        ),
        dataset(
          "Low",
          points.map((p) => p.band?.low ?? null),
          { borderWidth: 0 },
        ),
        dataset(
          "Expected",
          points.map((p) => p.band?.expected ?? null),
          { borderColor: "#8A94A1", borderWidth: 1.25 },
        ),
        dataset(
          "Actual",
          points.map((p) => p.value),
          { borderColor: "#0B62B8", borderWidth: 2.5 },
        ),
        dataset(
          "Target",
          points.map(() => target),
          { borderColor: "#B35900", borderDash: [6, 4] },
        ),
      ],
    },
    options: {
      responsive: false,
      animation: false,
      devicePixelRatio: 2,
      layout: { padding: 20 },
      plugins: {
        title: { display: true, text: `${title}  ${value}`, font: { size: 18 } },
        subtitle: { display: true, text: [subtitle, footer], font: { size: 12 } },
      },
    },
    plugins: [
      {
        id: "background",
        beforeDraw: ({ ctx, width, height }) => {
          ctx.fillStyle = "#FFFFFF";
          ctx.fillRect(0, 0, width, height);
        },
      },
    ],
  });
  try {
    return await canvas.encode("png");
  } finally {
    chart.destroy();
  }
}
