/* The cockpit's map and trend. The tables beside say the same; without this script nothing is missing but the picture. */
import { BarChart, LineChart, MapChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, MapChart, GridComponent, LegendComponent, CanvasRenderer]);

const FILL = { late: "#b9281f", soon: "#eab14b", ok: "#a9d8bd", none: "#e4e9eb" };
const INK = { late: "#fff", soon: "#16262b", ok: "#16262b", none: "#43565d" };
const EDGE = "#084c4f";
const isWall = document.body.classList.contains("wall");
const size = isWall && window.innerWidth >= 1700 ? 22 : window.innerWidth < 800 ? 10 : 13;
const fontFamily = getComputedStyle(document.body).fontFamily;
const AGAIN_AFTER_MS = 5 * 60 * 1000;

function shown(name, chart) {
  const card = document.querySelector(`[data-cockpit="${name}"]`);
  if (!card) return null;
  card.hidden = false;
  return init(card.querySelector(chart));
}

function isPark(name) {
  return name.startsWith("park");
}

function words(place) {
  if (place.count === "0") return place.label;
  return place.late === "0" ? `${place.label}\n${place.count}件` : `${place.label}\n${place.count}件 超期${place.late}`;
}

/* A park lies on top of villages: a thick edge, and its words on a plate of their own. */
function look(place) {
  const park = isPark(place.name);
  const area = { areaColor: FILL[place.lamp], borderColor: park ? EDGE : "#fff", borderWidth: park ? 3 : 2 };
  const label = park
    ? { color: place.lamp === "late" ? "#ab211a" : EDGE, backgroundColor: "#fff", padding: [4, 6], borderRadius: 4, fontSize: Math.max(size - 2, 9) }
    : { color: INK[place.lamp] };
  return { name: place.name, value: 0, itemStyle: area, label, emphasis: { itemStyle: area, label } };
}

function drawMap(given) {
  const chart = shown("map", ".cockpit-map");
  if (!chart) return null;
  registerMap("town", given.map);
  const named = new Map(given.places.map((place) => [place.name, place]));
  chart.setOption({
    animation: false,
    textStyle: { fontFamily },
    series: [{
      type: "map", map: "town", aspectScale: 0.86, top: 4, bottom: 4, left: 4, right: 4, selectedMode: false,
      label: {
        show: true, fontFamily, fontSize: size, lineHeight: Math.round(size * 1.3),
        formatter: (at) => (named.has(at.name) ? words(named.get(at.name)) : ""),
      },
      data: given.places.map(look),
    }],
  });
  chart.on("click", (at) => {
    const place = named.get(at.name);
    if (place && place.url) window.location.href = place.url;
  });
  return chart;
}

function drawTrend(months) {
  const chart = shown("trend", ".cockpit-chart");
  if (!chart) return null;
  const text = { fontSize: Math.max(size - 2, 11), fontFamily, color: "#43565d" };
  chart.setOption({
    animation: false,
    color: ["#0b6b6b", "#9fd8d0", "#8a5000"],
    textStyle: { fontFamily },
    legend: { textStyle: text, top: 0, left: 0, itemGap: 18 },
    grid: { left: 2, right: 2, bottom: 0, top: size * 2.4, containLabel: true },
    xAxis: { type: "category", data: months.map((one) => one.name), axisLabel: { ...text, interval: 0, formatter: (name) => name.replace("月", "") }, axisTick: { show: false } },
    yAxis: [
      { type: "value", minInterval: 1, axisLabel: text },
      { type: "value", min: 0, max: 100, interval: 50, splitLine: { show: false }, axisLabel: { ...text, formatter: "{value}%" } },
    ],
    series: [
      { name: "收到", type: "bar", data: months.map((one) => one.received) },
      { name: "销账", type: "bar", data: months.map((one) => one.written_off) },
      { name: "按时率", type: "line", yAxisIndex: 1, symbolSize: 8, lineStyle: { width: 3 }, data: months.map((one) => one.in_time) },
    ],
  });
  chart.on("click", (at) => {
    const month = months[at.dataIndex];
    const url = month && month.urls[at.seriesIndex];
    if (url) window.location.href = url;
  });
  return chart;
}

const said = document.getElementById("cockpit-data");
if (said) {
  const given = JSON.parse(said.textContent);
  const charts = [drawTrend(given.months), given.map ? drawMap(given) : null].filter(Boolean);
  window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
  if (isWall) setTimeout(() => window.location.reload(), AGAIN_AFTER_MS);
}
